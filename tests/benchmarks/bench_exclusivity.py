"""What keeping promises apart costs among very many of them, each as a ratio to its limit measured in turns beside it.

    python -m tests.benchmarks.bench_exclusivity [--rows 1000000] [--rounds 3]

Runs on a private durable PostgreSQL with all the claims, then on a SQLite file with a tenth of them, each in a process of
its own. Ratios are taken within a round; medians are printed, never asserted: machines differ.
"""

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")
os.environ.setdefault("MITRA_ALLOW_PLACEHOLDER", "1")
django.setup()

from django.db import connection  # noqa: E402
from django.db.models import QuerySet  # noqa: E402
from django.http import QueryDict  # noqa: E402

from crm.brands.models import Category  # noqa: E402
from crm.exclusivity import guard  # noqa: E402
from crm.exclusivity.claiming import claims_of_engagement  # noqa: E402
from crm.exclusivity.clashes import all_clashes, guarded_clashes  # noqa: E402
from crm.exclusivity.conflicts import find_conflicts  # noqa: E402
from crm.exclusivity.models import Claim  # noqa: E402
from crm.exclusivity.terms import Engagement  # noqa: E402
from crm.exclusivity.tokens import tokens_of_engagement  # noqa: E402
from crm.influencers.filters import PeopleFilter  # noqa: E402
from crm.influencers.queries.listing import listing  # noqa: E402
from crm.influencers.vocabulary import vocabulary  # noqa: E402
from crm.team.models import Role, User  # noqa: E402
from tests.benchmarks.both import measured_on_both  # noqa: E402
from tests.benchmarks.claims import (  # noqa: E402
    A_PERSON,
    FIRST,
    Market,
    Row,
    fill,
    insert_statement,
    rows_of,
)
from tests.benchmarks.watch import Line, Watch, table  # noqa: E402

CHECKS, ASKED_ONE_BY_ONE, INSERTS, PART, PAGES = 300, 300, 300, 30, 20
BARE = "bench_claim"
SMALLER_ON_SQLITE = 10


# ---- one check ---------------------------------------------------------------------------------------------------------
def pieces_of_work(market: Market, people: int, seed: int, count: int = CHECKS) -> list[Engagement]:
    luck = random.Random(seed)
    first = Claim.objects.order_by("influencer").values_list("influencer", flat=True)[:1].get()
    return [market.work(first + luck.randrange(people), A_PERSON, luck) for _number in range(count)]


def round_trip() -> object:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone()


def raw_check(work: Engagement, market: Market) -> Callable[[], object]:
    """What the guard asks: does a bar of another house meet this?"""
    sql, words = _in_the_way(work, market).query.sql_with_params()

    def ask() -> object:
        with connection.cursor() as cursor:
            cursor.execute(sql, words)
            return cursor.fetchone()

    return ask


def _in_the_way(work: Engagement, market: Market) -> "QuerySet[Claim, tuple[Any, ...]]":
    (person,) = work.people
    ((_window, house),) = market.world.owners_during(work.brand, work.window)
    tokens = tokens_of_engagement(work, [house] if house else [])
    numbers = {name: getattr(tokens, name) for name in Claim.NUMBERS}
    rows = Claim.objects.barring(work.window, numbers).filter(influencer=person).exclude(house=house)
    return rows.values_list("source", "end_at")[:1]


def check_once(watch: Watch, market: Market, people: int, seed: int) -> None:
    works = pieces_of_work(market, people, seed)
    watch.each("select 1", [round_trip] * CHECKS)
    watch.each("one check, plain SQL", [raw_check(work, market) for work in works])
    watch.each("one check through the ORM", [lambda work=work: list(_in_the_way(work, market)) for work in works])
    watch.each(
        "everything find_conflicts() looks at",
        [lambda work=work: find_conflicts(work.people, engagements=[work], now=FIRST) for work in works[:50]],
    )


# ---- all conflicts -----------------------------------------------------------------------------------------------------
def all_conflicts(watch: Watch) -> None:
    watch.time("all conflicts, one statement", all_clashes)
    bars = list(Claim.objects.filter(side=Claim.Side.BAR).order_by("?")[:ASKED_ONE_BY_ONE])
    watch.time("one bar after the other", lambda: [list(_work_against(bar)) for bar in bars])


def _work_against(bar: Claim) -> "QuerySet[Claim]":
    meeting = {f"{name}__meets": getattr(bar, name) for name in Claim.NUMBERS}
    of_hers = Claim.objects.filter(influencer=bar.influencer_id, side=Claim.Side.ENGAGEMENT, **meeting)
    return of_hers.filter(start_at__lt=bar.end_at, end_at__gt=bar.start_at).exclude(house=bar.house_id)


# ---- who is free -------------------------------------------------------------------------------------------------------
def who_is_free(watch: Watch, user: User) -> None:
    plain, free = (_filter(user, words) for words in ("", _free_words()))
    watch.each("a page of the list", [lambda: listing(plain, "", user=user, now=FIRST)] * PAGES)
    watch.each("a page of who is free", [lambda: listing(free, "", user=user, now=FIRST)] * PAGES)


def _filter(user: User, words: str) -> PeopleFilter:
    return PeopleFilter.read(QueryDict(words), vocabulary(user))


def _free_words() -> str:
    skincare = Category.objects.get(slug="skincare").pk
    return f"free_for={skincare}&free_on=instagram&free_from=2026-03-01&free_to=2026-03-31"


# ---- writing with the guard and without ----------------------------------------------------------------------------
def writing(watch: Watch, market: Market, people: int, seed: int) -> None:
    """The same new rows, one commit each, in turns with and without the guard."""
    rows = list(_welcome_rows(market, people, seed))
    for start in range(0, len(rows), PART):
        part = rows[start : start + PART]
        with _unguarded() as table:
            watch.time("inserts without the guard", lambda table=table, part=part: _insert(table, part))
        watch.time("inserts under the guard", lambda part=part: _insert(guard.TABLE, part))


def _welcome_rows(market: Market, people: int, seed: int) -> Iterator[Row]:
    """Work that nothing stands against, so that all of it is written."""
    for work in pieces_of_work(market, people, seed, INSERTS):
        (person,) = work.people
        bars = Claim.objects.filter(influencer=person, side=Claim.Side.BAR)
        if not bars.filter(start_at__lt=work.window.end_at, end_at__gt=work.window.start_at).exists():
            yield from rows_of(claims_of_engagement(work, market.world))


def _insert(table: str, rows: Sequence[Row]) -> None:
    statement = insert_statement(table)
    for row in rows:
        with connection.cursor() as cursor:
            cursor.execute(statement, row)


@contextmanager
def _unguarded() -> Iterator[str]:
    """The name of a table like the claims' that nobody guards: a copy, or on SQLite the claims with the triggers away."""
    if connection.vendor == "postgresql":
        yield BARE
        return
    guard.remove(connection)
    yield guard.TABLE
    guard.install(connection)


def copy_without_guard() -> None:
    """All claims with their keys and indexes, and without the guard (PostgreSQL)."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {BARE} (LIKE {guard.TABLE} INCLUDING DEFAULTS INCLUDING IDENTITY)")
        cursor.execute(f"INSERT INTO {BARE} OVERRIDING SYSTEM VALUE SELECT * FROM {guard.TABLE}")  # noqa: S608
        cursor.execute(f"ALTER TABLE {BARE} ALTER id RESTART WITH {10**8}, ADD PRIMARY KEY (id)")
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = %s AND indexdef LIKE '%%USING btree%%'", [guard.TABLE]
        )
        for (made,) in cursor.fetchall():
            if "UNIQUE" not in made:
                cursor.execute(made.replace("INDEX ", "INDEX bench_", 1).replace(f"public.{guard.TABLE}", BARE))
        for column, table in (
            ("influencer_id", "crm_influencer"),
            ("house_id", "crm_brandowner"),
            ("brand_id", "crm_brand"),
        ):
            cursor.execute(
                f"ALTER TABLE {BARE} ADD FOREIGN KEY ({column}) REFERENCES {table} DEFERRABLE INITIALLY DEFERRED"
            )
        cursor.execute(f"VACUUM ANALYZE {BARE}")


def measure(rows: int, rounds: int) -> None:
    """The whole of it, on an empty database."""
    rows = rows if connection.vendor == "postgresql" else rows // SMALLER_ON_SQLITE
    began = time.perf_counter()
    market, people = fill(rows), rows // A_PERSON
    user = User.objects.create_user("dinda@mitra.example", name="Dinda Ayuningrum", role=Role.OWNER)
    if connection.vendor == "postgresql":
        copy_without_guard()
    print(
        f"{connection.vendor}: {Claim.objects.count()} claims of {people} people, loaded in {time.perf_counter() - began:.0f} s"
    )
    say(watched(market, people, user, rounds), people)


def watched(market: Market, people: int, user: User, rounds: int) -> Watch:
    """Everything in turns, so many rounds."""
    watch = Watch()
    for number in range(rounds):
        check_once(watch, market, people, number)
        all_conflicts(watch)
        who_is_free(watch, user)
        writing(watch, market, people, 1000 + number)
    return watch


def lines(watch: Watch, people: int) -> list[Line]:
    return [
        watch.line("one check, plain SQL", "select 1", goal="G10", bound="<= 3"),
        watch.line("one check through the ORM", "select 1", goal="G10", bound="<= 6"),
        watch.line("everything find_conflicts() looks at", "select 1"),
        watch.line(
            "all conflicts, one statement", "one bar after the other", goal="G11", bound="<= 0.01",
            of=people / ASKED_ONE_BY_ONE,
        ),
        watch.line("a page of who is free", "a page of the list"),
        watch.line("inserts under the guard", "inserts without the guard", goal="G12", bound=">= 0.8", is_rate=True),
    ]  # fmt: skip


def say(watch: Watch, people: int) -> None:
    print(table(connection.vendor, lines(watch, people)))
    print(
        f"  {len(all_clashes())} pairs meet unguarded, as facts do; none under guard: {not guarded_clashes()}",
        flush=True,
    )


if __name__ == "__main__":
    measured_on_both("tests.benchmarks.bench_exclusivity", __doc__, measure, rows=1_000_000)
