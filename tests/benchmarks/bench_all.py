"""Every goal of docs/performance.md in one table: what it takes, its limit beside it, and whether it is met.

    python -m tests.benchmarks.bench_all [--quick] [--database sqlite|postgres|both] [--rounds 3] [--only pages,claims]

One house is loaded into an empty database, a private durable PostgreSQL and a SQLite file, and measured part by part; each
part is also a benchmark of its own. Both sides of a ratio answer in turns; ratios are medians of the rounds. CPU is the ratio
in seconds of the process that answers, which a busy machine moves less. Nothing is asserted: machines differ.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.scales import FULL, QUICK
from tests.benchmarks.watch import Line, Watch, table

if TYPE_CHECKING:
    from crm.team.models import User
    from tests.benchmarks.scales import Scale

ROOT = Path(__file__).resolve().parents[2]
LINES = "LINES "
NOT_MEASURED = """
Not measured here, since it needs programs of others: G2 beside EspoCRM, Horilla, MicroPyramid and DjangoCRM, G4 and G6 beside
EspoCRM, G7 beside django-import-export and Horilla, G9 beside Celery's own, django-mailer and django-post-office. G5 is counted
in the suite. G15 is kept by construction: the broker we bring is a redis-server.
""".strip()
PARTS = ("pages", "claims", "plan", "reports", "contracts", "import", "mail", "weight")


# ---- inside one database -----------------------------------------------------------------------------------------------
def pages(scale: "Scale", rounds: int, cookies: dict[str, str], owner: "User") -> Iterator[Line]:
    """The list of people, its search and the form for one more, behind a web server; at a small size, then in full."""
    from django.utils import timezone

    from tests.benchmarks import bench_list, data
    from tests.benchmarks.bench_cast import deep_cursor

    with bench_list.served(8281) as product, bench_list.served(8282, BENCH_BARE="1") as bare:
        data.people(bench_list.SMALL, owner, timezone.now())
        small = bench_list.targets_of(product, bare, cookies, deep_cursor(0.95), bench_list.SMALL)
        bench_list.measure([small["limit"], small["list"]], rounds=rounds, each=40)
        data.people(scale.people, owner, timezone.now())
        full = bench_list.targets_of(product, bare, cookies, deep_cursor(0.95), scale.people)
        bench_list.measure(list(full.values()), rounds=rounds, each=30)
    yield from bench_list.lines(small, full)


def claims(scale: "Scale", rounds: int, owner: "User") -> Iterator[Line]:
    from django.db import connection

    from tests.benchmarks import bench_exclusivity as bench
    from tests.benchmarks.claims import A_PERSON, fill

    many = scale.claims_on(connection.vendor)
    market, people = fill(many), many // A_PERSON
    if connection.vendor == "postgresql":
        bench.copy_without_guard()
    yield from bench.lines(bench.watched(market, people, owner, rounds), people)


def bound_at(scale: "Scale", bound: str) -> str:
    """What costs the same for nothing and for thousands is no goal beside a few rows."""
    return bound if scale == FULL else ""


def plan(scale: "Scale", rounds: int, owner: "User") -> Iterator[Line]:
    """A look at everything that runs, and a burst of reminders written into the outbox."""
    from crm.reminders.mailing import mail_due
    from crm.reminders.plan import plan as look
    from tests.benchmarks import bench_plan as bench

    bench.promise(scale.collaborations, owner)
    look(bench.NOW)
    watch = Watch()
    for _number in range(rounds):
        watch.time("one plain SELECT of the deliverables", bench.plain_scan)
        watch.time("a look, nothing changed", lambda: look(bench.NOW))
    yield watch.line(
        "a look, nothing changed", "one plain SELECT of the deliverables", bound=bound_at(scale, f"<= {bench.GOAL}")
    )
    bench.let_due(scale.due)
    began = time.perf_counter()
    ended = mail_due(bench.NOW)
    print(f"  {scale.due:,} reminders made due: {dict(ended)}, in {time.perf_counter() - began:.1f} s", flush=True)


def reports(scale: "Scale", rounds: int, owner: "User") -> Iterator[Line]:
    from campaigns.results.reports.building import report_of
    from crm.base.statistics import learn
    from crm.config.serving.memory import settle
    from tests.benchmarks import bench_reports as bench

    campaign, watch = bench.campaign_of(scale.posts, owner), Watch()
    learn()
    report_of(campaign, now=bench.NOW)
    settle()  # as a web process does
    for _number in range(rounds):
        watch.time("reading the same rows", bench.plain_reads)
        watch.time("a report", lambda: report_of(campaign, now=bench.NOW))
    yield watch.line("a report", "reading the same rows", bound=bound_at(scale, f"<= {bench.GOAL}"))


def contracts(scale: "Scale", rounds: int, owner: "User") -> Iterator[Line]:
    from django.utils import timezone

    from tests.benchmarks import bench_contracts as bench

    bench.fill(scale.contracts, owner, timezone.now())
    yield from bench.watched(owner, timezone.now(), rounds)


def imports(scale: "Scale", rounds: int) -> Iterator[Line]:
    from django.db import connection

    from tests.benchmarks import bench_import as bench

    with connection.schema_editor() as editor:
        editor.create_model(bench.Bare)
    bench.measure(scale.imported, rounds)
    yield from bench.goals()


def inside(words: argparse.Namespace) -> None:
    """Everything that asks the database this process was started for."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from tests.benchmarks import data
    from tests.benchmarks.bench_cast import cast

    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
    call_command("migrate", verbosity=0)
    colleagues, cookies = cast()
    scale, owner, rounds = QUICK if words.quick else FULL, colleagues["owner"], words.rounds
    parts: dict[str, Callable[[], Iterator[Line]]] = {
        "pages": lambda: pages(scale, rounds, cookies, colleagues["coordinator"]),
        "claims": lambda: claims(scale, rounds, owner),
        "plan": lambda: plan(scale, rounds, owner),
        "reports": lambda: reports(scale, rounds, owner),
        "contracts": lambda: contracts(scale, rounds, owner),
        "import": lambda: imports(scale, rounds),
    }
    if "pages" not in words.only:  # which loads them in two steps
        data.people(scale.people, owner, timezone.now())
    for name in [one for one in parts if one in words.only]:
        print(f"· {name}", flush=True)
        print(LINES + json.dumps([asdict(line) for line in parts[name]()]), flush=True)


# ---- around them -------------------------------------------------------------------------------------------------------
def on(database: str, words: argparse.Namespace, folder: str) -> list[Line]:
    """All of it on one database, in a process of its own; what it says on the way is passed on."""
    env = {
        **os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.benchmarks.bench_settings",
        "MITRA_VAR": folder, "MITRA_READ_DOTENV": "0", "MITRA_ALLOW_PLACEHOLDER": "1", "LOG_LEVEL": "ERROR",
    }  # fmt: skip
    argv = [sys.executable, "-m", "tests.benchmarks.bench_all", "--inside", "--rounds", str(words.rounds)]
    argv += ["--only", ",".join(words.only), *(["--quick"] if words.quick else [])]
    found: list[Line] = []
    with subprocess.Popen(argv, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for said in process.stdout:
            if said.startswith(LINES):
                lines = [Line(**line) for line in json.loads(said.removeprefix(LINES))]
                print("\n".join(map(str, lines)), flush=True)
                found += lines
            else:
                print(said, end="", flush=True)
    if process.returncode:
        print(f"! The measurement ended with {process.returncode}; what it had found stands below.", flush=True)
    return found


def mail(database: str, words: argparse.Namespace, folder: str) -> list[Line]:
    from tests.benchmarks import bench_outbox as bench

    messages = (QUICK if words.quick else FULL).messages
    asked = argparse.Namespace(messages=messages, rounds=words.rounds)
    return [bench.line(bench.run_on(database, asked, folder))]


@contextlib.contextmanager
def databases(wanted: str, folder: str) -> Iterator[list[tuple[str, str, str]]]:
    """Name, address, and the address of an empty one beside it for the mail."""
    from scripts.test_services import postgres

    sqlite = ("SQLite", f"sqlite:///{folder}/bench.sqlite3", f"sqlite:///{folder}/mail.sqlite3")
    if wanted == "sqlite":
        yield [sqlite]
        return
    with postgres(durable=True) as first, postgres(durable=True) as second:
        found = [("PostgreSQL", first, second)] if first and second else []
        yield found if wanted == "postgres" else [*found, sqlite]


def main() -> None:
    words = asked()
    if words.inside:
        inside(words)
        return
    told = []
    with tempfile.TemporaryDirectory(prefix="mitra-bench-", dir="/tmp") as folder:
        with databases(words.database, folder) as found:
            for name, address, beside in found:
                print(f"\n{name}", flush=True)
                lines = on(address, words, folder)
                lines += mail(beside, words, folder) if "mail" in words.only else []
                told.append(table(name, lines))
        if "weight" in words.only:
            from tests.benchmarks.bench_weight import measure

            told.append(table("The processes", measure(words.rounds)))
    scale = "quick: a tenth of the goals' sizes and less" if words.quick else "full size"
    print(f"\n{os.cpu_count()} cores, {words.rounds} rounds, {scale}\n")
    print("\n\n".join([*told, NOT_MEASURED]))


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small sizes: minutes, not an hour")
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", type=lambda said: said.split(","), default=list(PARTS), help=f"of {', '.join(PARTS)}")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
