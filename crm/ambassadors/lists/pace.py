"""How far a period is along, and whether what was posted keeps up with it. Plain numbers."""

import datetime as dt
from dataclasses import dataclass

SLACK = 1
"""So many posts may come late without anybody being told: people post in bunches."""


@dataclass(frozen=True)
class Pace:
    """One period: its days, what it owes in all, and what of it is done."""

    number: int
    first_on: dt.date
    last_on: dt.date
    owed: int
    done: int

    @property
    def left(self) -> int:
        return max(0, self.owed - self.done)

    @property
    def is_done(self) -> bool:
        return self.done >= self.owed

    def days_left(self, on: dt.date) -> int:
        return (self.last_on - on).days + 1

    def is_behind(self, on: dt.date) -> bool:
        """Whether more should have been posted by this day: owed x elapsed share > done + 1."""
        return self.owed * self._gone(on) > (self.done + SLACK) * self.days

    def due_by(self, on: dt.date) -> int:
        """How many of them the days that are over stand for, rounded down."""
        return self.owed * self._gone(on) // self.days

    @property
    def days(self) -> int:
        return (self.last_on - self.first_on).days + 1

    def _gone(self, on: dt.date) -> int:
        """Days that are over on the morning of this one."""
        return min(max((on - self.first_on).days, 0), self.days)

    def covers(self, on: dt.date) -> bool:
        return self.first_on <= on <= self.last_on
