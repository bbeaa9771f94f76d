"""What the periods of deals follow by themselves: their contract whenever it moves, and the calendar at every tick."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

import structlog
from django.db import OperationalError
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.doors import page_of
from crm.ambassadors.models import AmbassadorDeal
from crm.ambassadors.pay.ending import goes_on_after_all
from crm.ambassadors.schedule.calendar import keep_in_order
from crm.ambassadors.schedule.laying import lay_out
from crm.ambassadors.schedule.queries import to_look_at
from crm.base.zones import local_date
from crm.contracts.models import Contract
from crm.contracts.works import contract_moved
from crm.exclusivity.conflicts import Conflict
from crm.exclusivity.gate import Busy, Door
from crm.reminders.tick import upkeep
from crm.reminders.todos import leave_todo
from crm.timeline.record import Actor

log = structlog.get_logger(__name__)

AT_ONCE = 200
AFTER_CONTRACTS = 110
"""Contracts move first, so that the days a deal is counted by are today's."""

BROKE = _(
    "The periods of %(deal)s could not be brought up to date. It is tried again tomorrow; see what is unusual there."
)


@contract_moved("ambassadors")
def periods_follow(contract: Contract, door: Door, actor: Actor) -> list[Conflict]:
    """Signed, its periods lie ahead at once; where its last day moves or it ends early, they follow. Nothing is promised
    here, so nothing is hit. The calendar looks at it again at the next tick.
    """
    deal = AmbassadorDeal.objects.filter(contract=contract).select_related("continues").first()
    if deal is not None and deal.continues is not None and contract.is_in_force:
        goes_on_after_all(deal.continues, at=door.now, actor=actor)
    if deal is not None and lay_out(deal, at=door.now, actor=actor):
        AmbassadorDeal.objects.filter(pk=deal.pk).update(checked_on=None)
    return []


@upkeep("ambassadors", order=AFTER_CONTRACTS)
def keep_deals(now: dt.datetime) -> Mapping[str, int]:
    """Once a day every deal is brought to where its days say it is, after a minute or after a month without a worker."""
    report: Counter[str] = Counter()
    for pk in list(to_look_at(now).values_list("pk", flat=True)[:AT_ONCE]):
        report += _kept(pk, now)
    return +report


def _kept(pk: int, now: dt.datetime) -> Counter[str]:
    """One deal in a transaction of its own. One that breaks keeps none of the others back."""
    try:
        return keep_in_order(pk, now)
    except (Busy, OperationalError):
        return Counter(busy=1)  # somebody else is at it; the next tick takes it up
    except Exception:
        log.exception("deal_broke", deal=pk)
        _tell_somebody(pk, now)
        return Counter(broke=1)


def _tell_somebody(pk: int, now: dt.datetime) -> None:
    deal = AmbassadorDeal.objects.with_contract().get(pk=pk)
    contract = deal.contract
    AmbassadorDeal.objects.filter(pk=pk).update(checked_on=local_date(now, contract.zone))
    leave_todo(
        f"deal_broke:{pk}", BROKE, language=contract.owner.language, params={"deal": deal}, kind="check",
        owner=contract.owner, brand_ref=contract.brand_id, influencer_ref=deal.influencer_id,
        influencer_label=str(deal.influencer)[:200], subject_label=str(deal.program)[:200], url=page_of(deal),
    )  # fmt: skip
