"""Being an ambassador is work itself: over its whole term it may break a promise somebody made to another brand."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from crm.ambassadors.models import AmbassadorDeal
from crm.ambassadors.models.deals import AmbassadorDealQuerySet
from crm.base.windows import day_window
from crm.contracts.models import Contract, Party
from crm.contracts.works import CERTAINTIES, Carried, carries_out, contract_moved, standing_of
from crm.exclusivity.bars import houses_of, sells_of
from crm.exclusivity.claiming import claims_of_engagement
from crm.exclusivity.conflicts import Conflict, conflict_source
from crm.exclusivity.gate import Door
from crm.exclusivity.terms import Act, Engagement, Standing
from crm.timeline.record import Actor, subject_of


@carries_out("ambassadors")
def terms_of(parties: Collection[int]) -> Mapping[int, Carried]:
    """The term of the deal under each of these people. One query where there are none."""
    hers = Party.objects.talents().filter(pk__in=list(parties), contract__deal__isnull=False)
    rows: dict[int, int] = dict(hers.values_list("pk", "contract__deal")) if parties else {}
    deals = {deal.pk: deal for deal in _with_terms(AmbassadorDeal.objects.filter(pk__in=rows.values()))} if rows else {}
    sells = _sells(deals.values())
    return {
        party: Carried(promised=tuple(_engagements(deals[deal], sells)))
        for party, deal in rows.items()
        if deal in deals
    }


@conflict_source("ambassadors")
def terms_of_people(people: Collection[int], now: dt.datetime) -> list[Engagement]:
    """The terms of open deals of these people, drafts too."""
    open_ones = AmbassadorDeal.objects.filter(
        influencer_id__among=set(people), contract__status__in=Contract.OPEN
    ).order_by("pk")  # fmt: skip
    deals = list(_with_terms(open_ones))
    sells = _sells(deals)
    return [one for deal in deals for one in _engagements(deal, sells)]


@contract_moved("ambassadorship")
def let_go(contract: Contract, door: Door, actor: Actor) -> list[Conflict]:
    """A deal that came to nothing claims nothing, one that ended early nothing after its last day."""
    is_off = standing_of(contract) != Standing.ACTIVE
    if not is_off and contract.closed_on is None:
        return []
    for deal in _with_terms(AmbassadorDeal.objects.filter(contract=contract)):
        left = [] if is_off else list(_engagements(deal, _sells([deal])))
        houses = houses_of({one.brand for one in left})
        door.note([subject_of(deal)], [claim for one in left for claim in claims_of_engagement(one, houses)])
    return []


def _with_terms(deals: AmbassadorDealQuerySet) -> AmbassadorDealQuerySet:
    return deals.select_related("contract", "program")


def _sells(deals: Iterable[AmbassadorDeal]) -> dict[int, frozenset[int]]:
    brands = {deal.contract.brand_id for deal in deals}
    return sells_of(brands) if brands else {}


def _engagements(deal: AmbassadorDeal, sells: Mapping[int, frozenset[int]]) -> Iterable[Engagement]:
    """Her term, from its first day to its last; one without a first day begins when it is signed and is not known yet."""
    contract = deal.contract
    if contract.start_on is None or (contract.last_on is not None and contract.last_on < contract.start_on):
        return
    category = contract.category_id or deal.program.category_id
    yield Engagement(
        ref=subject_of(deal),
        people=frozenset({deal.influencer_id}),
        brand=contract.brand_id,
        window=day_window(contract.start_on, contract.last_on, contract.zone),
        act=Act.AMBASSADORSHIP,
        certainty=CERTAINTIES[standing_of(contract)],
        categories=frozenset({category}) if category else None,
        company=sells.get(contract.brand_id, frozenset()),
        territories=None,
        committed_at=contract.signed_at,
        label=str(deal),
    )
