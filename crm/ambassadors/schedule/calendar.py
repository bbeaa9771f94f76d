"""What the calendar alone decides about a deal: periods begin, are over, and are closed where nobody has to decide.

Every step has a day of its own, and they are done in the order of these days, so a deal nobody looked at for a month comes
to the very same as one that was looked at every day.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import AmbassadorDeal, DealPeriod
from crm.ambassadors.models.standing import LASTED
from crm.ambassadors.pay import retainers
from crm.ambassadors.pay.commissions import mature
from crm.ambassadors.pay.ending import note_end
from crm.ambassadors.pay.tiers import rise
from crm.ambassadors.places import period_opened
from crm.ambassadors.quotas.closing import close_period, closing_of
from crm.ambassadors.quotas.dropping import come_to_nothing, stand_again
from crm.ambassadors.quotas.granting import open_quota, sync_entitlement
from crm.ambassadors.reviewing.planning import reviews_due
from crm.ambassadors.schedule.ends import how_it_ended
from crm.ambassadors.schedule.laying import lay_out, rows_of
from crm.base.zones import local_date
from crm.exclusivity.gate import gate
from crm.timeline.record import SYSTEM

DAY = dt.timedelta(days=1)
CLOSE_WAITS = dt.timedelta(days=7)
"""So long a period that somebody should look at waits to be closed; then it is closed by its own rules."""

State = DealPeriod.State
BEGAN = _("Period %(number)s of %(program)s began")
OVER = _("Period %(number)s of %(program)s is over and can be closed")
RESTS = _("Period %(number)s of %(program)s is paused")
GOES_ON = _("Period %(number)s of %(program)s goes on")


@dataclass(frozen=True)
class Step:
    """What is due for one period, and from which day on."""

    on: dt.date
    period: DealPeriod
    do: Callable[[DealPeriod, dt.datetime], None]


def keep_in_order(pk: int, now: dt.datetime) -> Counter[str]:
    """Every step one deal is due for, oldest day first; each once, however often and by how many this is called."""
    person = AmbassadorDeal.objects.values_list("influencer_id", flat=True).get(pk=pk)
    with gate([person]):
        deal = AmbassadorDeal.objects.select_for_update(of=("self",)).with_contract().get(pk=pk)
        lay_out(deal, at=now)
        come_to_nothing(deal, at=now)
        sync_entitlement(deal, at=now, by=SYSTEM.label)
        report = _walk(deal, now)
        mark_pauses(deal, now)
        _look_at_the_rest(deal, now)
        AmbassadorDeal.objects.filter(pk=pk).update(checked_on=local_date(now, deal.contract.zone))
    return report


def _walk(deal: AmbassadorDeal, now: dt.datetime) -> Counter[str]:
    report: Counter[str] = Counter()
    today = local_date(now, deal.contract.zone)
    while (step := _next_step(deal, today)) is not None:
        step.do(step.period, now)
        report[step.do.__name__.lstrip("_")] += 1
    return report


def _next_step(deal: AmbassadorDeal, today: dt.date) -> Step | None:
    """The first that is due. While it rests with nobody knowing until when, nothing begins and nothing is over."""
    resting = deal.pauses.open().shifting().first()
    until_on = min(today, resting.first_on - DAY) if resting else today
    periods = [row for row in rows_of(deal).values() if not row.is_closed and not row.is_void]
    due = (step for step in _steps(periods) if step.on <= (today if step.do is _closed else until_on))
    return min(due, key=lambda step: (step.on, step.period.number), default=None)


def _steps(periods: Iterable[DealPeriod]) -> Iterator[Step]:
    """Each period has one step at a time; only the oldest is closed."""
    for place, period in enumerate(periods):
        if period.state == State.PLANNED:
            yield Step(period.first_on, period, _began)
        elif not period.is_over:
            yield Step(period.last_on + DAY, period, _over)
        elif place == 0:
            yield Step(closes_by_itself_on(period), period, _closed)


def closes_by_itself_on(period: DealPeriod) -> dt.date:
    """The day a period that is over is closed without anybody: at once, or some days later where posts would lapse or money
    is asked for. What was out on the last evening is often known the day after.
    """
    waits = CLOSE_WAITS if any(line.needs_somebody for line in closing_of(period).lines) else dt.timedelta()
    return period.last_on + DAY + waits


def _began(period: DealPeriod, now: dt.datetime) -> None:
    """What it owes first, then what is paid for it, then whoever plans it."""
    period.put(State.OPEN, BEGAN, at=now, actor=SYSTEM, also={"opened_at": now})
    stand_again(period, at=now)
    open_quota(period, at=now)
    retainers.on_open(period, at=now)
    for placed in period_opened.all():
        placed.call(period, now)


def _over(period: DealPeriod, now: dt.datetime) -> None:
    period.put(State.IN_REVIEW, OVER, at=now, actor=SYSTEM)


def _closed(period: DealPeriod, now: dt.datetime) -> None:
    close_period(period, at=now, actor=SYSTEM)


def mark_pauses(deal: AmbassadorDeal, now: dt.datetime) -> None:
    """The period under way shows whether the deal rests today."""
    resting = deal.pauses.covering(local_date(now, deal.contract.zone)).exists()
    under_way = [row for row in rows_of(deal).values() if row.state in (State.OPEN, State.PAUSED)]
    for row in under_way:
        is_resting = resting and row.pk == under_way[-1].pk
        if is_resting and row.state == State.OPEN:
            row.put(State.PAUSED, RESTS, at=now, actor=SYSTEM)
        elif not is_resting and row.state == State.PAUSED:
            row.put(State.OPEN, GOES_ON, at=now, actor=SYSTEM)


def _look_at_the_rest(deal: AmbassadorDeal, now: dt.datetime) -> None:
    """Orders that are due by now, the tier she has earned, looks somebody has to take, and the end."""
    mature(deal, now=now)
    if deal.contract.is_in_force:
        rise(deal, now=now)
    reviews_due(deal, at=now)
    if deal.contract.status in LASTED:
        note_end(deal, how_it_ended(deal), at=now, actor=SYSTEM)
