"""How fast an import is, as a ratio to what the database could do at most, measured interleaved in one run.

    python -m tests.benchmarks.bench_import [--rows 50000] [--rounds 3]

Runs on a private durable PostgreSQL and on a SQLite file, each in a process of its own.

Limits: COPY of a raw CSV stream into a bare table (PostgreSQL), `bulk_create` of bare rows, and the very rows the
import wrote loaded again into the same tables with their indexes. Figures are printed, never asserted: machines differ.
"""

import datetime as dt
import os
import random
import statistics
import time
from collections import defaultdict
from io import StringIO

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")
os.environ.setdefault("MITRA_ALLOW_PLACEHOLDER", "1")
django.setup()

from django.db import connection, models  # noqa: E402
from django.utils import timezone  # noqa: E402

from crm.influencers.imports.actions import choose_columns, take  # noqa: E402
from crm.influencers.imports.queries import columns_of  # noqa: E402
from crm.influencers.imports.rehearsal import rehearse  # noqa: E402
from crm.influencers.imports.writing import write  # noqa: E402
from crm.influencers.models import (  # noqa: E402
    ImportRow,
    ImportRun,
    Influencer,
    MetricSnapshot,
    Representation,
    SocialAccount,
)
from crm.outbox.models import Contact  # noqa: E402
from crm.timeline.models import Entry  # noqa: E402
from crm.timeline.record import SYSTEM  # noqa: E402
from tests.benchmarks.both import measured_on_both  # noqa: E402
from tests.benchmarks.watch import Line  # noqa: E402

HEADER = "Nama,Akun IG,Jml Followers,ER,Niche,Kota,No. WA,E-mail"
NICHES = ("make up", "olah raga", "parenting", "keuangan")
CITIES = ("Kota Malang", "DKI Jakarta", "Denpasar", "Medan")
WRITTEN = (
    Influencer,
    Contact,
    Representation,
    SocialAccount,
    MetricSnapshot,
    Influencer.niches.through,
    Entry,
    ImportRow,
)


class Bare(models.Model):
    """Eight columns and a unique handle: what a loader without any meaning would fill."""

    name = models.CharField(max_length=120)
    handle = models.CharField(max_length=120, unique=True)
    followers = models.BigIntegerField()
    rate = models.CharField(max_length=20)
    niche = models.CharField(max_length=60)
    city = models.CharField(max_length=60)
    phone = models.CharField(max_length=30)
    email = models.CharField(max_length=120)

    class Meta:
        app_label = "crm"
        db_table = "bench_bare"

    def __str__(self) -> str:
        return self.handle


def lines(rows: int, *, seed: int, start: int) -> list[tuple[str, ...]]:
    chance = random.Random(seed)
    return [
        (
            f"Orang {n}", f"orang.{n}", f"{chance.randint(1, 999)},{chance.randint(0, 9)} rb",
            f"{chance.randint(1, 9)}.{n % 10}%", NICHES[n % 4], CITIES[n % 4], f"0812{n:08}",
            f"orang{n}@contoh.example",
        )
        for n in range(start, start + rows)
    ]  # fmt: skip


def as_csv(found: list[tuple[str, ...]], header: str = HEADER) -> bytes:
    quoted = (",".join(f'"{cell}"' for cell in row) for row in found)
    return "\n".join([header, *quoted]).encode()


def copy_raw(found: list[tuple[str, ...]]) -> None:
    body = "\n".join(f'"{r[0]}","{r[1]}",{n},"{r[3]}","{r[4]}","{r[5]}","{r[6]}","{r[7]}"' for n, r in enumerate(found))
    with connection.cursor() as cursor:
        started = time.perf_counter()
        with cursor.copy(
            "COPY bench_bare (name, handle, followers, rate, niche, city, phone, email) FROM STDIN (FORMAT csv)"
        ) as copy:
            copy.write(body)
        _took["COPY, raw CSV, bare table"].append(time.perf_counter() - started)


def bulk_create(found: list[tuple[str, ...]]) -> None:
    started = time.perf_counter()
    names = ("name", "handle", "followers", "rate", "niche", "city", "phone", "email")
    Bare.objects.bulk_create(
        [Bare(**dict(zip(names, (*row[:2], n, *row[3:]), strict=True))) for n, row in enumerate(found)], batch_size=1000
    )
    _took["bulk_create, bare table"].append(time.perf_counter() - started)


def imported(data: bytes, label: str, now: dt.datetime) -> ImportRun:
    started = time.perf_counter()
    run, _table = take("bench.csv", data, user=None, now=now)
    choose_columns(run, columns_of(run), counted_at=now, replaces_known=False, now=now, actor=SYSTEM)
    rehearse(run, now=now)
    rehearsed = time.perf_counter()
    run.confirm(at=now, actor=SYSTEM)
    write(run, now=now)
    ended = time.perf_counter()
    _took[f"{label}: rehearse"].append(rehearsed - started)
    _took[f"{label}: write"].append(ended - rehearsed)
    _took[f"{label}: both"].append(ended - started)
    return run


def same_rows_again() -> None:
    """Load exactly what the imports wrote into empty copies of the tables with all their indexes (PostgreSQL)."""
    kept = {model: _rows(model) for model in WRITTEN}
    with connection.cursor() as cursor:
        for model in kept:
            table = model._meta.db_table
            cursor.execute(f"DROP TABLE IF EXISTS bench_{table}")
            cursor.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL)")
        started = time.perf_counter()
        for model, (names, rows) in kept.items():
            with cursor.copy(f"COPY bench_{model._meta.db_table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write(row)
        _took["the same rows into the same tables"].append(time.perf_counter() - started)


def _rows(model: type[models.Model]) -> tuple[str, list[bytes]]:
    names = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if not field.generated)
    with connection.cursor() as cursor, cursor.copy(f"COPY {model._meta.db_table} ({names}) TO STDOUT") as copy:
        return names, [bytes(block) for block in copy]


_took: dict[str, list[float]] = defaultdict(list)


def measure(rows: int, rounds: int) -> None:
    """Each round brings people of its own, so that nothing need be emptied in between."""
    now = timezone.now()
    for number in range(rounds):
        first, second = lines(rows, seed=1, start=number * rows), lines(rows, seed=2, start=number * rows)
        if connection.vendor == "postgresql":
            copy_raw(first)
            Bare.objects.all().delete()
        bulk_create(first)
        Bare.objects.all().delete()
        imported(as_csv(first), "import of new people", now)
        if connection.vendor == "postgresql" and number == 0:
            same_rows_again()
        imported(as_csv(second), "import of known people", now + dt.timedelta(days=1))


def goals() -> list[Line]:
    """What the goals are about: new people, rehearsed and written, beside the least the database could do."""
    is_postgres = connection.vendor == "postgresql"
    limit = "COPY, raw CSV, bare table" if is_postgres else "bulk_create, bare table"
    took, beside = _took["import of new people: both"], _took[limit]
    ratios = [one / mine for one, mine in zip(beside, took, strict=True)]
    goal, bound = ("G7", ">= 0.2") if is_postgres else ("G8", ">= 0.6")
    middles = statistics.median(took), statistics.median(beside)
    return [Line(goal, "import of new people", limit, *middles, ratios, None, bound)]


def say(rows: int) -> None:
    """Rates and ratios: each ratio within its round, then the median; loading once is compared with the first round."""
    out = StringIO()
    name = "COPY, raw CSV, bare table" if connection.vendor == "postgresql" else "bulk_create, bare table"
    limits = _took[name]
    for label, times in _took.items():
        ratios = [limit / took for limit, took in zip(limits, times, strict=False)]
        shown = " ".join(f"{ratio:.3f}" for ratio in ratios)
        rate = rows / statistics.median(times)
        out.write(f"{label:<38} {rate:>10,.0f} rows/s   ratio {statistics.median(ratios):.3f} ({shown})\n")
    print(f"{connection.vendor}, {rows} rows, {len(limits)} rounds, limit: {name}")
    print(out.getvalue(), flush=True)


def measure_and_say(rows: int, rounds: int) -> None:
    """The whole of it, on an empty database."""
    with connection.schema_editor() as editor:
        editor.create_model(Bare)
    measure(rows, rounds)
    say(rows)


if __name__ == "__main__":
    measured_on_both("tests.benchmarks.bench_import", __doc__, measure_and_say, rows=50_000)
