"""Where periods begin and end. Plain days: whoever keeps a deal says them.

A boundary is counted from the anchor itself, never from the boundary before, so months never drift. Source: domain rules,
section 3.3.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crm.ambassadors.schedule.rests import Rest, closed, days_resting, moved, only
from crm.base.windows import boundary as months_on
from crm.base.windows import months_later

DAY = dt.timedelta(days=1)
DAYS, WEEK, MONTH, QUARTER, YEAR = "days", "week", "month", "quarter", "year"
IN_DAYS = {DAYS: 1, WEEK: 7}
IN_MONTHS = {MONTH: 1, QUARTER: 3, YEAR: 12}
CALENDAR = "calendar"


@dataclass(frozen=True)
class Cycle:
    """From which day periods are counted, and how long each is.

    By the calendar they keep to its weeks, months, quarters and years, the year beginning in month `year_begins`; single
    days have no calendar, and are counted from the anchor in either way.
    """

    anchor_on: dt.date
    unit: str
    every: int
    alignment: str = "anniversary"
    eom_sticky: bool = False
    year_begins: int = 1

    @property
    def months(self) -> int:
        return IN_MONTHS.get(self.unit, 0) * self.every

    @property
    def days(self) -> int:
        return IN_DAYS.get(self.unit, 0) * self.every

    @property
    def origin_on(self) -> dt.date:
        """The day boundaries are counted from: the anchor, or where its stretch of the calendar began."""
        if self.alignment != CALENDAR or self.unit == DAYS:
            return self.anchor_on
        if self.unit == WEEK:
            return self.anchor_on - dt.timedelta(days=self.anchor_on.weekday())
        return months_later(self.anchor_on.replace(day=1), -self._months_into())

    def _months_into(self) -> int:
        """How many months of its stretch have passed in the anchor's: what divides a year keeps to the year."""
        length = self.months if 12 % self.months == 0 else IN_MONTHS[self.unit]
        return (self.anchor_on.month - self.year_begins) % length


@dataclass(frozen=True)
class Span:
    """One period: both days included. `active_days` of the `nominal_days` of a whole one count."""

    number: int
    first_on: dt.date
    last_on: dt.date
    is_stub: bool
    active_days: int
    nominal_days: int


def boundary(cycle: Cycle, n: int) -> dt.date:
    """The first day of the stretch of that number; 0 is the one that begins with the anchor, and numbers go below it."""
    origin_on = cycle.origin_on
    if cycle.days:
        return origin_on + dt.timedelta(days=n * cycle.days)
    sticky = cycle.eom_sticky and cycle.alignment != CALENDAR
    return months_on(origin_on, n * cycle.months, at_month_end=sticky)


def number_at(cycle: Cycle, on: dt.date) -> int:
    """The number of the stretch a day lies in. One before the day of its month on which stretches begin lies one earlier."""
    origin_on = cycle.origin_on
    if cycle.days:
        return (on - origin_on).days // cycle.days
    months = (on.year - origin_on.year) * 12 + on.month - origin_on.month
    n = months // cycle.months
    return n if boundary(cycle, n) <= on else n - 1


def spans(cycle: Cycle, start_on: dt.date, end_on: dt.date, rests: Sequence[Rest] = ()) -> list[Span]:
    """The periods of a term without gap or overlap. `end_on` is its last day before anything moved it.

    What moves (`shift`) is counted in days of work and then laid over the calendar around the rests; days of rest between
    two periods belong to the one before. What freezes keeps every day and takes the frozen ones out of those that count.
    """
    shifts, freezes = only(closed(rests), "shift"), only(rests, "freeze")
    n, found = number_at(cycle, start_on), list[Span]()
    while (begins_on := boundary(cycle, n)) <= end_on:
        found.append(_span(cycle, n, len(found) + 1, max(begins_on, start_on), end_on, shifts))
        n += 1
    return [_less(span, freezes) for span in _joined(found, start_on)]


def _span(cycle: Cycle, n: int, number: int, from_on: dt.date, end_on: dt.date, shifts: Sequence[Rest]) -> Span:
    begins_on, next_on = boundary(cycle, n), boundary(cycle, n + 1)
    until_on = min(next_on - DAY, end_on)
    active, nominal = (until_on - from_on).days + 1, (next_on - begins_on).days
    return Span(number, moved(from_on, shifts), moved(until_on, shifts), active != nominal, active, nominal)


def _joined(found: Sequence[Span], start_on: dt.date) -> list[Span]:
    """Without the gaps that rests between two of them leave."""
    firsts = [start_on, *(span.first_on for span in found[1:])]
    lasts = [*(on - DAY for on in firsts[1:]), *(span.last_on for span in found[-1:])]
    return [replace(span, first_on=first, last_on=last) for span, first, last in zip(found, firsts, lasts, strict=True)]


def _less(span: Span, freezes: Sequence[Rest]) -> Span:
    frozen = days_resting(span.first_on, span.last_on, freezes)
    return replace(span, active_days=span.active_days - frozen) if frozen else span


def cut(found: Sequence[Span], last_on: dt.date, rests: Sequence[Rest] = ()) -> list[Span]:
    """The same periods, where it is over on that day: those behind it are gone, the one it lies in is shorter."""
    kept = [span for span in found if span.first_on <= last_on]
    if not kept or kept[-1].last_on <= last_on:
        return kept
    resting = days_resting(kept[-1].first_on, last_on, rests)
    active = (last_on - kept[-1].first_on).days + 1 - resting
    return [*kept[:-1], replace(kept[-1], last_on=last_on, is_stub=True, active_days=active)]


def end_ahead(cycle: Cycle, on: dt.date, periods: int) -> dt.date:
    """For a term without a last day: the last day of the stretch so many behind the one a day lies in."""
    return boundary(cycle, number_at(cycle, on) + periods + 1) - DAY
