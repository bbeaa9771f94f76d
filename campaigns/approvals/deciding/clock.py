"""Until when somebody answers, and by how much it was missed. Pure: the days nobody works and the clock are handed in.

Hours of working days are hours that pass on days people work, a day being midnight to midnight in the campaign's zone. Counting
on from where counting stopped is the same as counting once (`due(due(s, a), b) == due(s, a + b)`).
"""

import datetime as dt
from collections.abc import Collection, Iterator
from math import ceil

from campaigns.approvals.models import ApprovalPolicy
from crm.base.windows import add_working_days, is_working_day
from crm.base.zones import end_of_day, local_date, local_midnight

HOUR = dt.timedelta(hours=1)
ONE_DAY = dt.timedelta(days=1)
NOTHING = dt.timedelta()


def due(start: dt.datetime, hours: int, calendar: str, zone: str, free_days: Collection[dt.date]) -> dt.datetime:
    """The instant at which so many hours have passed since `start`."""
    left = hours * HOUR
    if calendar == ApprovalPolicy.Calendar.HOURS or not left:
        return start + left
    for begins_at, ends_at in working_spans(start, zone, free_days):
        if left <= ends_at - begins_at:
            return begins_at + left
        left -= ends_at - begins_at
    raise AssertionError("Working days never end.")


def late_hours(
    due_at: dt.datetime | None, at: dt.datetime, calendar: str, zone: str, free_days: Collection[dt.date]
) -> int:
    """How many hours of ours passed between the two, a begun one counting whole; 0 when it was in time."""
    if due_at is None or at <= due_at:
        return 0
    return ceil(passed(due_at, at, calendar, zone, free_days) / HOUR)


def passed(
    start: dt.datetime, at: dt.datetime, calendar: str, zone: str, free_days: Collection[dt.date]
) -> dt.timedelta:
    """The time between the two that this calendar counts."""
    if calendar == ApprovalPolicy.Calendar.HOURS:
        return at - start
    total = NOTHING
    for begins_at, ends_at in working_spans(start, zone, free_days):
        if begins_at >= at:
            return total
        total += min(ends_at, at) - begins_at
    raise AssertionError("Working days never end.")


def working_spans(
    start: dt.datetime, zone: str, free_days: Collection[dt.date]
) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """The stretches of working days from `start` on, without end."""
    on = local_date(start, zone)
    while True:
        if is_working_day(on, free_days):
            yield max(start, local_midnight(on, zone)), end_of_day(on, zone)
        on += ONE_DAY


def her_day(
    decided_at: dt.datetime, draft_due_on: dt.date | None, *, days: int, late: int, calendar: str, zone: str,
    free_days: Collection[dt.date],
) -> dt.date:  # fmt: skip
    """The day her next draft is due: so many working days after we answered, and never less than our lateness after her old day."""
    answered = add_working_days(local_date(decided_at, zone), days, free_days)
    if draft_due_on is None or not late:
        return answered
    moved_at = due(end_of_day(draft_due_on, zone), late, calendar, zone, free_days)
    return max(answered, local_date(moved_at - dt.timedelta(microseconds=1), zone))
