"""Kill workers, brokers and mail servers while reminders leave, then count what arrived.

    python -m tests.chaos.run [--reminders 10000] [--kills 200] [--database postgres|sqlite] [--policy resend|hold]
                              [--broker-restarts 20] [--fault-rate 0.02] [--hosts 2] [--knows-keys] [--json]

Prints how many reminders were lost, arrived more than once, and said so, beside the bound: one message in doubt for
each sender killed while handing one over, and one for each fault of the mail server after the message. With
`--knows-keys` the server is a provider that delivers a message with the same key once: then the bound is nothing.
Leaves with 1 when a promise is broken: something lost, a duplicate that does not say so, or more than the bound.
"""

import argparse
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path

from crm.config.serving.children import spawn, stop
from scripts.test_services import answers, free_port, postgres, wait_until
from tests import ready
from tests.chaos.ending import let_it_finish, let_time_pass, orphaned, wait_for_a_sender
from tests.chaos.outcome import Outcome, count

ROOT = Path(__file__).resolve().parents[2]
LEASE = 6  # seconds: six times the timeout below
Child = "subprocess.Popen[bytes]"


class Broker:
    """A Redis that is killed, started again on the same port, and stopped in the middle of a sentence."""

    def __init__(self) -> None:
        self.port = free_port()
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        words = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.child = spawn(words, output=subprocess.DEVNULL)
        wait_until(lambda: answers(self.port), "Redis")

    def kill(self) -> None:
        assert self.child is not None
        self.child.kill()
        self.child.wait()

    def hush(self, *, on: bool) -> None:
        """Take connections and never answer, or speak again."""
        assert self.child is not None
        self.child.send_signal(signal.SIGSTOP if on else signal.SIGCONT)


class Chaos:
    """The processes of one run."""

    def __init__(self, words: argparse.Namespace, env: dict[str, str], broker: Broker) -> None:
        self.words, self.env, self.broker = words, env, broker
        self.workers: list[subprocess.Popen[bytes]] = []
        self.beats: list[subprocess.Popen[bytes]] = []
        self.outcome = Outcome(words.reminders, knows_keys=words.knows_keys)
        self.restarts_left = words.broker_restarts
        self.orphaned: set[tuple[int, int]] = set()
        self.numbers = itertools.count()

    def celery(self, host: int, *words: str) -> "subprocess.Popen[bytes]":
        """A process of one host: hosts share the database, the broker and the mail server, and no folder."""
        argv = [sys.executable, "-W", "ignore", "-m", "celery", "-A", "crm", *words, "--loglevel", "ERROR"]
        return spawn(argv, env=self.env | {"MITRA_VAR": str(self.home_of(host))}, output=self.log, cwd=ROOT)

    def home_of(self, host: int) -> Path:
        folder = Path(self.env["MITRA_VAR"]) / f"host-{host}"
        folder.mkdir(exist_ok=True)
        return folder

    def worker(self, number: int) -> "subprocess.Popen[bytes]":
        host = number % self.words.hosts
        name = f"worker{number}-{next(self.numbers)}@host{host}"
        return self.celery(
            host, "worker", "--hostname", name, "--concurrency", "1", "--without-gossip", "--without-mingle"
        )

    def beat(self, number: int) -> "subprocess.Popen[bytes]":
        host = number % self.words.hosts
        schedule = self.home_of(host) / f"beat-{number}"
        return self.celery(host, "beat", "--pidfile", "", "--schedule", str(schedule))

    def run(self) -> Outcome:
        began = time.monotonic()
        with (Path(self.env["MITRA_VAR"]) / "celery.log").open("ab") as self.log:
            self.workers = [self.worker(number) for number in range(self.words.workers)]
            self.beats = [self.beat(number) for number in (1, 2)]
            try:
                self.make_trouble()
                let_it_finish(self.words.reminders)
            finally:
                stop([*self.workers, *self.beats], within=5)
        self.outcome.seconds = time.monotonic() - began
        return self.outcome

    def make_trouble(self) -> None:
        from crm.outbox.models import Email

        wait_until(lambda: Email.objects.sent().exists(), "The first worker", seconds=900)
        every = max(self.words.kills // (self.words.broker_restarts + 1), 1)
        for number in range(1, self.words.kills + 1):
            time.sleep(random.uniform(*self.words.pause))
            self.kill_one()
            let_time_pass()
            if number % every == 0 and self.restarts_left:
                self.trouble_the_broker()

    def kill_one(self) -> None:
        """kill -9 of a whole worker group; count whether it was handing a message over."""
        place = random.randrange(len(self.workers))
        wait_for_a_sender()
        os.killpg(self.workers[place].pid, signal.SIGKILL)
        self.workers[place].wait()
        self.workers[place] = self.worker(place)
        left = orphaned(longer_than=1.3 if self.words.fault_rate else 0.3) - self.orphaned
        self.orphaned |= left
        self.outcome.killed_in_window += len(left)
        self.outcome.kills += 1

    def trouble_the_broker(self) -> None:
        """Kill the broker and start it again, or let it fall silent; ringing must stay short and silent."""
        self.restarts_left -= 1
        silent = self.outcome.broker_restarts % 2 == 1
        if silent:
            self.broker.hush(on=True)
        else:
            self.broker.kill()
        self.outcome.slowest_ring = max(self.outcome.slowest_ring, ring_once())
        if silent:
            self.broker.hush(on=False)
        else:
            self.broker.start()
        self.outcome.broker_restarts += 1


def ring_once() -> float:
    """How long a person's form waits for the bell."""
    from crm.outbox import tasks

    tasks._silent_until = 0.0
    began = time.monotonic()
    tasks.ring()
    return time.monotonic() - began


@contextmanager
def mail_server(log: Path, words: argparse.Namespace) -> Iterator[int]:
    argv = [sys.executable, "-m", "tests.chaos.sink", "--log", str(log), "--delay", str(words.delay)]
    argv += ["--fault-rate", str(words.fault_rate)] + ["--knows-keys"] * words.knows_keys
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.terminate()


def settle_in(words: argparse.Namespace, database: str, port: int, broker: Broker, folder: Path) -> dict[str, str]:
    """The environment of every process of the run, this one included."""
    env = {
        "DJANGO_SETTINGS_MODULE": "crm.config.settings",
        "DATABASE_URL": database,
        "CELERY_BROKER_URL": f"redis://127.0.0.1:{broker.port}/0",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "EMAIL_TIMEOUT": "1",
        "OUTBOX_LEASE_SECONDS": str(LEASE),
        "OUTBOX_BATCH": "50",
        "EMAIL_KEYS_KEPT_HOURS": "24" if words.knows_keys else "0",
        "MITRA_TICK_SECONDS": "1",
        "MITRA_VAR": str(folder),
        "MITRA_READ_DOTENV": "0",
        "MITRA_ALLOW_PLACEHOLDER": "1",
        "LOG_LEVEL": "ERROR",
        "PYTHONUNBUFFERED": "1",
    }
    os.environ.update(env)
    os.environ.pop("REDIS_URL", None)
    return dict(os.environ)


def asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--reminders", type=int, default=10_000)
    words.add_argument("--kills", type=int, default=200)
    words.add_argument("--workers", type=int, default=4)
    words.add_argument("--hosts", type=int, default=2, help="hosts the workers and the two clocks are spread over")
    words.add_argument("--knows-keys", action="store_true", help="the mail server delivers each key once")
    words.add_argument("--broker-restarts", type=int, default=20)
    words.add_argument("--fault-rate", type=float, default=0.0, help="share of messages with a passing SMTP fault")
    words.add_argument("--delay", type=float, default=0.02, help="seconds the mail server thinks about a message")
    words.add_argument("--pause", type=float, nargs=2, default=(0.5, 2.5), help="seconds between two kills, from to")
    words.add_argument("--database", choices=["postgres", "sqlite"], default="postgres")
    words.add_argument("--policy", choices=["resend", "hold"], default="resend")
    words.add_argument("--json", action="store_true")
    return words.parse_args()


def main() -> None:
    words = asked()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mitra-chaos-", dir="/tmp")))
        database = f"sqlite:///{folder}/chaos.sqlite3"
        if words.database == "postgres":
            database = stack.enter_context(postgres(durable=True)) or database
        ready.copy_to(folder / "chaos.sqlite3")
        log = folder / "accepted.txt"
        log.touch()
        broker = Broker()
        broker.start()
        stack.callback(broker.kill)
        port = stack.enter_context(mail_server(log, words))
        outcome = rehearse(words, settle_in(words, database, port, broker, folder), broker)
        count(outcome, log)
    print(json.dumps({**asdict(outcome), "bound": outcome.bound}) if words.json else outcome, flush=True)
    sys.exit(0 if outcome.is_kept else 1)


def rehearse(words: argparse.Namespace, env: dict[str, str], broker: Broker) -> Outcome:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tests.chaos.world import fill

    call_command("migrate", verbosity=0)
    fill(words.reminders)
    if words.policy == "hold":
        write_down_and_hold()
    connection.close()
    return Chaos(words, env, broker).run()


def write_down_and_hold() -> None:
    """Write every message before the trouble begins, as ones a person decides about when in doubt."""
    from django.utils import timezone

    from crm.outbox.models import Email
    from crm.reminders.mailing import mail_due
    from crm.reminders.plan import plan

    plan(timezone.now())
    mail_due(timezone.now())
    Email.objects.update(doubt=Email.Doubt.HOLD)


if __name__ == "__main__":
    main()
