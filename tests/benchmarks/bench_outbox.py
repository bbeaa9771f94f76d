"""How fast mail leaves, as a ratio to two limits measured beside it: Django's EmailMessage and bare smtplib, one connection.

    python -m tests.benchmarks.bench_outbox [--messages 2000] [--rounds 3] [--goal 0.65]

Rounds are interleaved and each ratio is taken within one round; the medians are printed for PostgreSQL (durable, as
in production) and SQLite. Messages are multipart, written beforehand, about a person, and stamped one by one before
DATA and after the answer, so that a killed sender leaves at most one in doubt.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.watch import Line

ROOT = Path(__file__).resolve().parents[2]
GOAL = 0.65


def measure(messages: int, rounds: int, port: int) -> dict[str, list[float]]:
    """Messages a second of each way, round by round. Runs inside a process with Django set up."""
    found: dict[str, list[float]] = {"limit": [], "bare": [], "outbox": [], "written": [], "ratio": [], "of bare": []}
    for number in range(rounds):
        written = rate(messages, lambda number=number: write(messages, f"round-{number}"))
        outbox = rate(messages, send_outbox)
        limit = rate(messages, lambda: send_limit(messages))
        bare = rate(messages, lambda: send_bare(messages, port))
        told = {"limit": limit, "bare": bare, "outbox": outbox, "written": written}
        for name, value in {**told, "ratio": outbox / limit, "of bare": outbox / bare}.items():
            found[name].append(value)
    return found


def rate(messages: int, work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return messages / (time.perf_counter() - began)


def write(messages: int, mark: str) -> None:
    """Compose the messages: templates, MJML, rows."""
    from django.utils import timezone

    from crm.outbox.compose import enqueue
    from crm.outbox.models import Contact

    contact = Contact.objects.get()
    for number in range(messages):
        enqueue(
            "portal_link",
            to=contact,
            key=f"{mark}/{number}",
            at=timezone.now(),
            context={"greeting": "Kak Kirana", "brand": "Lumi Skincare", "owner": "Dinda"},
            from_name="Dinda, Lumi Skincare",
            reply_to="dinda@mitra.example",
            influencer_ref=1,
            thread="campaigns.deliverable:1/deliverable.draft",
        )


def send_outbox() -> None:
    from django.utils import timezone

    from crm.outbox.delivery import send_due
    from crm.outbox.models import Email

    report = send_due(timezone.now)
    assert set(report) == {"sent"}, report
    assert not Email.objects.waiting().exists()


def send_limit(messages: int) -> None:
    """Django's EmailMessage, composed as it goes, over one connection: nothing claimed, marked or recorded."""
    from django.core.mail import EmailMultiAlternatives, get_connection

    from crm.outbox.models import Email

    email = Email.objects.latest("id")
    with get_connection() as connection:
        for number in range(messages):
            message = EmailMultiAlternatives(
                email.subject,
                email.text,
                '"Dinda, Lumi Skincare" <mitra@localhost>',
                [email.to_address],
                reply_to=[email.reply_to],
                headers={"Message-ID": f"<{number}@mitra.example>"},
                connection=connection,
            )
            message.attach_alternative(email.html, "text/html")
            message.send()


def send_bare(messages: int, port: int) -> None:
    """smtplib and bytes made beforehand: what the wire and the server take, and nothing else."""
    import smtplib

    from django.utils import timezone

    from crm.outbox.envelope import put_together
    from crm.outbox.models import Email

    email = Email.objects.select_related("contact").latest("id")
    content = put_together(email, timezone.now()).as_bytes()
    with smtplib.SMTP("127.0.0.1", port) as connection:
        for _number in range(messages):
            connection.sendmail("mitra@localhost", [email.to_address], content)


# ---- the processes around it -----------------------------------------------------------------------------------------
@contextmanager
def sink() -> Iterator[int]:
    """A minimal SMTP server in a process of its own."""
    words = [sys.executable, "-m", "tests.chaos.sink"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        assert server.stdout is not None
        yield int(server.stdout.readline())
        server.terminate()


def run_on(database: str, words: argparse.Namespace, folder: str) -> dict[str, list[float]]:
    """The measurement in a fresh process on one database."""
    with sink() as port:
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "crm.config.settings",
            "DATABASE_URL": database,
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "MITRA_VAR": folder,
            "MITRA_READ_DOTENV": "0",
            "MITRA_ALLOW_PLACEHOLDER": "1",
            "LOG_LEVEL": "ERROR",
        }
        asked = ["--inside", "--messages", str(words.messages), "--rounds", str(words.rounds), "--port", str(port)]
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.bench_outbox", *asked],
            env=env, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return found


def inside(words: argparse.Namespace) -> None:
    import datetime as dt

    import django

    django.setup()
    from django.core.management import call_command

    from crm.base.models import Organisation
    from crm.outbox.late import late_field
    from crm.outbox.models import Contact

    call_command("migrate", verbosity=0)
    Organisation.load()
    Organisation.objects.update(quiet_from=dt.time(0), quiet_until=dt.time(0))
    Contact.objects.create(name="Kirana Larasati", email="kirana@contoh.example", language="en")
    late_field._placed.clear()
    late_field("page")(lambda email, params: f"https://mitra.example/p/{email.pk}")
    print(json.dumps(measure(words.messages, words.rounds, words.port)))


def line(found: dict[str, list[float]]) -> Line:
    """Seconds a message of each way; the ratio is how fast."""
    each = {name: 1 / statistics.median(found[name]) for name in ("outbox", "limit")}
    what, limit = "sending mail, each stamped before and after", "EmailMessage"
    return Line("G9", what, limit, each["outbox"], each["limit"], found["ratio"], None, f">= {GOAL}")


def say(name: str, found: dict[str, list[float]], goal: float) -> bool:
    middle = {key: statistics.median(values) for key, values in found.items()}
    rounds = " ".join(f"{ratio:.2f}" for ratio in found["ratio"])
    print(
        f"{name:11} limit {middle['limit']:6.0f}/s   outbox {middle['outbox']:6.0f}/s   ratio {middle['ratio']:.2f} "
        f"({rounds})   goal {goal:.2f}   of bare smtplib {middle['of bare']:.2f}   written {middle['written']:5.0f}/s",
        flush=True,
    )
    return middle["ratio"] >= goal


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--messages", type=int, default=2000)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--goal", type=float, default=GOAL)
    asked.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    asked.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    words = asked.parse_args()
    if words.inside:
        inside(words)
        return
    from scripts.test_services import postgres

    well = True
    with tempfile.TemporaryDirectory(prefix="mitra-bench-", dir="/tmp") as folder, postgres(durable=True) as database:
        if database:
            well = say("PostgreSQL", run_on(database, words, folder), words.goal)
        well = say("SQLite", run_on(f"sqlite:///{folder}/bench.sqlite3", words, folder), words.goal) and well
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
