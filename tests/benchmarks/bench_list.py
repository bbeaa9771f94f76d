"""How fast the list of people is beside the least a list can do, measured interleaved in one run.

    python -m tests.benchmarks.bench_list [--rows 100000] [--rounds 5] [--database sqlite|postgres|URL]

A served product, a served limit (LIMIT-A: session, user, one query, joined strings) and Django's admin as it comes answer
in turns over loopback; medians and ratios are printed, never asserted: machines differ, ratios hold.
"""

import argparse
import contextlib
import http.client
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.benchmarks.watch import Line, table

ROOT = Path(__file__).resolve().parent.parent.parent
SMALL = 1_000
SEARCH = {"postgresql": "<= 1.5", "sqlite": "<= 6"}
"""SQLite has no trigram index."""


@dataclass
class Server:
    """One gunicorn with one worker, and what its process has used."""

    port: int
    process: subprocess.Popen[bytes]
    line: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def cpu(self) -> float:
        """Seconds of CPU its worker has used."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ticks = 0
        for pid in children:
            words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(words[11]) + int(words[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def ask(self, target: "Target") -> tuple[float, int]:
        """Milliseconds to the last byte, and how many bytes."""
        start = time.perf_counter()
        self.line.request(target.method, target.path(), body=target.body(), headers=target.headers)
        answer = self.line.getresponse()
        body = answer.read()
        took = (time.perf_counter() - start) * 1000
        if answer.status not in (200, 302) or "/accounts/" in (answer.getheader("Location") or ""):
            raise SystemExit(f"{target.name}: {answer.status} {answer.getheader('Location')} {body[:300]!r}")
        return took, len(body)


@dataclass
class Target:
    """What is asked, of whom, and how long it took."""

    name: str
    server: Server
    path: Callable[[], str]
    headers: dict[str, str]
    method: str = "GET"
    body: Callable[[], str | None] = lambda: None
    times: list[float] = field(default_factory=list)
    cpu: float = 0
    bytes: int = 0
    people: int = 0

    @property
    def p50(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.times, n=20)[-1]

    @property
    def cpu_each(self) -> float:
        return self.cpu / len(self.times) * 1000


@contextlib.contextmanager
def served(port: int, **env: str) -> Iterator[Server]:
    """The product, or with BENCH_BARE the limits, behind gunicorn."""
    words = [sys.executable, "-m", "gunicorn", "-w", "1", "-k", "gthread", "--threads", "1", "--keep-alive", "60"]
    words += ["-b", f"127.0.0.1:{port}", "--log-level", "error", "--no-control-socket", "crm.config.wsgi:application"]
    process = subprocess.Popen(words, cwd=ROOT, env={**os.environ, **env}, start_new_session=True)
    try:
        wait(port)
        yield Server(port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def wait(port: int) -> None:
    for _attempt in range(300):
        with contextlib.suppress(OSError):
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            line.request("GET", "/healthz")
            line.getresponse().read()
            return
        time.sleep(0.1)
    raise SystemExit(f"Nothing answers on port {port}.")


def measure(targets: list[Target], *, rounds: int, each: int) -> None:
    """Each target in turn, in every round, so that whatever disturbs the machine disturbs all of them."""
    for target in targets:
        target.times.clear()
        target.cpu = 0
        target.server.line.close()  # a line that waited for the data is stale
        for _warm in range(3):
            target.server.ask(target)
    for _round in range(rounds):
        for target in targets:
            target.server.line.close()  # it may have gone stale while the others had their turn
            target.server.ask(target)
            before = target.server.cpu()
            for _time in range(each):
                took, target.bytes = target.server.ask(target)
                target.times.append(took)
            target.cpu += target.server.cpu() - before


def report(title: str, targets: list[Target], limit: Target) -> None:
    print(f"\n{title}")
    print(f"{'':34}{'p50 ms':>9}{'p95':>8}{'CPU ms':>9}{'kB':>7}{'x limit':>9}{'x CPU':>8}")
    for target in targets:
        ratios = f"{target.p50 / limit.p50:>9.2f}{target.cpu_each / limit.cpu_each:>8.2f}"
        sizes = f"{target.p50:>9.2f}{target.p95:>8.2f}{target.cpu_each:>9.2f}{target.bytes / 1000:>7.1f}"
        print(f"{target.name:34}{sizes}{ratios}")


def targets_of(product: Server, bare: Server, cookies: dict[str, str], deep: str, many: int) -> dict[str, Target]:
    """Everything that is asked."""
    mine = {"Cookie": f"sessionid={cookies['coordinator']}"}
    owner = {"Cookie": f"sessionid={cookies['owner']}"}
    token = "a" * 32
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    posting = {
        **form,
        "Cookie": f"sessionid={cookies['coordinator']}; csrftoken={token}",
        "Referer": "http://127.0.0.1",
    }
    counter = iter(range(10**9))

    def get(name: str, server: Server, path: str, headers: dict[str, str]) -> Target:
        return Target(name, server, lambda: path, headers)

    def person() -> str:
        name = f"Bench {next(counter)} {time.time_ns()}"
        return urlencode({"stage_name": name, "language": "id", "zone": "Asia/Jakarta", "stage": "prospect"})

    targets = {
        "limit": get("LIMIT-A", bare, "/limit/", mine),
        "list": get("list", product, "/people/", mine),
        "deep": get("list, 95 % deep", product, f"/people/?at={deep}", mine),
        "name": get("list by name", product, "/people/?sort=name", mine),
        "followers": get("list by followers", product, "/people/?sort=followers", mine),
        "filter": get("tier, platform, city", product, "/people/?tier=micro&platform=tiktok&city=solo", mine),
        "niche": get("niche and owner", product, "/people/?niche=3&owner=me&min=10k", mine),
        "search": get("search: a surname (2 %)", product, "/people/?q=maheswari", mine),
        "rare": get("search: one handle", product, "/people/?q=kirana.maheswari.9", mine),
        "person": get("a person", product, "/people/77/", mine),
        "stock": get("Django's admin as it comes", product, "/stock/crm/influencer/", owner),
        "bare": Target("create: bare ModelForm", bare, lambda: "/limit/create/", form, "POST", person),
        "create": Target(
            "create: a person",
            product,
            lambda: "/people/new/",
            posting,
            "POST",
            lambda: f"{person()}&csrfmiddlewaretoken={token}",
        ),
    }
    for target in targets.values():
        target.people = many
    return targets


def run(rows: int, rounds: int) -> None:
    """Measure at a small and at the full size; print the goals' ratios."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from tests.benchmarks import data
    from tests.benchmarks.bench_cast import cast, deep_cursor

    call_command("migrate", verbosity=0)
    colleagues, cookies = cast()
    with served(8181) as product, served(8182, BENCH_BARE="1") as bare:
        data.people(SMALL, colleagues["coordinator"], timezone.now())
        small = targets_of(product, bare, cookies, deep_cursor(0.95), SMALL)
        measure([small["limit"], small["list"]], rounds=rounds, each=60)
        report(f"{SMALL:,} people", [small["limit"], small["list"]], small["limit"])
        data.people(rows, colleagues["coordinator"], timezone.now())
        full = targets_of(product, bare, cookies, deep_cursor(0.95), rows)
        measure(list(full.values()), rounds=rounds, each=40)
        report(f"{rows:,} people", list(full.values()), full["limit"])
    print(table("Pages", lines(small, full)))


def lines(small: dict[str, Target], full: dict[str, Target]) -> list[Line]:
    """The goals of pages. Rounds are one long row of answers here, so the spread is that of quarters of it."""
    from django.db import connection

    ours, limit, search = full["list"], full["limit"], SEARCH[connection.vendor]
    return [
        beside(ours, limit, "G1", "<= 3.0"),
        beside(ours, full["stock"], "G2", "<= 0.12"),
        beside(ours, small["list"], "G3", "<= 1.2"),
        beside(full["deep"], ours, "G3", "<= 1.2"),
        beside(full["search"], ours, "G4", search),
        beside(full["rare"], ours, "G4", search),
        beside(full["create"], full["bare"], "G6", "<= 5"),
    ]


def beside(one: Target, limit: Target, goal: str, bound: str) -> Line:
    pairs = zip(quarters(one.times), quarters(limit.times), strict=True)
    ratios = [statistics.median(mine) / statistics.median(theirs) for mine, theirs in pairs]
    cpu = one.cpu_each / limit.cpu_each if limit.cpu_each else None
    name, said = (
        f"{target.name}, {target.people:,}" if one.name == limit.name else target.name for target in (one, limit)
    )
    return Line(goal, name, said, one.p50 / 1000, limit.p50 / 1000, ratios, cpu, bound)


def quarters(times: list[float]) -> list[list[float]]:
    part = max(1, len(times) // 4)
    return [times[start : start + part] for start in range(0, part * 4, part)]


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rows", type=int, default=100_000)
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument(
        "--database", default="sqlite", help="sqlite, postgres (a private one is started), or an address"
    )
    asked = words.parse_args()
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="mitra-bench-"))
        database = asked.database
        if database == "postgres":
            from scripts.test_services import postgres

            database = stack.enter_context(postgres())
        elif database == "sqlite":
            database = f"sqlite:///{folder}/bench.sqlite3"
        os.environ |= {
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.bench_settings",
            "MITRA_ALLOW_PLACEHOLDER": "1",
            "MITRA_VAR": folder,
            "MITRA_READ_DOTENV": "0",
            "LOG_LEVEL": "ERROR",
        }
        print(f"Database: {asked.database}; {os.cpu_count()} cores; {asked.rounds} rounds")
        run(asked.rows, asked.rounds)


if __name__ == "__main__":
    main()
