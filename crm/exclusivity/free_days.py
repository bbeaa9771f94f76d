"""From which day on somebody is free for a piece of work, whatever else she promised."""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

from crm.base.windows import Window, day_window
from crm.base.zones import local_date
from crm.exclusivity.bars import bars_of, brands_of, world_of
from crm.exclusivity.predicate import Severity, judge
from crm.exclusivity.terms import Engagement

LOOKED_AHEAD = 400  # days


def free_from(
    work: Engagement, zone: str, now: dt.datetime, *, excused: Collection[tuple[int, str]] = ()
) -> dt.date | None:
    """The first day after the planned one, and after today, on which no promise of hers would refuse this work.

    None when there is none within a year or so, or the work has no day. One day is looked at after another, in memory.
    """
    window = work.window
    if window.start_at is None or window.end_at is None:
        return None
    length = window.end_at - window.start_at
    bars = [bar for bar in bars_of(work.people) if (bar.clause, work.ref) not in excused]
    world = world_of({work.brand} | brands_of(bars))
    on = max(local_date(window.start_at, zone), local_date(now, zone))
    for step in range(1, LOOKED_AHEAD):
        day = on + dt.timedelta(days=step)
        start_at = day_window(day, day, zone).start_at
        assert start_at is not None
        moved = replace(work, window=Window(start_at, start_at + length), presence=None)
        if all(judge(bar, moved, world, is_signing=True).severity < Severity.BLOCK for bar in bars):
            return day
    return None
