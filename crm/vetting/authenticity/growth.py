"""Jumps in the number of followers: one week against the other weeks around it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import fmean, pstdev

from crm.vetting.authenticity.readings import Count

LOOK_BACK = dt.timedelta(days=90)
WEEK = 7


@dataclass(frozen=True, slots=True)
class Step:
    """From one count to the next one at least a week later; `weekly` is the growth in seven days, as a share."""

    before: Count
    after: Count
    weekly: float

    @property
    def days(self) -> int:
        return (self.after.on - self.before.on).days

    @property
    def weeks(self) -> int:
        return max(1, round(self.days / WEEK))

    @property
    def has_engagement_risen(self) -> bool | None:
        """Whether engagement rose with the followers; None when nobody counted it before and after."""
        if self.before.rate is None or self.after.rate is None:
            return None
        return self.after.rate > self.before.rate


def steps(history: Sequence[Count]) -> list[Step]:
    """The last 90 days of counts as steps of a week or more, oldest first. Shorter gaps would blow up daily noise."""
    counts = sorted((count for count in history if count.followers > 0), key=lambda count: count.on)
    if not counts:
        return []
    kept = [counts[-1]]
    for count in reversed(counts[:-1]):
        if (kept[-1].on - count.on).days >= WEEK and kept[0].on - count.on <= LOOK_BACK:
            kept.append(count)
    kept.reverse()
    return [Step(before, after, weekly(before, after)) for before, after in pairwise(kept)]


def weekly(before: Count, after: Count) -> float:
    """Growth in seven days, compounded over the days between two counts."""
    days: int = (after.on - before.on).days
    grown: float = (after.followers / before.followers) ** (WEEK / days)
    return grown - 1


def jump(history: Sequence[Count], *, limit: Decimal, deviations: Decimal, least_weeks: int) -> Step | None:
    """The largest jump while engagement did not rise; None when there is none or too little to compare with."""
    every = steps(history)
    jumps = [
        step
        for step in every
        if step.weekly > float(limit)
        and step.has_engagement_risen is False
        and stands_out(step, [other for other in every if other is not step], float(deviations), least_weeks)
    ]
    return max(jumps, key=lambda step: step.weekly, default=None)


def stands_out(step: Step, others: Sequence[Step], deviations: float, least_weeks: int) -> bool:
    """Whether a step lies so many standard deviations above the other weeks; a long step counts once for each week."""
    weeks = [other.weekly for other in others for _week in range(other.weeks)]
    if len(weeks) < least_weeks:
        return False
    above, spread = step.weekly - fmean(weeks), pstdev(weeks)
    return above > deviations * spread
