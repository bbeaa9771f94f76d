"""The first wall: every promise that new work would hit, and every work that a new promise would hit, explained."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from crm.base.places import Place
from crm.exclusivity.bars import bars_of, brands_of, world_of
from crm.exclusivity.predicate import Finding, Severity, judge
from crm.exclusivity.terms import Bar, Engagement, World

conflict_source: Place[Callable[[Collection[int], dt.datetime], Sequence[Engagement]]] = Place("conflict_source")
"""`@conflict_source("deliverables")`: function(person ids, now) -> their work, planned, promised and done, with the
labels in `Engagement.label`. A fixed number of queries."""


@dataclass(frozen=True)
class Conflict:
    """A bar and an engagement that meet, with what the predicate found."""

    bar: Bar
    engagement: Engagement
    finding: Finding

    @property
    def severity(self) -> Severity:
        return self.finding.severity

    @property
    def blocks(self) -> bool:
        return self.severity == Severity.BLOCK


def find_conflicts(
    people: Collection[int],
    *,
    engagements: Sequence[Engagement] = (),
    bars: Sequence[Bar] = (),
    now: dt.datetime,
    is_signing: bool = False,
    excused: Collection[tuple[int, str]] = (),
    against: Sequence[Bar] | None = None,
) -> list[Conflict]:
    """What these new engagements and bars would hit of what stands, the worst first.

    What new rows come from is replaced, not held against itself. `excused` are pairs of clause and work somebody allowed.
    `against` is everything that bars these people, where the caller has it at hand.
    """
    known = bars_of(people) if against is None else against
    standing_bars = [bar for bar in known if bar.clause not in {new.clause for new in bars}]
    # What she does is asked for only where a new promise may hit it: new work is held against promises alone.
    hers = work_of(people, now) if bars else []
    standing_work = [one for one in hers if one.ref not in {new.ref for new in engagements}]
    pairs = [(bar, one) for bar in standing_bars for one in engagements]
    pairs += [(bar, one) for bar in bars for one in (*standing_work, *engagements)]
    if not pairs:
        return []
    world = world_of({one.brand for _bar, one in pairs} | brands_of([bar for bar, _one in pairs]))
    return judged(pairs, world, is_signing=is_signing, excused=excused)


def standing_conflicts(people: Collection[int], now: dt.datetime) -> list[Conflict]:
    """Everything that meets among what stands today: what the nightly look keeps as findings."""
    bars, work = bars_of(people), work_of(people, now)
    world = world_of({one.brand for one in work} | brands_of(bars))
    mine: dict[int, list[Engagement]] = defaultdict(list)
    for one in work:
        for person in one.people:
            mine[person].append(one)
    return judged([(bar, one) for bar in bars for one in mine[bar.person]], world)


def work_of(people: Collection[int], now: dt.datetime) -> list[Engagement]:
    """Everything any feature knows these people do."""
    return [one for placed in conflict_source.all() for one in placed.call(people, now)]


def judged(
    pairs: Iterable[tuple[Bar, Engagement]],
    world: World,
    *,
    is_signing: bool = False,
    excused: Collection[tuple[int, str]] = (),
) -> list[Conflict]:
    """The pairs that meet, the worst first; those somebody allowed weigh no more than a remark."""
    found = [
        Conflict(bar, one, judge(bar, one, world, is_signing=is_signing))
        for bar, one in pairs
        if (bar.clause, one.ref) not in excused
    ]
    meeting = [conflict for conflict in found if conflict.severity > Severity.NONE]
    return sorted(meeting, key=lambda one: (-one.severity, one.engagement.ref, one.bar.clause))
