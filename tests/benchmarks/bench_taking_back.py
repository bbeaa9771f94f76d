"""How fast an import is taken back, as a ratio to a plain DELETE of rows of the same kind and number beside it.

    python -m tests.benchmarks.bench_taking_back [--rows 10000] [--rounds 3]

Runs on a private durable PostgreSQL and on a SQLite file, each in a process of its own. Figures are printed, never
asserted: machines differ.
"""

import datetime as dt
import statistics
import time

from tests.benchmarks.bench_import import as_csv, imported, lines

from django.db import connection, transaction  # isort: skip
from django.utils import timezone  # isort: skip

from crm.base.bulk import remove  # isort: skip
from crm.influencers.imports.taking_back.report import would_come_to  # isort: skip
from crm.influencers.imports.taking_back.undoing import take_back  # isort: skip
from crm.influencers.models import (  # isort: skip
    ImportRow,
    ImportRun,
    Influencer,
    MetricSnapshot,
    Representation,
    SocialAccount,
)
from crm.outbox.models import Contact  # isort: skip
from crm.timeline.record import SYSTEM  # isort: skip
from tests.benchmarks.both import measured_on_both  # isort: skip

_took: dict[str, list[float]] = {}


def timed(label: str, started: float) -> None:
    _took.setdefault(label, []).append(time.perf_counter() - started)


def undo(run: ImportRun, label: str) -> None:
    started = time.perf_counter()
    assert sum(1 for _row in would_come_to(run)) > 0
    timed(f"{label}: rehearse", started)
    run.take_back(by=None, at=timezone.now(), actor=SYSTEM)
    started = time.perf_counter()
    assert take_back(run, now=timezone.now())
    timed(f"{label}: take back", started)
    assert run.rows.kept().count() == 0


def delete(run: ImportRun) -> None:
    """The least any way back costs: the rows go, nobody asks and nothing is told."""
    people = list(run.rows.values_list("influencer_ref", flat=True))
    contacts = [row["created"]["contact"] for row in run.rows.values_list("changed", flat=True)]
    started = time.perf_counter()
    with transaction.atomic():
        remove(MetricSnapshot.objects.filter(import_run=run))
        remove(SocialAccount.objects.filter(influencer_id__among=people))
        remove(Representation.objects.filter(influencer_id__among=people))
        remove(Contact.objects.filter(pk__among=contacts))
        remove(Influencer.niches.through.objects.filter(influencer_id__among=people))
        remove(Influencer.objects.filter(pk__among=people))
        remove(ImportRow.objects.filter(run=run))
    timed("plain DELETE", started)


def measure(rows: int, rounds: int) -> None:
    now = timezone.now()
    for number in range(rounds):
        first, second = (lines(rows, seed=seed, start=number * rows) for seed in (1, 2))
        delete(imported(as_csv(first), "import", now))
        new = imported(as_csv(first), "import", now)
        known = imported(as_csv(second), "import", now + dt.timedelta(days=1))
        undo(known, "of known people")
        undo(new, "of new people")


def say(rows: int) -> None:
    limits = _took["plain DELETE"]
    print(f"{connection.vendor}, {rows} rows, {len(limits)} rounds, limit: plain DELETE")
    for label, times in _took.items():
        ratio = statistics.median(limit / took for limit, took in zip(limits, times, strict=True))
        print(f"{label:<32} {rows / statistics.median(times):>10,.0f} rows/s   ratio {ratio:.3f}", flush=True)


def measure_and_say(rows: int, rounds: int) -> None:
    """The whole of it, on an empty database."""
    measure(rows, rounds)
    say(rows)


if __name__ == "__main__":
    measured_on_both("tests.benchmarks.bench_taking_back", __doc__, measure_and_say, rows=10_000)
