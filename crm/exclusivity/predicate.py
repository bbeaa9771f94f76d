"""Whether an engagement hits a bar, how badly, and why: the one place that knows.

Steps are asked in a fixed order; the first that says no ends it, and what makes a yes weaker is remembered. A pure
function of its arguments, so drafting, signing, the nightly look and the guard's own tests all get the same answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from crm.base.windows import Window
from crm.base.zones import end_of_day, local_date
from crm.exclusivity.terms import FIRM, Bar, CarveOut, Certainty, Engagement, Kind, Standing, Stretch, World


class Severity(IntEnum):
    """How much a finding weighs."""

    NONE = 0
    INFO = 1
    WARN = 2
    BLOCK = 3


@dataclass(frozen=True)
class Finding:
    """A bar and an engagement that meet: where, how badly, and the codes of everything that decided it."""

    severity: Severity
    reasons: tuple[str, ...]
    overlap: Window | None = None
    days: int | None = None


NOT_IN_FORCE = frozenset({Standing.WAIVED, Standing.VOID, Standing.ENDED, Standing.SUSPENDED})
CAPS = {Standing.DRAFT: Severity.INFO, Standing.PROPOSED: Severity.WARN, Standing.ACTIVE: Severity.BLOCK}


@dataclass(frozen=True)
class Part:
    """One piece of an engagement's time, how much it may weigh at most, and what made it weigh less."""

    window: Window
    most: Severity = Severity.BLOCK
    reasons: tuple[str, ...] = ()

    def capped(self, most: Severity, reason: str) -> "Part":
        return Part(self.window, min(self.most, most), (*self.reasons, reason))

    def cut(self, window: Window) -> "Part | None":
        overlap = self.window.overlap(window)
        return Part(overlap, self.most, self.reasons) if overlap else None


def judge(bar: Bar, engagement: Engagement, world: World, *, is_signing: bool = False) -> Finding:
    """The worst finding of this bar and this engagement.

    `is_signing`: somebody is about to promise it, so a draft counts as firm.
    """
    if bar.standing in NOT_IN_FORCE:
        return Finding(Severity.NONE, (f"bar-{bar.standing}",))
    if why := _not_spoken_of(bar, engagement):
        return Finding(Severity.NONE, (why,))
    findings = [
        found
        for part in _parts(bar, engagement, world)
        for stretch in bar.stretches
        for found in _meet(part, stretch, bar, engagement, is_signing=is_signing)
    ]
    return max(findings, key=lambda one: (one.severity, one.days or 0), default=Finding(Severity.NONE, ("apart",)))


def _not_spoken_of(bar: Bar, engagement: Engagement) -> str:
    """Why the bar does not speak of this at all; empty when it may."""
    scope = bar.scope
    if bar.person not in engagement.people:
        return "other-person"
    if bar.beneficiary is not None and engagement.brand == bar.beneficiary:
        return "own-work"
    if engagement.act not in scope.acts:
        return "act-allowed"
    if scope.platforms and engagement.platform not in scope.platforms:
        return "other-platform"
    if scope.formats and engagement.format not in scope.formats:
        return "other-format"
    return ""


def _parts(bar: Bar, engagement: Engagement, world: World) -> Iterator[Part]:
    """The engagement's time, cut where its house changes and where something stops being allowed."""
    seen = engagement.presence if bar.counts_presence and engagement.presence else engagement.window
    caps = _caps(bar, engagement)
    for window, house in world.owners_during(engagement.brand, seen):
        houses = frozenset(world.houses.line(house))
        part: Part | None = Part(window)
        for most, reason in (*caps, *_within(bar, engagement, world, houses)):
            part = part.capped(most, reason) if part and most else None
        if part is None:
            continue
        if _is_of_own_house(bar, houses):
            part = part.capped(Severity.INFO, "own-house")
        yield from _carved(part, bar, engagement, world, houses)


def _caps(bar: Bar, engagement: Engagement) -> list[tuple[Severity, str]]:
    """What makes the whole thing weigh less, whatever its days."""
    caps = [(CAPS[bar.standing], f"bar-{bar.standing}")] if bar.standing != Standing.ACTIVE else []
    if not bar.blocks:
        caps.append((Severity.WARN, "only-warns"))
    is_for_nobody = bar.beneficiary is None and bar.house is None and not bar.is_of_stranger
    if not bar.is_known or is_for_nobody:
        caps.append((Severity.WARN, "told-not-known"))
    if bar.effective_from and engagement.committed_at and engagement.committed_at < bar.effective_from:
        caps.append((Severity.WARN, "prior-commitment"))
    if bar.standing != Standing.ACTIVE and engagement.certainty == Certainty.DRAFT:
        caps.append((Severity.INFO, "two-drafts"))
    return caps


def _within(bar: Bar, engagement: Engagement, world: World, houses: frozenset[int]) -> Iterator[tuple[Severity, str]]:
    """Whether the scope reaches it: nothing when it does, a cap when it may, NONE when it does not."""
    yield from _subject(bar, engagement, world, houses)
    yield from _territory(bar, engagement, world)


def _subject(bar: Bar, engagement: Engagement, world: World, houses: frozenset[int]) -> Iterator[tuple[Severity, str]]:
    scope = bar.scope
    if scope.kind == Kind.NAMED_BRAND and engagement.brand not in scope.brands:
        yield Severity.NONE, "brand-not-named"
    elif scope.kind == Kind.NAMED_OWNER and not houses & scope.houses:
        yield Severity.NONE, "house-not-named"
    elif scope.kind == Kind.CATEGORY_COMPANY and not engagement.company & barred_categories(bar, world):
        yield Severity.NONE, "other-category"
    elif scope.kind == Kind.CATEGORY_PRODUCT:
        yield from _product(bar, engagement, world)


def _product(bar: Bar, engagement: Engagement, world: World) -> Iterator[tuple[Severity, str]]:
    """A product at or below a node is meant; one above it may be; one nobody knows is read by what its brand sells."""
    known = engagement.categories is not None
    nodes = engagement.categories if engagement.categories is not None else engagement.company
    if not known:
        yield Severity.WARN, "product-unknown"
    if nodes & barred_categories(bar, world):
        return
    if nodes & world.categories.above(bar.scope.categories):
        yield Severity.WARN, "may-include-it"
    else:
        yield Severity.NONE, "other-category"


def barred_categories(bar: Bar, world: World) -> frozenset[int]:
    """Every category the clause reaches: its nodes, with what is below them unless that is excluded."""
    nodes = bar.scope.categories
    reached = world.categories.below(nodes) if bar.scope.with_children else nodes
    return reached - world.categories.below(bar.scope.excluded)


def _territory(bar: Bar, engagement: Engagement, world: World) -> Iterator[tuple[Severity, str]]:
    if not bar.scope.territories:
        return
    if engagement.territories is None:
        yield Severity.WARN, "territory-unknown"
        return
    reached = world.territories.below(bar.scope.territories) | world.territories.above(bar.scope.territories)
    if engagement.territories and not engagement.territories & reached:
        yield Severity.NONE, "other-territory"


def _is_of_own_house(bar: Bar, houses: frozenset[int]) -> bool:
    return bar.house is not None and bar.house in houses and not bar.own_house_counts


def _carved(part: Part, bar: Bar, engagement: Engagement, world: World, houses: frozenset[int]) -> Iterator[Part]:
    """What a carve-out allows weighs nothing; from the instant it ends the rest counts in full."""
    matching = [one for one in bar.carve_outs if _matches(one, engagement, world, houses)]
    if not matching:
        yield part
        return
    ends = [one.until_at for one in matching]
    until_at = None if None in ends else max(end for end in ends if end)
    allowed = part.cut(Window(None, until_at))
    if allowed:
        yield allowed.capped(Severity.INFO, "carved-out")
    rest = part.cut(Window(until_at, None)) if until_at else None
    if rest:
        yield rest


def _matches(one: CarveOut, engagement: Engagement, world: World, houses: frozenset[int]) -> bool:
    """Everything a carve-out names must fit; one that names nothing allows nothing."""
    named = (one.brand, one.house, one.category, one.act)
    if all(name is None for name in named):
        return False
    nodes = engagement.categories or frozenset()
    return (
        one.brand in (None, engagement.brand)
        and (one.house is None or one.house in houses)
        and (one.category is None or any(world.categories.is_within(node, one.category) for node in nodes))
        and one.act in (None, engagement.act)
    )


def _meet(part: Part, stretch: Stretch, bar: Bar, engagement: Engagement, *, is_signing: bool) -> Iterator[Finding]:
    overlap = part.window.overlap(stretch.window)
    if overlap is None:
        if _is_adjacent(part.window, stretch.window, bar):
            yield Finding(Severity.INFO, (*part.reasons, "adjacent"))
        return
    certain = part.window.overlap(stretch.core) if stretch.core else None
    if certain is None:
        part = part.capped(Severity.WARN, "day-not-certain")
    if engagement.certainty not in FIRM and not is_signing:
        part = part.capped(Severity.WARN, "not-signed")
    shown = certain or overlap
    yield Finding(part.most, part.reasons or ("barred",), shown, shown.days(bar.zone))


def _is_adjacent(window: Window, barred: Window, bar: Bar) -> bool:
    """Whether it lies apart by no more than the buffer, in days of the bar's zone."""
    return _follows(window.end_at, barred.start_at, bar) or _follows(barred.end_at, window.start_at, bar)


def _follows(ends_at: datetime | None, begins_at: datetime | None, bar: Bar) -> bool:
    """Whether something begins within the buffer after something else ended."""
    if not bar.buffer_days or ends_at is None or begins_at is None:
        return False
    last_on = local_date(ends_at - timedelta(microseconds=1), bar.zone)
    return ends_at <= begins_at < end_of_day(last_on + timedelta(days=bar.buffer_days), bar.zone)
