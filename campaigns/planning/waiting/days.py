"""By how many days work moves when what it waited for came late: numbers in, numbers out."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple


class Planned(NamedTuple):
    """The days of one deliverable; without a draft there is only the post."""

    draft_on: dt.date | None
    post_on: dt.date

    @property
    def first_on(self) -> dt.date:
        return self.draft_on or self.post_on

    def moved(self, days: int) -> "Planned":
        step = dt.timedelta(days=days)
        return Planned(self.draft_on + step if self.draft_on else None, self.post_on + step)


class Wait(NamedTuple):
    """One thing that came: on which day it was expected, and on which it was there."""

    expected_on: dt.date | None
    arrived_on: dt.date

    @property
    def late_days(self) -> int:
        return max(0, (self.arrived_on - self.expected_on).days) if self.expected_on else 0


def days_to_move(planned: Planned, waits: Iterable[Wait], use_days: int | None = None) -> int:
    """As many days as the latest came late, never added up (domain rule 4.5.6); and so many more as she needs to have used
    it before the post (domain rule 4.5.5). What came early moves nothing."""
    return max((days_for(planned, wait, use_days) for wait in waits), default=0)


def days_for(planned: Planned, wait: Wait, use_days: int | None = None) -> int:
    """What one of them alone would move."""
    used_on = wait.arrived_on + dt.timedelta(days=use_days) if use_days else planned.post_on
    return max(0, wait.late_days, (used_on - planned.post_on).days)


def shortened(planned: Planned, days: int, last_on: dt.date) -> Planned:
    """The draft moves as far as the last posting day allows, the post no further than that; nothing gets earlier."""
    moved = planned.moved(days)
    post_on = max(planned.post_on, min(moved.post_on, last_on))
    return Planned(min(moved.draft_on, post_on) if moved.draft_on else None, post_on)


def expected_on(planned: Planned, needed_by_on: dt.date | None, days_after: int | None) -> dt.date:
    """The day the plan counts on: so many days before the first one due, else the day it is needed by, else that day itself."""
    if days_after is not None:
        return planned.first_on - dt.timedelta(days=days_after)
    return min(needed_by_on or planned.first_on, planned.first_on)
