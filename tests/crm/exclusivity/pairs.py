"""Random bars and work, many of them near misses, and what three who know nothing of each other say about each pair.

The predicate reasons about windows and trees; the guard compares numbers in the database; the counting below walks up
every tree and tries every hour.
"""

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db import IntegrityError, transaction

from crm.base.trees import Tree
from crm.base.windows import Window, day_window
from crm.brands.models import BrandOwner
from crm.exclusivity import guard
from crm.exclusivity.claiming import claims_of_bar, claims_of_engagement
from crm.exclusivity.models import Claim
from crm.exclusivity.predicate import Severity, judge
from crm.exclusivity.terms import Act, Bar, Certainty, Engagement, Kind, Scope, Standing, Stretch, World
from crm.influencers.models import Influencer
from tests.factories import BrandFactory, InfluencerFactory

Pair = tuple[Bar, Engagement]
CATEGORIES = Tree({1: None, 2: 1, 3: 2, 4: 2, 5: 1, 6: None})
PLACES = Tree({1: None, 2: 1, 3: 2, 4: 1, 5: None})
DAYS = [dt.date(2026, 3, 1) + dt.timedelta(days=number) for number in range(8)]
ZONES = ("Asia/Jakarta", "Asia/Jayapura", "Europe/London")
HOURS = [dt.datetime(2026, 2, 28, tzinfo=dt.UTC) + dt.timedelta(hours=number) for number in range(10 * 24)]
"""Every window begins and ends with an hour, and what overlaps at all overlaps in one of these."""
AT_ONCE = 500


class Maker:
    """Small worlds, so that what is drawn meets often and misses narrowly."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        houses = [BrandOwner.objects.create(name=f"House {number}") for number in range(3)]
        self.brands = [
            BrandFactory(name=f"Brand {number}", owner=houses[owner]) for number, owner in enumerate((0, 0, 1, 2))
        ]
        self.people = [InfluencerFactory(), InfluencerFactory()]
        self.houses = [house.pk for house in houses]
        always = Window(None, None)
        owned = {brand.pk: [(brand.owner_id, always)] for brand in self.brands}
        first, moved_at = self.brands[2], day_window(DAYS[4], None, ZONES[0]).start_at
        owned[first.pk] = [(self.houses[1], Window(None, moved_at)), (self.houses[0], Window(moved_at, None))]
        self.world = World(CATEGORIES, PLACES, Tree(dict.fromkeys(self.houses)), owned)

    def some(self, values: range, most: int = 2, empty: float = 0.0) -> frozenset[int]:
        least = 0 if self.chance.random() < empty else 1
        return frozenset() if not least else frozenset(self.chance.sample(values, self.chance.randint(1, most)))

    def window(self) -> Window:
        zone, first = self.chance.choice(ZONES), self.chance.randrange(len(DAYS))
        last = self.chance.randrange(first, len(DAYS))
        return day_window(DAYS[first], None if self.chance.random() < 0.1 else DAYS[last], zone)

    def bar(self, number: int) -> Bar:
        brand, chance = self.chance.choice(self.brands[:2]), self.chance
        scope = Scope(
            kind=chance.choice(list(Kind)),
            categories=frozenset(chance.sample(range(1, 7), chance.randint(1, 2))),
            excluded=self.some(range(3, 5), 1, empty=0.8),
            with_children=chance.random() < 0.8,
            brands=frozenset({chance.choice(self.brands).pk}),
            houses=frozenset({chance.choice(self.houses)}),
            platforms=self.some(range(1, 3), 1, empty=0.7),
            formats=self.some(range(1, 4), 2, empty=0.7),
            territories=self.some(range(1, 6), empty=0.6),
            acts=frozenset(chance.sample(list(Act)[:3], chance.randint(2, 3))),
        )
        window = self.window()
        return Bar(
            clause=number, version=1, person=self.people[0].pk, scope=scope, zone="Asia/Jakarta",
            stretches=[Stretch(window, chance.choice([window, window, None]))],
            standing=chance.choice([Standing.ACTIVE] * 6 + [Standing.PROPOSED, Standing.ENDED]),
            blocks=chance.random() < 0.9, beneficiary=brand.pk, house=brand.owner_id,
            is_known=chance.random() < 0.95, own_house_counts=chance.random() < 0.3,
        )  # fmt: skip

    def engagement(self, number: int) -> Engagement:
        chance = self.chance
        return Engagement(
            ref=f"test.work:{number}", people=frozenset({chance.choice([self.people[0]] * 5 + [self.people[1]]).pk}),
            brand=chance.choice([*self.brands, self.brands[3]]).pk, window=self.window(), act=chance.choice(list(Act)[:3]),
            certainty=chance.choice([Certainty.SIGNED] * 6 + [Certainty.DRAFT]),
            categories=chance.choice([self.some(range(1, 7))] * 4 + [None]), company=self.some(range(1, 7)),
            platform=chance.choice([1, 2, None]), format=chance.choice([1, 2, 3, None]),
            territories=chance.choice([self.some(range(1, 6), empty=0.3)] * 4 + [None]),
        )  # fmt: skip

    def pairs(self, count: int, people: list[int]) -> Iterator[Pair]:
        """As many, each about a person of its own; `people` holds two for each."""
        for number in range(count):
            bar, engagement = self.bar(number), self.engagement(number)
            mine, other = people[2 * number], people[2 * number + 1]
            hers = mine if bar.person in engagement.people else other
            yield replace(bar, person=mine), replace(engagement, people=frozenset({hers}))


# ---- by counting -----------------------------------------------------------------------------------------------------
def meet_by_counting(bar: Bar, work: Engagement, world: World) -> bool:
    """Whether the work breaks the bar for certain, found by trying every hour."""
    firm = work.certainty in (Certainty.SIGNED, Certainty.PUBLISHED, Certainty.OBSERVED)
    binds = bar.standing == Standing.ACTIVE and bar.blocks and bar.is_known
    if not (firm and binds and bar.person in work.people and work.brand != bar.beneficiary):
        return False
    scope = bar.scope
    spoken_of = work.act in scope.acts and _fits(work.platform, scope.platforms) and _fits(work.format, scope.formats)
    return spoken_of and _in_place(scope, work, world) and any(_at(hour, bar, work, world) for hour in HOURS)


def _at(hour: dt.datetime, bar: Bar, work: Engagement, world: World) -> bool:
    if hour not in work.window or not any(one.core and hour in one.core for one in bar.stretches):
        return False
    (owner,) = [house for house, during in world.owned[work.brand] if hour in during]
    houses = _upwards(owner, world.houses)
    if bar.house in houses and not bar.own_house_counts:
        return False
    return _about(bar.scope, work, houses, world)


def _about(scope: Scope, work: Engagement, houses: list[int], world: World) -> bool:
    if scope.kind == Kind.FULL:
        return True
    if scope.kind == Kind.NAMED_BRAND:
        return work.brand in scope.brands
    if scope.kind == Kind.NAMED_OWNER:
        return any(house in scope.houses for house in houses)
    sold = work.company if scope.kind == Kind.CATEGORY_COMPANY else work.categories or frozenset()
    return any(_reached(category, scope, world) for category in sold)


def _reached(category: int, scope: Scope, world: World) -> bool:
    line = _upwards(category, world.categories)
    named = line if scope.with_children else [category]
    return any(one in scope.categories for one in named) and not any(one in scope.excluded for one in line)


def _in_place(scope: Scope, work: Engagement, world: World) -> bool:
    if not scope.territories:
        return True
    if work.territories is None:
        return False
    return not work.territories or any(
        barred in _upwards(place, world.territories) or place in _upwards(barred, world.territories)
        for place in work.territories
        for barred in scope.territories
    )


def _fits(one: int | None, named: frozenset[int]) -> bool:
    return not named or one in named


def _upwards(node: int, tree: Tree) -> list[int]:
    up = tree.parents.get(node)
    return [node] if up is None else [node, *_upwards(up, tree)]


# ---- all three -------------------------------------------------------------------------------------------------------
def compared(seed: int, count: int) -> tuple[Counter[bool], list[Pair]]:
    """How many of so many random pairs meet and how many do not, and those about which the three disagree."""
    maker, counted, odd = Maker(seed), Counter[bool](), list[Pair]()
    people = [
        one.pk for one in Influencer.objects.bulk_create(Influencer(stage_name=f"{n}") for n in range(2 * AT_ONCE))
    ]
    for start in range(0, count, AT_ONCE):
        pairs = list(maker.pairs(min(AT_ONCE, count - start), people))
        meeting = [meet_by_counting(bar, work, maker.world) for bar, work in pairs]
        counted.update(meeting)
        refused = guard_refuses(pairs, meeting, maker.world)
        for pair, met, is_refused in zip(pairs, meeting, refused, strict=True):
            is_blocked = judge(*pair, maker.world).severity == Severity.BLOCK
            if not met == is_refused == is_blocked:
                odd.append(pair)
    return counted, odd


def guard_refuses(pairs: list[Pair], expected: list[bool], world: World) -> list[bool]:
    """What the database says to the work of each pair beside its bar. What is expected to stand is written at once."""
    Claim.objects.bulk_create(claim for bar, _work in pairs for claim in claims_of_bar(bar, world))
    others = [work for (_bar, work), met in zip(pairs, expected, strict=True) if not met]
    others_stand = _stands(others, world)
    refused = [
        not (others_stand and not met) and not _stands([work], world)
        for (_bar, work), met in zip(pairs, expected, strict=True)
    ]
    Claim.objects.all().delete()
    return refused


def _stands(works: Iterable[Engagement], world: World) -> bool:
    try:
        with transaction.atomic():
            Claim.objects.bulk_create(claim for work in works for claim in claims_of_engagement(work, world))
    except IntegrityError as error:
        if not guard.is_refusal(error):
            raise
        return False
    return True
