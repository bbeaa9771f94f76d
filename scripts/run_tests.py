"""The whole suite, by itself, on a bare machine: SQLite, then PostgreSQL, then a browser and real processes.

    make test                     everything
    make test ARGS="-k import"    the same, with words for pytest
    python scripts/run_tests.py sqlite | postgres | browser | whole    one part, or several

The last line adds the passes up. Unit tests run on both databases, except a few long ones that ask much the same of
either and run on one, those about what a page shows, and those that ask no database at all; what drives a browser or
real processes runs once. `ARGS` with a path runs that on both.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from contextlib import ExitStack
from itertools import takewhile
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from crm.config.serving.children import spawn, stop  # noqa: E402
from scripts.ready_databases import ready_databases  # noqa: E402
from scripts.test_services import install_missing, postgres, redis  # noqa: E402

NO_TESTS_SELECTED = 5
REAL = "browser or integration"
ONLY_ON = {
    "sqlite": [
        "tests/benchmarks/test_small.py",
        "tests/campaigns/planning/test_asking_stops.py",
        "tests/campaigns/planning/test_clause_pages.py",
        "tests/campaigns/planning/test_pausing_properties.py",
        "tests/campaigns/planning/test_reminders_off.py",
        "tests/campaigns/planning/test_views.py",
        "tests/campaigns/samples/after/test_reminders.py",
        "tests/campaigns/samples/arriving/test_asking_her.py",
        "tests/campaigns/test_demo.py",
        "tests/crm/ambassadors/hers/test_reminders.py",
        "tests/crm/ambassadors/schedule/test_exclusivity_in_pauses.py",
        "tests/crm/ambassadors/schedule/test_pausing.py",
        "tests/crm/base/test_files.py",
        "tests/crm/contracts/test_answer_reminders.py",
        "tests/crm/contracts/test_verifying.py",
        "tests/crm/influencers/test_pauses.py",
        "tests/crm/reminders/test_cap_properties.py",
        "tests/crm/reminders/test_plan_properties.py",
        "tests/crm/test_admin.py",
        "tests/test_architecture.py",
        "tests/test_permissions.py",
    ],
    "postgres": [
        "tests/campaigns/planning/standing/test_through_the_tick.py",
        "tests/crm/ambassadors/schedule/test_calendar.py",
        "tests/test_forms_fuzzed.py",
    ],
}
"""Long and hardly about the database: the demo is SQLite's, papers and files are bytes, properties and
reminders, pauses and the calendar of deals try the same rules day after day, and PostgreSQL is the stricter reader of
junk."""
DATABASE_ONLY = "MITRA_TEST_DATABASE_ONLY"
"""Tells a pass that what asks no database, or for a page's looks, was asked in another one; tests/conftest.py leaves it out."""
REAL_ONLY = "MITRA_TEST_REAL_ONLY"
"""Tells a part that drives a browser or processes to read no other files: each of its workers would import all of them."""
LONGEST_FIRST = ["-p", "tests.longest_first", "--no-loadscope-reorder"]
PARTS: dict[str, tuple[str, list[str]]] = {
    "sqlite": ("the suite on SQLite", ["-m", f"not ({REAL}) and not postgres", "-n", "2", "--dist", "loadfile"]),
    # One more than cores: each waits now and then, for the server, for a page to come to rest or for a process to start.
    "postgres": ("the suite on PostgreSQL", ["-m", f"not ({REAL})", "-n", "3", "--dist", "loadfile"]),
    "browser": (
        "pages in a browser, journeys, processes that are killed",
        ["-m", f"({REAL}) and not clocked", "-n", "3", "--dist", "loadfile", *LONGEST_FIRST],
    ),
    # What is killed here is waited for by the clock: two wait at a time, each with a house of its own, never three.
    "whole": (
        "serve, broker, workers, SMTP and IMAP, by the clock",
        ["-m", "clocked", "-n", "2", "--dist", "loadfile", *LONGEST_FIRST],
    ),
}


def environment(database: str | None, broker: str | None) -> dict[str, str]:
    """Nothing of the developer's own settings, and never his databases."""
    # Hundreds of processes start in a run: without compiled files each would compile every module anew.
    mine = (
        "PYTHONDONTWRITEBYTECODE",
        "DATABASE_URL",
        "REDIS_URL",
        "CELERY_BROKER_URL",
        "EMAIL_URL",
        "SECRET_KEY",
        "BASE_URL",
        "MITRA_DEMO",
    )
    env = {name: value for name, value in os.environ.items() if name not in mine}
    env |= {"MITRA_READ_DOTENV": "0", "MITRA_VAR": str(ROOT / "var" / "test")}
    if database:
        env["DATABASE_URL"] = database
    if broker:
        env["MITRA_TEST_REDIS_URL"] = broker
    return env


def counted(report: Path) -> Counter[str]:
    """passed, failed, errors and skipped as the JUnit report counts them."""
    totals: Counter[str] = Counter()
    if report.exists():
        for suite in ET.parse(report).iter("testsuite"):
            tests, failed, errors, skipped = (int(suite.get(k, 0)) for k in ("tests", "failures", "errors", "skipped"))
            totals += Counter(passed=tests - failed - errors - skipped, failed=failed, errors=errors, skipped=skipped)
    return totals


def run_part(part: str, env: dict[str, str], words: list[str], left_out: list[str]) -> tuple[int, Counter[str]]:
    title, options = PARTS[part]
    options = [*options, *(f"--ignore={path}" for path in left_out)]
    print(f"\n· {title[0].upper()}{title[1:]}", flush=True)
    report = ROOT / "var" / "test" / f"{part}.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    child = spawn([sys.executable, "-m", "pytest", *options, f"--junitxml={report}", *words], env=env, cwd=ROOT)
    try:
        code = child.wait()
    finally:
        stop([child], by=signal.SIGINT, within=15)
    return (0 if code == NO_TESTS_SELECTED else code), counted(report)


def closing_line(totals: Counter[str], seconds: float) -> str:
    """As pytest closes, over all passes."""
    said = [f"{totals[kind]} {kind}" for kind in ("failed", "passed", "skipped", "errors") if totals[kind]]
    return f" {', '.join(said) or 'no tests ran'} in {seconds:.2f}s ".center(80, "=")


def end(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main(words: list[str]) -> int:
    chosen = list(takewhile(PARTS.__contains__, words)) or list(PARTS)
    words = [word for word in words if word not in PARTS]
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    start, worst, totals = time.monotonic(), 0, Counter[str]()
    install_missing()
    with ExitStack() as services:
        database = None if chosen == ["sqlite"] else services.enter_context(postgres())
        broker = services.enter_context(redis())
        ready = ready_databases(ROOT / "var" / "test", database, environment(None, None))
        for part in chosen:
            if part == "postgres" and database is None:
                print("\n! The suite on PostgreSQL is left out: PostgreSQL is not installed.", flush=True)
                continue
            env = environment(None if part == "sqlite" else database, broker) | ready
            # What the other database is not asked in this run is asked here.
            other = {"sqlite": "postgres", "postgres": "sqlite"}.get(part, "")
            is_shared = not words and other in chosen and database is not None
            left_out = ONLY_ON[other] if is_shared else []
            env |= {DATABASE_ONLY: "1"} if is_shared and part == "postgres" else {}
            env |= {REAL_ONLY: "1"} if part in ("browser", "whole") and not words else {}
            code, numbers = run_part(part, env, words, left_out)
            worst, totals = worst or code, totals + numbers
    if not worst and not totals["passed"]:
        worst = NO_TESTS_SELECTED
    print(closing_line(totals, time.monotonic() - start), flush=True)
    return worst


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
