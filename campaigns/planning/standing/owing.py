"""What the ledger of a deal wants to be planned: for each quota of a period, and for what is to be made good."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from campaigns.planning.models import QuotaPost
from campaigns.planning.standing.spreading import Step, Stretch
from crm.ambassadors.models import DealPeriod, MakeGood, PeriodQuota, QuotaEntry, QuotaLine
from crm.ambassadors.schedule.rests import Rest, live_days
from crm.base.zones import local_date
from crm.timeline.record import subject_of

DAY = dt.timedelta(days=1)
Kind = QuotaEntry.Kind
OWES = (Kind.GRANT, Kind.PRORATE, Kind.AMEND, Kind.CARRY_IN, Kind.WAIVE)


@dataclass(frozen=True)
class Want:
    """So many posts of one quota, since when they are owed, and the days they may fall on."""

    line: QuotaLine
    period: DealPeriod
    need: int
    steps: Sequence[Step]
    stretches: Sequence[Stretch]
    make_good: MakeGood | None = None


def wants_of(period: DealPeriod) -> list[Want]:
    """What each quota of an open period wants; nothing once it is closed. A fixed number of queries."""
    balances = PeriodQuota.objects.filter(period=period).select_related("line__format__platform").order_by("line_id")
    steps, elsewhere = steps_of(period), done_elsewhere(period)
    rests = [Rest(pause.first_on, pause.last_on, pause.effect) for pause in period.deal.pauses.all()]
    stretches = live_days(period, rests)
    return [
        Want(
            one.line, period, max(0, one.granted + one.carried - one.waived - elsewhere.get(one.line_id, 0)),
            steps[one.line_id], stretches,
        )
        for one in balances
    ]  # fmt: skip


def steps_of(period: DealPeriod) -> dict[int, list[Step]]:
    """By quota: on which day how many more, or fewer, became owed. What was owed before the deal was written down is owed
    from that day on."""
    rows = QuotaEntry.objects.filter(period=period).order_by("line_id", "on", "pk")
    found: dict[int, list[Step]] = defaultdict(list)
    for (line, on), group in groupby(rows, key=lambda row: (row.line_id, row.on)):
        if more := sum(row.quantity for row in group if _owes(row)):
            found[line].append((known_on(period, on), more))
    return found


def _owes(row: QuotaEntry) -> bool:
    """Done ahead is owed no more in the period it counts for, and stays where it was too many."""
    return row.kind in OWES or (row.kind == Kind.ADVANCE and row.quantity < 0)


def known_on(period: DealPeriod, on: dt.date) -> dt.date:
    """The day itself, or the later one on which the deal was written down, where that lies in the same period."""
    written = local_date(period.deal.created_at, period.deal.contract.zone)
    return max(on, written) if period.first_on <= written <= period.last_on else on


def done_elsewhere(period: DealPeriod) -> dict[int, int]:
    """By quota: what counted in this period and was not planned for it. Nothing while an earlier period is open, because
    what is late there may still be carried in here."""
    earlier = period.deal.periods.standing().filter(number__lt=period.number, opened_at__isnull=False)
    if earlier.exclude(pk__in=DealPeriod.objects.closed().values("pk")).exists():
        return {}
    own = QuotaPost.objects.planned().filter(period=period, make_good__isnull=True)
    refs = {subject_of(post.deliverable) for post in own.select_related("deliverable")}
    found: dict[int, int] = defaultdict(int)
    for row in QuotaEntry.objects.filter(period=period, kind=Kind.DELIVERED):
        found[row.line_id] -= row.quantity if row.ref not in refs else 0
    return found


def amends_of(periods: Iterable[DealPeriod]) -> list[Want]:
    """What closed periods left to be made good, by its own day."""
    found = MakeGood.objects.filter(period__in=periods).select_related(
        "line__format__platform", "period__deal__contract"
    )
    return [_make_good(one) for one in found.order_by("pk")]


def _make_good(one: MakeGood) -> Want:
    period = one.period
    since = period.last_on + DAY
    if period.closed_at is not None:
        since = max(since, local_date(period.closed_at, period.deal.contract.zone))
    first_on = min(since, one.due_on)
    steps = [(first_on, one.quantity), (first_on, -one.waived)]
    stretches = [(first_on, one.due_on)]
    return Want(one.line, period, one.quantity - one.waived, [step for step in steps if step[1]], stretches, one)
