"""Many houses that want the same person for skincare on the same day, each for itself alone: who gets her."""

import datetime as dt
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connections, transaction

from crm.base.trees import Tree
from crm.base.windows import Window
from crm.brands.models import Brand, BrandOwner, Category, Territory
from crm.exclusivity.claiming import claims_of_bar, claims_of_engagement
from crm.exclusivity.gate import Door, PromiseRefused, through_gate
from crm.exclusivity.models import Claim
from crm.exclusivity.terms import Bar, Engagement, Kind, Scope, Stretch, World
from crm.exclusivity.tokens import tokens_of_engagement
from crm.influencers.models import Influencer

DAY = dt.datetime(2026, 12, 10, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)
PATIENCE = 120  # seconds until a race that hangs is called off


@dataclass
class Market:
    """So many rival houses, each with one brand that sells skincare."""

    brands: list[Brand]
    skincare: int
    world: World

    @classmethod
    def opened(cls, count: int) -> "Market":
        houses = BrandOwner.objects.bulk_create(BrandOwner(name=f"Rival house {number}") for number in range(count))
        brands = Brand.objects.bulk_create(
            Brand(name=f"Rival {number}", owner=house) for number, house in enumerate(houses)
        )
        owned = {brand.pk: [(brand.owner_id, Window(None, None))] for brand in brands}
        world = World(Tree.of(Category), Tree.of(Territory), Tree.of(BrandOwner), owned)
        return cls(brands, Category.objects.get(slug="skincare").pk, world)

    def deal(self, person: int, number: int) -> "Deal":
        """A post on the tenth, and a week on either side without other skincare."""
        brand, sold = self.brands[number], frozenset({self.skincare})
        scope = Scope(kind=Kind.CATEGORY_PRODUCT, categories=sold)
        bar = Bar(
            clause=number + 1, version=1, person=person, scope=scope, zone="UTC", beneficiary=brand.pk,
            stretches=[Stretch.certain(Window(DAY - WEEK, DAY + WEEK))], house=brand.owner_id,
        )  # fmt: skip
        work = Engagement(
            ref=f"test.work:{number}", people=frozenset({person}), brand=brand.pk,
            window=Window(DAY, DAY + dt.timedelta(days=1)), categories=sold, company=sold,
        )  # fmt: skip
        claims = [*claims_of_bar(bar, self.world), *claims_of_engagement(work, self.world)]
        tokens = tokens_of_engagement(work, [brand.owner_id])
        return Deal(person, brand.owner_id, work, {name: getattr(tokens, name) for name in Claim.NUMBERS}, claims)


@dataclass
class Deal:
    """What one house would agree with the person."""

    person: int
    house: int
    work: Engagement
    numbers: dict[str, frozenset[int]]
    claims: list[Claim]

    def is_barred(self) -> bool:
        standing = Claim.objects.barring(self.work.window, self.numbers).filter(influencer=self.person)
        return standing.exclude(house=self.house).exists()

    def sign(self) -> None:
        """Through the gate: hold her, look again, write or be refused."""

        def promise(people: frozenset[int]) -> None:
            if self.is_barred():
                raise PromiseRefused
            Door(people, DAY).activate({claim.source for claim in self.claims}, self.claims)

        through_gate([self.person], promise)

    def sign_carelessly(self) -> None:
        """Look, then write, and hold nobody: what the walls are for. Only without the guard."""
        if self.is_barred():
            raise PromiseRefused
        with transaction.atomic():
            Claim.objects.bulk_create(self.claims)


@dataclass
class Race:
    """What came of some rounds."""

    signers: int
    winners: list[int] = field(default_factory=list)
    raised: Counter[str] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)

    @property
    def one_each(self) -> int:
        return sum(number == 1 for number in self.winners)

    @property
    def several(self) -> int:
        return sum(number > 1 for number in self.winners)

    @property
    def p99(self) -> float:
        return sorted(self.took)[int(len(self.took) * 0.99) - 1]


Way = Callable[[Deal], None]


def race(market: Market, rounds: int, way: Way) -> Race:
    """Everybody signs the same person at the same moment, on a connection of their own, round after round."""
    signers = len(market.brands)
    found, begin, end = Race(signers), threading.Barrier(signers + 1), threading.Barrier(signers + 1)
    deals: list[Deal] = []

    def take_part(number: int) -> None:
        try:
            for _round in range(rounds):
                begin.wait(PATIENCE)
                _attempt(deals[number], way, found)
                end.wait(PATIENCE)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take_part, args=[number], daemon=True) for number in range(signers)]
    for thread in threads:
        thread.start()
    for number in range(rounds):
        person = Influencer.objects.create(stage_name=f"Kirana {number}").pk
        deals[:] = [market.deal(person, one) for one in range(signers)]
        begin.wait(PATIENCE)
        end.wait(PATIENCE)
        bars = Claim.objects.active().filter(influencer=person, side=Claim.Side.BAR)
        found.winners.append(bars.values("house").distinct().count())
    for thread in threads:
        thread.join(PATIENCE)
    return found


def _attempt(deal: Deal, way: Way, found: Race) -> None:
    began = time.perf_counter()
    try:
        way(deal)
    except Exception as error:
        found.raised[type(error).__name__] += 1
    found.took.append(time.perf_counter() - began)
