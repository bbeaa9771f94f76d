"""Days off as somebody sees them at a glance: the coming two weeks, until when she is free or away, and what is next."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from crm.base.formats import day_words

LOOK_AHEAD = 14
SATURDAY = 5
ONE_DAY = dt.timedelta(days=1)

Period = tuple[dt.date, dt.date]


def last_day_ahead(today: dt.date) -> dt.date:
    """The last of the coming days, today being the first."""
    return today + (LOOK_AHEAD - 1) * ONE_DAY


@dataclass(frozen=True, slots=True)
class DayAhead:
    """One square of the line."""

    on: dt.date
    is_off: bool
    is_today: bool

    @property
    def look(self) -> str:
        """How the square looks: off, weekend, or nothing special."""
        if self.is_off:
            return "off"
        return "weekend" if self.on.weekday() >= SATURDAY else ""


@dataclass(frozen=True)
class DaysAhead:
    """The coming days. `periods` follow each other: what touched or overlapped is one."""

    today: dt.date
    periods: tuple[Period, ...]

    @classmethod
    def of(cls, periods: Iterable[Period], today: dt.date) -> "DaysAhead":
        """From days off in any order, each with its first and its last day. What is over is left out."""
        joined: list[Period] = []
        for start, end in sorted(period for period in periods if period[1] >= today):
            if joined and start <= joined[-1][1] + ONE_DAY:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return cls(today, tuple(joined))

    @property
    def days(self) -> list[DayAhead]:
        """The coming two weeks, day by day."""
        coming = (self.today + number * ONE_DAY for number in range(LOOK_AHEAD))
        return [DayAhead(on, self._covers(on), on == self.today) for on in coming]

    def _covers(self, on: dt.date) -> bool:
        return any(start <= on <= end for start, end in self.periods)

    @property
    def away_until(self) -> dt.date | None:
        """The last day of being away without a break, when she is away today."""
        return next((end for start, end in self.periods if start <= self.today), None)

    @property
    def has_days_off(self) -> bool:
        """Whether one of the coming days is off."""
        return any(start <= last_day_ahead(self.today) for start, _end in self.periods)

    @property
    def words(self) -> str:
        """The line in words: from when she is free again, or until when; then the days off themselves."""
        away = ", ".join(span_words(start, end) for start, end in self.periods)
        if not away:
            return _("No days off ahead.")
        return _("%(free)s Days off: %(away)s.") % {"free": self._free_words(), "away": away}

    def _free_words(self) -> str:
        if self.away_until is not None:
            return _("Free again from %(day)s.") % {"day": day_words(self.away_until + ONE_DAY, "brief")}
        return _("Free until %(day)s.") % {"day": day_words(self.periods[0][0] - ONE_DAY, "brief")}


def span_words(start: dt.date, end: dt.date) -> str:
    """One day, or the first and the last."""
    if start == end:
        return day_words(start, "brief")
    return _("%(first)s to %(last)s") % {"first": day_words(start, "brief"), "last": day_words(end, "brief")}
