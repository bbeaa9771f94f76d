"""The guard refuses what the predicate calls BLOCK and nothing else: thousands of random pairs, many of them near misses."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction

from crm.base.trees import Tree
from crm.base.windows import Window, day_window
from crm.brands.models import BrandOwner
from crm.exclusivity import guard
from crm.exclusivity.claiming import claims_of_bar, claims_of_engagement
from crm.exclusivity.models import Claim
from crm.exclusivity.predicate import Severity, judge
from crm.exclusivity.terms import Act, Bar, Certainty, Engagement, Kind, Scope, Standing, Stretch, World
from tests.factories import BrandFactory, InfluencerFactory

pytestmark = pytest.mark.django_db
PAIRS = 2000
CATEGORIES = Tree({1: None, 2: 1, 3: 2, 4: 2, 5: 1, 6: None})
PLACES = Tree({1: None, 2: 1, 3: 2, 4: 1, 5: None})
DAYS = [dt.date(2026, 3, 1) + dt.timedelta(days=number) for number in range(8)]
ZONES = ("Asia/Jakarta", "Asia/Jayapura", "Europe/London")


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

    def pairs(self) -> Iterator[tuple[Bar, Engagement]]:
        for number in range(PAIRS):
            yield self.bar(number), self.engagement(number)


def guard_refuses(bar: Bar, engagement: Engagement, world: World) -> bool:
    try:
        with transaction.atomic():
            Claim.objects.bulk_create([*claims_of_bar(bar, world), *claims_of_engagement(engagement, world)])
    except IntegrityError as error:
        assert guard.is_refusal(error)
        return True
    finally:
        Claim.objects.all().delete()
    return False


@pytest.mark.parametrize("seed", [1, 2])
def test_it_refuses_exactly_what_is_called_block(seed: int) -> None:
    maker, counted = Maker(seed), Counter[tuple[bool, bool]]()
    for bar, engagement in maker.pairs():
        blocks = judge(bar, engagement, maker.world).severity == Severity.BLOCK
        refuses = guard_refuses(bar, engagement, maker.world)
        assert refuses == blocks, (bar, engagement)
        counted[blocks, refuses] += 1
    assert counted[True, True] > PAIRS / 50
    assert counted[False, False] > PAIRS / 2
