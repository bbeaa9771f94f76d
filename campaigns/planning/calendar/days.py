"""Which days a view of the calendar shows, and where its arrows lead. Weeks begin on Monday."""

import calendar
import datetime as dt
from dataclasses import dataclass

A_DAY, A_WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
FIRST, LAST = dt.date(2000, 1, 1), dt.date(2100, 12, 31)


@dataclass(frozen=True)
class Span:
    """The days of one view, first and last included; `earlier` and `later` are days in the views beside it."""

    first: dt.date
    last: dt.date
    earlier: dt.date
    later: dt.date

    @property
    def days(self) -> list[dt.date]:
        return [self.first + number * A_DAY for number in range((self.last - self.first).days + 1)]

    @property
    def weeks(self) -> list[list[dt.date]]:
        days = self.days
        return [days[start : start + 7] for start in range(0, len(days), 7)]


def monday_of(on: dt.date) -> dt.date:
    return on - on.weekday() * A_DAY


def same_day(on: dt.date, months: int) -> dt.date:
    """The same day so many months on; the last of a month that is shorter."""
    number = on.year * 12 + on.month - 1 + months
    year, month = divmod(number, 12)
    return dt.date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def month_of(on: dt.date) -> Span:
    """The weeks in which the month lies."""
    first = on.replace(day=1)
    last = first.replace(day=calendar.monthrange(on.year, on.month)[1])
    return Span(monday_of(first), monday_of(last) + 6 * A_DAY, same_day(on, -1), same_day(on, 1))


def week_of(on: dt.date) -> Span:
    first = monday_of(on)
    return Span(first, first + 6 * A_DAY, on - A_WEEK, on + A_WEEK)


def list_of(on: dt.date) -> Span:
    """The days of one month and no others."""
    first = on.replace(day=1)
    last = first.replace(day=calendar.monthrange(on.year, on.month)[1])
    return Span(first, last, same_day(on, -1), same_day(on, 1))


def day_of(on: dt.date) -> Span:
    return Span(on, on, on - A_DAY, on + A_DAY)


SPANS = {"month": month_of, "week": week_of, "agenda": list_of, "day": day_of}
