"""What the calendar does about money and ends: orders become due, ambassadors rise, and what is over is noted as over.

Asked at every tick, and two short questions when there is nothing to do.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from crm.ambassadors.models import AmbassadorDeal, Sale, Termination
from crm.ambassadors.pay.commissions import mature
from crm.ambassadors.pay.ending import End, note_end
from crm.ambassadors.pay.tiers import rise
from crm.base.zones import local_date
from crm.contracts.models import Contract, Notice
from crm.reminders.tick import upkeep
from crm.timeline.record import SYSTEM

AT_ONCE = 500
A_DAY = dt.timedelta(days=1)


@upkeep("ambassador money")
def look(now: dt.datetime) -> Mapping[str, int]:
    """Also of deals that are over: their orders mature, and what is to be seen to afterwards is listed."""
    report: Counter[str] = Counter()
    near = now.date() + A_DAY
    ripe = Sale.objects.ripe(near).order_by().values("deal").distinct()
    for deal in AmbassadorDeal.objects.filter(pk__in=ripe).with_contract().order_by("pk")[:AT_ONCE]:
        report["matured"] += mature(deal, now=now)
    for deal in AmbassadorDeal.objects.over_unnoted(near).with_contract().order_by("pk")[:AT_ONCE]:
        report["ended"] += _note(deal, now)
    return +report


def rise_by_date(deal: AmbassadorDeal, *, now: dt.datetime) -> None:
    """One deal, once a day: orders that can no longer be returned, and the tier she has earned by them."""
    mature(deal, now=now)
    rise(deal, now=now)


def _note(deal: AmbassadorDeal, now: dt.datetime) -> bool:
    contract = deal.contract
    last_on = contract.last_on
    if last_on is None or local_date(now, contract.zone) <= last_on:
        return False
    return note_end(deal, _end_of(contract, last_on), at=now, actor=SYSTEM) is not None


def _end_of(contract: Contract, last_on: dt.date) -> End:
    """How it ended, as far as its contract tells: it ran out, notice was given, or somebody ended it early."""
    notice = contract.notices.in_time().order_by("-pk").first()
    by = Termination.By.HER if notice is not None and notice.given_by == Notice.From.HER else Termination.By.US
    if contract.closed_on is not None or contract.notice_on is not None or notice is not None:
        return End(Termination.Kind.CONVENIENCE, by, last_on, contract.closed_why)
    return End(Termination.Kind.EXPIRY, Termination.By.BOTH, last_on)
