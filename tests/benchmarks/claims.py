"""Promises in any number, as the guard compares them: for each bar nine pieces of work of the same person.

Ten rows a person; what meets a bar stands beside it unguarded, as facts do.
"""

import datetime as dt
import itertools
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from crm.base.trees import Tree
from crm.base.windows import Window
from crm.brands.models import Brand, BrandOwner, Category, Territory
from crm.exclusivity import guard
from crm.exclusivity.claiming import claims_of_bar, claims_of_engagement
from crm.exclusivity.clashes import all_clashes
from crm.exclusivity.models import Claim
from crm.exclusivity.terms import Act, Bar, Engagement, Kind, Scope, Stretch, World
from crm.influencers.models import Format, Influencer

HOUSES, BRANDS, A_PERSON, DAYS = 40, 120, 10, 730
FIRST = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
AT_ONCE, TIMES = 10_000, 10
SOLD = ("skincare", "serum", "sunscreen", "haircare", "makeup", "food-drink", "fashion")
Row = tuple[object, ...]


@dataclass
class Market:
    """Houses with three brands each, what they sell, and where people post."""

    brands: list[Brand]
    categories: list[int]
    formats: list[Format]
    world: World

    @classmethod
    def opened(cls) -> "Market":
        houses = BrandOwner.objects.bulk_create(BrandOwner(name=f"House {number}") for number in range(HOUSES))
        brands = Brand.objects.bulk_create(
            Brand(name=f"Brand {number}", owner=houses[number % HOUSES]) for number in range(BRANDS)
        )
        known = dict(Category.objects.filter(slug__in=SOLD).values_list("slug", "pk"))
        always = {brand.pk: [(brand.owner_id, Window(None, None))] for brand in brands}
        world = World(Tree.of(Category), Tree.of(Territory), Tree.of(BrandOwner), always)
        formats = list(Format.objects.order_by("pk")[:12])
        return cls(brands, [known[slug] for slug in SOLD if slug in known], formats, world)

    def sold_by(self, brand: Brand) -> int:
        return self.categories[brand.pk % len(self.categories)]

    def bar(self, person: int, luck: random.Random) -> Bar:
        """Two weeks to three months without rivals of what the brand sells; one in three on one platform only."""
        brand = luck.choice(self.brands)
        scope = Scope(
            kind=Kind.CATEGORY_PRODUCT,
            categories=frozenset({self.sold_by(brand)}),
            platforms=frozenset({luck.choice(self.formats).platform_id} if luck.random() < 0.3 else ()),
            acts=frozenset({Act.PAID_POST, Act.GIFTED_POST, Act.AMBASSADORSHIP}),
        )
        window = self.window(luck, luck.randint(14, 90))
        return Bar(
            clause=person, version=1, person=person, scope=scope, stretches=[Stretch.certain(window)], zone="UTC",
            beneficiary=brand.pk, house=brand.owner_id, own_house_counts=luck.random() < 0.2,
        )  # fmt: skip

    def work(self, person: int, number: int, luck: random.Random) -> Engagement:
        """A paid post of one day."""
        brand, form = luck.choice(self.brands), luck.choice(self.formats)
        sold = frozenset({self.sold_by(brand)})
        return Engagement(
            ref=f"campaigns.deliverable:{person * A_PERSON + number}", people=frozenset({person}), brand=brand.pk,
            window=self.window(luck, 1), categories=sold, company=sold, platform=form.platform_id, format=form.pk,
            territories=None,
        )  # fmt: skip

    def window(self, luck: random.Random, days: int) -> Window:
        start_at = FIRST + dt.timedelta(days=luck.randrange(DAYS))
        return Window(start_at, start_at + dt.timedelta(days=days))

    def claims(self, people: Iterable[int]) -> Iterator[Claim]:
        for person in people:
            luck = random.Random(person)
            yield from claims_of_bar(self.bar(person, luck), self.world)
            for number in range(A_PERSON - 1):
                yield from claims_of_engagement(self.work(person, number, luck), self.world)


COLUMNS = tuple(field.column for field in Claim._meta.concrete_fields if field.column != "id")


def fill(total: int) -> Market:
    """A database without claims becomes one with so many, under guard but for those that meet.

    People who are there promise; where they are too few for ten claims each, others come.
    """
    market = Market.opened()
    _people(total // A_PERSON - Influencer.objects.count())
    guard.remove(connection)
    people = list(Influencer.objects.order_by("pk").values_list("pk", flat=True)[: total // A_PERSON])
    (_copied if connection.vendor == "postgresql" else _inserted)(_row(one) for one in market.claims(people[::TIMES]))
    _repeated()
    stand_unguarded([work for _bar, work in all_clashes()])
    guard.install(connection)
    _settle()
    return market


def _people(count: int) -> None:
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, count))
        Influencer.objects.bulk_create(
            [Influencer(stage_name=f"Kirana {number}") for number in numbers], batch_size=1000
        )


def _row(claim: Claim) -> Row:
    return tuple(
        _ready(FIRST if column in ("created_at", "updated_at") else getattr(claim, column)) for column in COLUMNS
    )


def _ready(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value) if connection.vendor == "postgresql" else json.dumps(sorted(value))
    if isinstance(value, dt.datetime) and connection.vendor == "sqlite":
        return value.replace(tzinfo=None).isoformat(" ")
    return value


def _copied(rows: Iterable[Row]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {guard.TABLE} ({', '.join(COLUMNS)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _inserted(rows: Iterable[Row]) -> None:
    with connection.cursor() as cursor:
        for batch in _batches(rows):
            cursor.executemany(insert_statement(guard.TABLE), batch)


def _repeated() -> None:
    """What one in ten people promised, the nine behind her promised as well: set-based, and far quicker than Python."""
    names = ", ".join(COLUMNS)
    said = names.replace("influencer_id", "influencer_id + %s")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {guard.TABLE}")  # noqa: S608 - constants
        (last,) = cursor.fetchone()
        for step in range(1, TIMES):
            again = f"INSERT INTO {guard.TABLE} ({names}) SELECT {said} FROM {guard.TABLE} WHERE id <= %s"  # noqa: S608
            cursor.execute(again, [step, last])


def insert_statement(table: str) -> str:
    return f"INSERT INTO {table} ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"  # noqa: S608


def rows_of(claims: Iterable[Claim]) -> list[Row]:
    return [_row(claim) for claim in claims]


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    source = iter(rows)
    while batch := list(itertools.islice(source, AT_ONCE)):
        yield batch


def stand_unguarded(claims: list[int]) -> None:
    for start in range(0, len(claims), AT_ONCE):
        Claim.objects.filter(pk__in=claims[start : start + AT_ONCE]).update(active=False, why="fact")


def _settle() -> None:
    """Statistics, as a database that has stood for a night has them."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
