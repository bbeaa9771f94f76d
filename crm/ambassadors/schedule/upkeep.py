"""What the periods of deals follow by themselves: their contract whenever it moves, and the calendar at every tick."""

from crm.ambassadors.models import AmbassadorDeal
from crm.ambassadors.schedule.laying import lay_out
from crm.contracts.models import Contract
from crm.contracts.works import contract_moved
from crm.exclusivity.conflicts import Conflict
from crm.exclusivity.gate import Door
from crm.timeline.record import Actor


@contract_moved("ambassadors")
def periods_follow(contract: Contract, door: Door, actor: Actor) -> list[Conflict]:
    """Signed, its periods lie ahead at once; where its last day moves or it ends early, they follow. Nothing is promised
    here, so nothing is hit. The calendar looks at it again at the next tick.
    """
    deal = AmbassadorDeal.objects.filter(contract=contract).first()
    if deal is not None and lay_out(deal, at=door.now, actor=actor):
        AmbassadorDeal.objects.filter(pk=deal.pk).update(checked_on=None)
    return []
