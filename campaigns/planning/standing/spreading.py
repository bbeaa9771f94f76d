"""On which days the posts of a period fall: spread over the days that count. Days in, days out.

The same ledger always gives the same days, however late somebody looks at it.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from crm.base.windows import is_working_day, working_day_on_or_before

DAY = dt.timedelta(days=1)

Stretch = tuple[dt.date, dt.date]
"""A first and a last day, both included."""
Step = tuple[dt.date, int]
"""A day and by how many more, or fewer, are owed from it on."""


def days_of(stretches: Iterable[Stretch]) -> list[dt.date]:
    """Every day of these stretches."""
    return [first + DAY * number for first, last in stretches for number in range((last - first).days + 1)]


def fitting(days: Sequence[dt.date], count: int, holidays: Collection[dt.date]) -> list[dt.date]:
    """The days posts are given: working days but the very last; where those are too few, all but the last, then all."""
    before_last = list(days[:-1])
    working = [on for on in before_last if is_working_day(on, holidays)]
    return next((some for some in (working, before_last) if len(some) >= count), list(days))


def evenly(count: int, days: Sequence[dt.date]) -> list[dt.date]:
    """So many of these days, as far from each other as they go; one day twice only where there are fewer days than posts."""
    return [days[(2 * place + 1) * len(days) // (2 * count)] for place in range(count)]


def into_gaps(count: int, days: Sequence[dt.date], taken: Sequence[dt.date]) -> list[dt.date]:
    """So many days beside those that are taken, each as far from its neighbours as it goes; the earlier of two alike."""
    chosen: list[dt.date] = []
    for _number in range(count):
        there = [*taken, *chosen]
        chosen.append(max(days, key=lambda on: (_room(on, there), -on.toordinal())))
    return chosen


def _room(on: dt.date, taken: Sequence[dt.date]) -> tuple[int, int]:
    """How far it is to the nearest other, and how few there are on the very day."""
    return min((abs((on - other).days) for other in taken), default=0), -list(taken).count(on)


def posting_days(
    steps: Iterable[Step], stretches: Sequence[Stretch], holidays: Collection[dt.date] = frozenset()
) -> list[dt.date]:
    """The day of each post that is owed: the first ones spread over the stretches, later ones into the gaps from the day
    they were owed on. What was owed last is what falls away first. Nothing where no day counts.
    """
    live = days_of(stretches)
    found: list[dt.date] = []
    for since, more in steps if live else ():
        if more < 0:
            found = found[: max(0, len(found) + more)]
            continue
        days = fitting([on for on in live if on >= since] or live[-1:], more, holidays)
        found += into_gaps(more, days, found) if found else evenly(more, days)
    return found


def owed_since(steps: Iterable[Step]) -> list[dt.date]:
    """Since when each of those posts is owed, in the same order."""
    found: list[dt.date] = []
    for since, more in steps:
        found = [*found, *[since] * more] if more > 0 else found[: max(0, len(found) + more)]
    return found


def draft_day(post_on: dt.date, since: dt.date, lead: int, holidays: Collection[dt.date] = frozenset()) -> dt.date:
    """The working day so many days before the post; but never more than half of the time there is, nor before `since`."""
    there_is = max(0, (post_on - since).days)
    on = post_on - DAY * min(lead, there_is // 2)
    return max(min(working_day_on_or_before(on, holidays), post_on), min(since, post_on))
