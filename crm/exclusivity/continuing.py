"""Whether a promise goes on when it ends: another one that takes over without a day between, of the same reach or wider."""

import datetime as dt
from collections.abc import Collection, Iterable

from crm.exclusivity.bars import bar_of, brands_of, world_of
from crm.exclusivity.models import Clause
from crm.exclusivity.predicate import barred_categories
from crm.exclusivity.terms import Bar, Kind, Scope, Standing, World


def follow_ups(clauses: Collection[Clause]) -> dict[int, int]:
    """The clause that takes over from each of these, by their ids; those that really end are left out.

    A fixed number of queries. Ask for the clauses `with_scope()`.
    """
    theirs = Clause.objects.of_people({clause.influencer_id for clause in clauses}).in_force().with_scope()
    bars = [bar_of(clause) for clause in theirs] if clauses else []
    world = world_of(brands_of(bars)) if bars else None
    found = {clause.pk: taking_over(bar_of(clause), bars, world) for clause in clauses} if world else {}
    return {ends: follows.clause for ends, follows in found.items() if follows}


def taking_over(ends: Bar, bars: Iterable[Bar], world: World) -> Bar | None:
    """The bar in force that goes on where this one ends; None when there is a gap, or when less is barred then."""
    over_at = last_instant(ends)
    if over_at is None:
        return None
    going_on = (bar for bar in bars if bar.clause != ends.clause and is_renewal(bar, ends, world))
    return next((bar for bar in going_on if _covers(bar, over_at)), None)


def is_renewal(later: Bar, earlier: Bar, world: World) -> bool:
    """Whether a bar in force keeps the same person for the same brand from all that an earlier one kept her from."""
    return (
        later.standing == Standing.ACTIVE
        and (later.person, later.beneficiary) == (earlier.person, earlier.beneficiary)
        and later.blocks >= earlier.blocks
        and later.own_house_counts >= earlier.own_house_counts
        and later.counts_presence >= earlier.counts_presence
        and set(later.carve_outs) <= set(earlier.carve_outs)
        and _reaches(later, earlier, world)
        and _is_everywhere(later.scope, earlier.scope, world)
    )


def last_instant(bar: Bar) -> dt.datetime | None:
    """When its last window closes; None when it has none, or one without an end."""
    ends = [stretch.window.end_at for stretch in bar.stretches]
    return None if None in ends else max((end for end in ends if end), default=None)


def _covers(bar: Bar, at: dt.datetime) -> bool:
    """Whether some certain part of the bar holds at this instant."""
    return any(stretch.core is not None and at in stretch.core for stretch in bar.stretches)


def _reaches(later: Bar, earlier: Bar, world: World) -> bool:
    """Whether whatever the earlier scope means is meant by the later one too."""
    wide, narrow = later.scope, earlier.scope
    if not narrow.acts <= wide.acts:
        return False
    if wide.kind == Kind.FULL:
        return True
    if wide.kind != narrow.kind:
        return False
    if wide.kind == Kind.NAMED_BRAND:
        return narrow.brands <= wide.brands
    if wide.kind == Kind.NAMED_OWNER:
        return world.houses.below(narrow.houses) <= world.houses.below(wide.houses)
    return barred_categories(earlier, world) <= barred_categories(later, world)


def _is_everywhere(wide: Scope, narrow: Scope, world: World) -> bool:
    """Whether it holds wherever the other one held. Naming none of them means all."""
    return (
        _holds(wide.platforms, narrow.platforms)
        and _holds(wide.formats, narrow.formats)
        and _holds(world.territories.below(wide.territories), world.territories.below(narrow.territories))
    )


def _holds(wide: frozenset[int], narrow: frozenset[int]) -> bool:
    return not wide or (bool(narrow) and narrow <= wide)
