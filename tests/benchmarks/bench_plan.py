"""What a look at everything costs: planning over running collaborations, as a ratio to reading the same rows plainly.

    python -m tests.benchmarks.bench_plan [--collaborations 10000] [--burst 2000] [--rounds 3]

The first look plans, the next ones change nothing: that is what happens every minute. Each ratio is taken within one
round, against one plain SELECT of the same deliverables with their campaigns and people. The burst is that many
reminders due in the same minute, written into the outbox. Prints medians for SQLite; nothing leaves.
"""

import argparse
import datetime as dt
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crm.team.models import User

ROOT = Path(__file__).resolve().parents[2]
NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
GOAL = 12  # a look, as a multiple of the plain scan
EARLIER = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
AT_ONCE = 500
ASKED_BESIDE = ("waits_now", "waited_until")
"""What no column says."""


def fill(collaborations: int) -> None:
    """That many people, each with one promised collaboration and one draft due within two weeks."""
    from crm.team.models import User
    from tests.benchmarks.data import people

    owner = User.objects.create(email="dinda@mitra.example", name="Dinda Ayuningrum")
    people(collaborations, owner, EARLIER)
    promise(collaborations, owner)


def promise(collaborations: int, owner: "User") -> None:
    """One campaign with so many of the people there are, each with something to do."""
    from campaigns.planning.models import Campaign, Collaboration, Deliverable
    from crm.brands.models import Brand, BrandOwner
    from crm.influencers.models import Format, Influencer

    brand = Brand.objects.create(owner=BrandOwner.objects.create(name="Lumi"), name="Lumi Skincare")
    campaign = Campaign.objects.create(
        brand=brand, name="Glow Up", owner=owner, start_on=NOW.date(), end_on=NOW.date() + dt.timedelta(days=60),
        status="live", live_at=EARLIER,
    )  # fmt: skip
    persons = Influencer.objects.order_by("pk").values_list("pk", flat=True)[:collaborations]
    Collaboration.objects.bulk_create(
        [Collaboration(campaign=campaign, influencer_id=pk, status="making", promised_at=EARLIER) for pk in persons],
        batch_size=1000,
    )
    what = Format.objects.order_by("pk").first()
    Deliverable.objects.bulk_create(
        [
            Deliverable(
                collaboration_id=pk, format=what, draft_due_on=NOW.date() + dt.timedelta(days=number % 14),
                post_due_on=NOW.date() + dt.timedelta(days=40), dates_set_at=EARLIER,
            )
            for number, pk in enumerate(Collaboration.objects.order_by("pk").values_list("pk", flat=True))
        ],
        batch_size=1000,
    )  # fmt: skip
    Deliverable.objects.update(created_at=EARLIER)


def let_due(many: int) -> None:
    """So many of the planned reminders are due now, all others a day later."""
    from crm.reminders.models import Reminder

    queued = Reminder.objects.queued().order_by("send_at", "pk").values_list("pk", flat=True)
    chosen = list(queued[:many])
    Reminder.objects.queued().update(send_at=NOW + dt.timedelta(days=1))
    for start in range(0, len(chosen), AT_ONCE):
        Reminder.objects.filter(pk__in=chosen[start : start + AT_ONCE]).update(send_at=NOW)


def plain_scan() -> int:
    """The same deliverables with what stands around them, in one statement, and nothing thought about them."""
    from campaigns.planning.models import Deliverable
    from campaigns.planning.queries import PATHS

    columns = [path for path in PATHS if path not in ASKED_BESIDE]
    return len(list(Deliverable.objects.order_by("pk").values_list(*columns)))


def timed(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def questions(work: Any) -> int:
    """How many statements the work takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def measure(words: argparse.Namespace) -> dict[str, float]:
    """Runs inside a process with Django set up."""
    from crm.reminders.mailing import mail_due
    from crm.reminders.models import Reminder
    from crm.reminders.plan import plan

    fill(words.collaborations)
    first = timed(lambda: plan(NOW))
    rounds = [(timed(plain_scan), timed(lambda: plan(NOW))) for _round in range(words.rounds)]
    asked = questions(lambda: plan(NOW))
    let_due(words.burst)
    written: list[int] = []
    burst = timed(lambda: written.append(mail_due(NOW)["mailed"]))
    return {
        "reminders": Reminder.objects.count(),
        "first": first,
        "scan": statistics.median(scan for scan, _look in rounds),
        "look": statistics.median(look for _scan, look in rounds),
        "ratio": statistics.median(look / scan for scan, look in rounds),
        "questions": asked,
        "burst": burst,
        "written": written[0],
    }


def inside(words: argparse.Namespace) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(measure(words)))


def outside(words: argparse.Namespace, folder: str) -> dict[str, float]:
    """The measurement in a fresh process on a fresh database."""
    env = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "crm.config.settings", "MITRA_VAR": folder, "MITRA_READ_DOTENV": "0",
        "MITRA_ALLOW_PLACEHOLDER": "1", "LOG_LEVEL": "ERROR", "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
    }  # fmt: skip
    asked = [f"--{name}={value}" for name, value in vars(words).items() if name != "inside"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_plan", "--inside", *asked],
        env=env, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--collaborations", type=int, default=10_000)
    asked.add_argument("--burst", type=int, default=2_000)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    words = asked.parse_args()
    if words.inside:
        inside(words)
        return
    with tempfile.TemporaryDirectory(prefix="mitra-bench-", dir="/tmp") as folder:
        found = outside(words, folder)
    print(
        f"{words.collaborations} collaborations, {found['reminders']:.0f} reminders: first look {found['first']:.1f} s, "
        f"then {found['look']:.2f} s a look, plain scan {found['scan']:.2f} s, ratio {found['ratio']:.1f} "
        f"(goal: at most {GOAL}), {found['questions']:.0f} queries; burst of {found['written']:.0f} written in {found['burst']:.1f} s"
    )


if __name__ == "__main__":
    main()
