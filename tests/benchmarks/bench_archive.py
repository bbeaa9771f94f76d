"""What writing everything into a file and bringing it in costs, as ratios to what the database does for itself.

Beside an export stands the database's own: COPY of each table to a file on PostgreSQL, the statements of `.dump` on
SQLite. Memory is the most the process ever held. On both databases:

    python -m tests.benchmarks.bench_archive --rows 100000 --rounds 3
"""

import datetime as dt
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")
os.environ.setdefault("MITRA_ALLOW_PLACEHOLDER", "1")
django.setup()

from tests.benchmarks.both import measured_on_both  # noqa: E402


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def people(number: int) -> None:
    """People with an account each."""
    from crm.influencers.models import Influencer, Platform, SocialAccount

    batch = 5000
    platform = Platform.objects.order_by("pk").first()
    for start in range(0, number, batch):
        size = min(batch, number - start)
        made = Influencer.objects.bulk_create(
            [Influencer(stage_name=f"Person {start + at}", main_handle=f"person.{start + at}") for at in range(size)]
        )
        SocialAccount.objects.bulk_create(
            [SocialAccount(influencer=one, platform=platform, handle=one.main_handle) for one in made]
        )


def dumped_by_itself(target: Path) -> None:
    """The least anybody can do: the database writes its own rows."""
    from django.db import connection

    from crm.archive.everything.tables import carried

    with target.open("wb") as file, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in carried():
                with cursor.copy(f"COPY {connection.ops.quote_name(table.db_table)} TO STDOUT") as copy:
                    for block in copy:
                        file.write(block)
        else:
            for statement in connection.connection.iterdump():
                file.write(f"{statement}\n".encode())


def emptied() -> None:
    """As `migrate` left it, as far as an import asks."""
    from django.db import transaction

    from crm.archive.bringing_back.rows import empty
    from crm.archive.everything.tables import carried
    from crm.timeline.guards import erasing

    with transaction.atomic(), erasing("measured"):
        for table in carried():
            empty(table)


def measure(rows: int, rounds: int) -> None:
    from django.db import connection

    from crm.archive.bringing_back.actions import import_all
    from crm.archive.everything.actions import export_all

    now = dt.datetime.now(dt.UTC)
    people(rows)
    least, out, back = [], [], []
    written = 0
    for _round in range(rounds):
        with tempfile.TemporaryDirectory(dir="/tmp") as folder:
            target = Path(folder) / "all.zip"
            least.append(seconds(partial(dumped_by_itself, Path(folder) / "dump")))
            began = time.perf_counter()
            written = export_all(target, now=now).rows
            out.append(time.perf_counter() - began)
            emptied()
            back.append(seconds(partial(import_all, target, now=now)))
    floor, there, here = (statistics.median(one) for one in (least, out, back))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{connection.vendor}: {written:,} rows, {rounds} rounds, medians; at most {most:.0f} MiB")
    print(f"  by itself   {floor:6.1f} s   {written / floor:>9,.0f} rows/s   1.0")
    print(f"  export_all  {there:6.1f} s   {written / there:>9,.0f} rows/s   {there / floor:.1f} times as long")
    print(f"  import_all  {here:6.1f} s   {written / here:>9,.0f} rows/s   {here / floor:.1f} times as long")


if __name__ == "__main__":
    measured_on_both("tests.benchmarks.bench_archive", __doc__, measure, rows=100_000)
