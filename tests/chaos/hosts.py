"""Five hosts of our own: one of two worker hosts dies while reminders leave, then the link to the queue goes silent.

    python -m tests.chaos.hosts [--reminders 2000] [--silence 60] [--json]

A web host, two worker hosts with a clock on each, a host with PostgreSQL and the mail server, one with Redis, each a
network namespace. One worker host loses its power in the middle of a message and of a transaction that holds rows: nobody
tells the database. Then nothing that is sent to the queue arrives for so many seconds, while somebody goes on saving forms.
Afterwards everything must have left; what left twice must say so, and be no more than was being handed over on the dead
host; no form may have taken three seconds. Leaves with 1 when a promise is broken, with 2 where hosts cannot be made.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from crm.config.serving.children import spawn, stop
from scripts.test_services import postgres, unprivileged, wait_until
from tests import ready
from tests.chaos.ending import let_it_finish, orphaned, wait_for_a_sender
from tests.chaos.forms import ASKER
from tests.chaos.network import Host, Network, network, why_not
from tests.chaos.outcome import Outcome, count

ROOT = Path(__file__).resolve().parents[2]
HELD_ROWS = 5
FORMS_BEFORE, FORMS_AFTER = 2, 1


@dataclass
class Told(Outcome):
    """And what only several hosts can show."""

    forms: int = 0
    refused: int = 0
    silence: float = 0
    held_after_death: float = 0
    usual_form: float = 0
    slowest_form: float = 0
    patience: float = 3

    @property
    def is_kept(self) -> bool:
        return super().is_kept and self.refused == 0 and self.slowest_form < self.patience

    def __str__(self) -> str:
        return (
            f"one of two worker hosts died; the database let go of its {HELD_ROWS} rows after {self.held_after_death:.1f} s\n"
            f"the queue was silent for {self.silence:.0f} s; {self.forms} forms saved, {self.refused} refused, "
            f"the slowest in {self.slowest_form:.2f} s, the slower of two before in {self.usual_form:.2f} s\n"
            f"{super().__str__()}"
        )


def say(text: str) -> None:
    print(f"· {text}", file=sys.stderr, flush=True)


class House:
    """Who runs where."""

    def __init__(self, net: Network, folder: Path, stack: ExitStack) -> None:
        self.folder, self.stack = folder, stack
        self.store, self.queue, self.web = net.host("store"), net.host("queue"), net.host("web")
        self.workers = [net.host("worker-1"), net.host("worker-2")]
        self.log = stack.enter_context((folder / "log").open("ab"))
        self.env: dict[str, str] = {}

    def start(self, host: Host, *words: str, output: int | None = None) -> "subprocess.Popen[bytes]":
        home = self.folder / host.namespace
        home.mkdir(exist_ok=True)
        argv = [*host.enter(), sys.executable, "-W", "ignore", *words]
        child = spawn(
            argv, env=self.env | {"MITRA_VAR": str(home)}, output=self.log if output is None else output, cwd=ROOT
        )
        self.stack.callback(stop, [child], within=0)
        return child

    def furnish(self, words: argparse.Namespace, accepted: Path) -> str:
        """PostgreSQL, the mail server and Redis; the database's address for this process."""
        user = unprivileged()
        inside = self.store.enter(user or "root")
        here = self.stack.enter_context(postgres(durable=True, inside=inside, listens=self.store.address))
        assert here is not None
        sink = self.start(
            self.store, "-m", "tests.chaos.sink", "--host", self.store.address, "--log", str(accepted),
            "--delay", str(words.delay), output=subprocess.PIPE,
        )  # fmt: skip
        assert sink.stdout is not None
        self.env = environment(self, int(sink.stdout.readline()), words)
        redis = ["redis-server", "--bind", self.queue.address, "--protected-mode", "no", "--save", ""]
        server = spawn([*self.queue.enter(), *redis], output=subprocess.DEVNULL)
        self.stack.callback(stop, [server], within=0)
        return here

    def open(self) -> None:
        """The web host first, then workers and a clock on each of their hosts."""
        self.start(self.web, "manage.py", "web", "--host", self.web.address)
        wait_until(self.answers, "The web host", seconds=60)
        for host in self.workers:
            self.start(host, "manage.py", "worker")
            self.start(host, "manage.py", "beat")

    def answers(self) -> bool:
        ask = f"import urllib.request as u; u.urlopen('http://{self.web.address}:8000/healthz', timeout=2)"
        tried = [*self.web.enter(), sys.executable, "-c", ask]
        return subprocess.run(tried, capture_output=True, check=False).returncode == 0

    def save_forms(self, first: int, times: int, pause: float) -> "subprocess.Popen[bytes]":
        asked = ["--at", f"http://{self.web.address}:8000", "--first", str(first), "--times", str(times)]
        return self.start(self.web, "-m", "tests.chaos.forms", *asked, "--pause", str(pause), output=subprocess.PIPE)


def environment(house: House, mail: int, words: argparse.Namespace) -> dict[str, str]:
    """What every host is told; this process reaches the database by its socket instead."""
    impatient = f"?options={quote(words.session_options)}" if words.session_options else ""
    return os.environ | {
        "DATABASE_URL": f"postgres://mitra@{house.store.address}:5432/postgres{impatient}",
        "REDIS_URL": f"redis://{house.queue.address}:6379/0",
        "EMAIL_URL": f"smtp://{house.store.address}:{mail}",
        "BASE_URL": f"http://{house.web.address}:8000",
        "ALLOWED_HOSTS": house.web.address,
        "EMAIL_TIMEOUT": "1",
        "OUTBOX_LEASE_SECONDS": "6",
        "OUTBOX_BATCH": "20",
        "WORKER_CONCURRENCY": "1",
        "MITRA_TICK_SECONDS": "1",
    }


def held_by(host: Host) -> bool:
    """Whether the database still believes in a session of that host."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE client_addr = %s", [host.address])
        return bool(cursor.fetchone()[0])


def rehearse(house: House, words: argparse.Namespace) -> Told:
    """The story, and what came of it."""
    told, began = Told(words.reminders, silence=words.silence, patience=words.patience), time.monotonic()
    from crm.outbox.models import Email

    house.open()
    say("The web host answers; two worker hosts and their clocks start")
    note_forms(told, house.save_forms(0, FORMS_BEFORE, 0))
    told.usual_form, told.slowest_form = told.slowest_form, 0
    wait_until(lambda: Email.objects.sent().count() >= words.reminders // 10, "Sending", seconds=300)
    lost = house.workers[0]
    holder = house.start(lost, "-m", "tests.chaos.holding", "--rows", str(HELD_ROWS), output=subprocess.PIPE)
    assert holder.stdout is not None
    holder.stdout.readline()
    wait_for_a_sender()
    say("The first worker host dies")
    lost.die()
    died, told.kills = time.monotonic(), 1
    told.killed_in_window = len(orphaned(longer_than=1.5 + words.delay))
    fall_silent(house, told, words)
    while held_by(lost) and time.monotonic() - died < 300:
        time.sleep(0.2)
    told.held_after_death = time.monotonic() - died
    note_forms(told, house.save_forms(told.forms, FORMS_AFTER, 0))
    told.reminders += told.forms
    say("The queue is back; waiting until everything has left")
    let_it_finish(told.reminders)
    told.seconds = time.monotonic() - began
    return told


def fall_silent(house: House, told: Told, words: argparse.Namespace) -> None:
    """Cut the link to the queue, and let somebody save forms until it is back."""
    say(f"The queue falls silent for {words.silence:.0f} s")
    house.queue.unplug()
    until = time.monotonic() + words.silence
    while time.monotonic() < until:
        note_forms(told, house.save_forms(told.forms, 3, words.pause))
    house.queue.plug_in()


def note_forms(told: Told, person: "subprocess.Popen[bytes]") -> None:
    said, _ = person.communicate(timeout=300)
    if person.returncode:
        raise SystemExit(f"Saving a form failed:\n{said.decode()}")
    for line in said.decode().splitlines():
        seconds, _, ending = line.partition(" ")
        told.slowest_form = max(told.slowest_form, float(seconds))
        told.forms += ending == "saved"
        told.refused += ending != "saved"


@contextmanager
def furnished(words: argparse.Namespace) -> Iterator[tuple[House, Path]]:
    """The hosts with their services, a database with the world in it, and where accepted mail is noted."""
    import django

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mitra-hosts-", dir="/tmp")))
        house = House(stack.enter_context(network()), folder, stack)
        accepted = folder / "accepted.txt"
        accepted.touch()
        settle_in(folder)
        suite = os.environ.get("DATABASE_URL", "")
        os.environ["DATABASE_URL"] = house.furnish(words, accepted)
        ready.pour(suite, os.environ["DATABASE_URL"])
        django.setup()
        from django.core.management import call_command

        call_command("prepare")
        people(words)
        yield house, accepted


def settle_in(folder: Path) -> None:
    """What every process of the run shares, this one included."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "crm.config.settings", "MITRA_READ_DOTENV": "0", "MITRA_ALLOW_PLACEHOLDER": "1",
        "MITRA_VAR": str(folder), "STATIC_ROOT": str(folder / "static"), "LOG_LEVEL": "ERROR", "PYTHONUNBUFFERED": "1",
    }  # fmt: skip
    for name in ("REDIS_URL", "CELERY_BROKER_URL"):
        os.environ.pop(name, None)


def people(words: argparse.Namespace) -> None:
    """Whose reminders are due, and who asks for a new password meanwhile."""
    from crm.team.models import Role, User
    from tests.chaos.world import ZONE, fill

    fill(words.reminders)
    for number in range(words.forms):
        User.objects.create_user(ASKER.format(number), name=f"Colleague {number}", role=Role.VIEWER, zone=ZONE)


def asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--reminders", type=int, default=2_000)
    words.add_argument("--silence", type=float, default=60, help="seconds the queue hears nothing and says nothing")
    words.add_argument("--forms", type=int, default=200, help="colleagues who may ask for a new password")
    words.add_argument("--pause", type=float, default=1, help="seconds between two forms")
    words.add_argument("--delay", type=float, default=0.02, help="seconds the mail server thinks about a message")
    words.add_argument("--patience", type=float, default=3, help="seconds a form may take at most")
    words.add_argument("--session-options", default="", help="for the database's sessions, in place of Mitra's own")
    words.add_argument("--json", action="store_true")
    return words.parse_args()


def main() -> None:
    words = asked()
    if reason := why_not():
        print(f"No hosts of our own here: {reason}.", file=sys.stderr)
        sys.exit(2)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with furnished(words) as (house, accepted):
        told = rehearse(house, words)
        count(told, accepted)
    print(json.dumps({**asdict(told), "bound": told.bound}) if words.json else told, flush=True)
    sys.exit(0 if told.is_kept else 1)


if __name__ == "__main__":
    main()
