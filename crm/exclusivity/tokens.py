"""Scopes and work as sets of numbers that meet exactly where the predicate would say BLOCK, or somewhat less.

Every engagement holds 0, and a bar without a limit is {0}: a new platform or country needs no rewriting of claims.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from crm.exclusivity.predicate import barred_categories
from crm.exclusivity.terms import ACT_NUMBERS, Bar, Engagement, Kind, Scope, World

ANY = 0
STEP = 10**8
PRODUCT, COMPANY, BRAND, HOUSE = (kind * STEP for kind in (1, 2, 3, 4))
PLATFORM, FORMAT, PAIR = (kind * STEP for kind in (1, 2, 3))
FORMATS = 10_000  # more formats than anybody keeps: a platform and a format fit into one number
EVERYWHERE = STEP

Numbers = frozenset[int]


@dataclass(frozen=True)
class Tokens:
    """The four sets of one claim."""

    subjects: Numbers
    channels: Numbers
    territories: Numbers
    acts: Numbers

    @property
    def may_meet(self) -> bool:
        """An empty set meets nothing: a clause that names no brand bars none."""
        return all((self.subjects, self.channels, self.territories, self.acts))


def tokens_of_bar(bar: Bar, world: World) -> Tokens:
    scope = bar.scope
    return Tokens(
        subjects=_barred_subjects(bar, world),
        channels=_barred_channels(scope),
        territories=_barred_territories(scope.territories, world),
        acts=frozenset(ACT_NUMBERS[act] for act in scope.acts),
    )


def tokens_of_engagement(engagement: Engagement, houses: Iterable[int]) -> Tokens:
    """`houses` are those the brand belongs to over the claim's time."""
    products = engagement.categories or frozenset()
    return Tokens(
        subjects=frozenset({ANY, BRAND + engagement.brand})
        | _kinds(PRODUCT, products)
        | _kinds(COMPANY, engagement.company)
        | _kinds(HOUSE, houses),
        channels=_work_channels(engagement),
        territories=_work_territories(engagement.territories),
        acts=frozenset({ACT_NUMBERS[engagement.act]}),
    )


def _barred_subjects(bar: Bar, world: World) -> Numbers:
    scope = bar.scope
    if scope.kind == Kind.NAMED_BRAND:
        return _kinds(BRAND, scope.brands)
    if scope.kind == Kind.NAMED_OWNER:
        return _kinds(HOUSE, scope.houses)
    if scope.kind == Kind.FULL:
        return frozenset({ANY})
    return _kinds(PRODUCT if scope.kind == Kind.CATEGORY_PRODUCT else COMPANY, barred_categories(bar, world))


def _barred_channels(scope: Scope) -> Numbers:
    if scope.platforms and scope.formats:
        return frozenset(_pair(platform, form) for platform in scope.platforms for form in scope.formats)
    return _kinds(FORMAT, scope.formats) or _kinds(PLATFORM, scope.platforms) or frozenset({ANY})


def _work_channels(engagement: Engagement) -> Numbers:
    platform, form = engagement.platform, engagement.format
    found = frozenset({ANY}) | _one(PLATFORM, platform) | _one(FORMAT, form)
    return found if platform is None or form is None else found | {_pair(platform, form)}


def _pair(platform: int, form: int) -> int:
    return PAIR + platform * FORMATS + form


def _barred_territories(nodes: Numbers, world: World) -> Numbers:
    """Limited to places: everything within them and everything they lie in, the whole world included."""
    if not nodes:
        return frozenset({ANY})
    return world.territories.below(nodes) | world.territories.above(nodes) | {EVERYWHERE}


def _work_territories(nodes: Numbers | None) -> Numbers:
    if nodes is None:
        return frozenset({ANY})  # nobody knows where: it meets bars without a limit only
    return frozenset({ANY}) | (nodes or {EVERYWHERE})


def _kinds(kind: int, ids: Iterable[int]) -> Numbers:
    return frozenset(kind + pk for pk in ids)


def _one(kind: int, pk: int | None) -> Numbers:
    return frozenset() if pk is None else frozenset({kind + pk})
