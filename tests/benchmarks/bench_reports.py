"""What a report costs over many posts, as a ratio to reading the rows it stands on plainly.

    python -m tests.benchmarks.bench_reports [--posts 50000] [--rounds 3]

Each post has four snapshots, one for each mark. Each ratio is taken within one round, against one plain SELECT of the
same posts and one of the same snapshots. Prints medians for SQLite, and how many statements a report takes.
"""

import argparse
import datetime as dt
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.bench_plan import EARLIER, questions, timed

if TYPE_CHECKING:
    from campaigns.planning.models import Campaign
    from crm.team.models import User

ROOT = Path(__file__).resolve().parents[2]
NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
GOAL = 6  # a report, as a multiple of the plain reads
POSTS_EACH = 10


def fill(posts: int) -> None:
    """An empty database becomes one with so many posts."""
    from crm.team.models import User
    from tests.benchmarks.data import people

    owner = User.objects.create(email="dinda@mitra.example", name="Dinda Ayuningrum")
    people(posts // POSTS_EACH, owner, EARLIER)
    campaign_of(posts, owner)


def campaign_of(posts: int, owner: "User", name: str = "Glow Up") -> "Campaign":
    """That many posts, ten of each person, all of one campaign, each counted at the four marks."""
    from campaigns.planning.models import Campaign, Collaboration
    from crm.brands.models import Brand, BrandOwner
    from crm.influencers.models import Influencer

    house, _made = BrandOwner.objects.get_or_create(name="Aruna")
    brand, _made = Brand.objects.get_or_create(owner=house, name="Aruna Beauty")
    campaign = Campaign.objects.create(
        brand=brand, name=name, owner=owner, start_on=EARLIER.date(), end_on=NOW.date(), status="live"
    )
    persons = Influencer.objects.order_by("pk").values_list("pk", flat=True)[: posts // POSTS_EACH]
    cards = [
        Collaboration(campaign=campaign, influencer_id=pk, status="done", promised_at=EARLIER, fee=1_000_000)
        for pk in persons
    ]
    Collaboration.objects.bulk_create(cards, batch_size=1000)
    post_all(campaign)
    count_all(campaign)
    return campaign


def post_all(campaign: "Campaign") -> None:
    from campaigns.approvals.models import LivePost
    from campaigns.planning.models import Deliverable
    from crm.influencers.models import Format

    what = Format.objects.order_by("pk").select_related("platform")[0]
    cards = campaign.collaborations.order_by("pk").values_list("pk", flat=True)
    made = [
        Deliverable(
            collaboration_id=pk, format=what, post_due_on=NOW.date(), status="published", published_at=EARLIER
        )
        for pk in cards for _post in range(POSTS_EACH)
    ]  # fmt: skip
    Deliverable.objects.bulk_create(made, batch_size=1000)
    rows = Deliverable.objects.filter(collaboration__campaign=campaign).order_by("pk").values_list("pk", flat=True)
    posts = [
        LivePost(deliverable_id=pk, platform=what.platform, published_at=EARLIER + dt.timedelta(hours=pk % 700))
        for pk in rows
    ]
    LivePost.objects.bulk_create(posts, batch_size=1000)


def count_all(campaign: "Campaign") -> None:
    from campaigns.approvals.models import LivePost
    from campaigns.results.models import MARKS, PostSnapshot

    rows = (
        LivePost.objects.filter(deliverable__collaboration__campaign=campaign)
        .order_by("pk")
        .values_list("pk", "published_at")
    )
    counted = [
        PostSnapshot(
            live_post_id=pk, taken_at=at + dt.timedelta(hours=mark + pk % 5), hours=mark + pk % 5,
            followers=5_000 + pk % 90_000, likes=100 + pk % 900, comments=pk % 80, saves=pk % 60, shares=pk % 20,
            reach=2_000 + pk % 9_000, impressions=3_000 + pk % 9_000,
        )
        for pk, at in rows for mark in MARKS
    ]  # fmt: skip
    PostSnapshot.objects.bulk_create(counted, batch_size=1000)


def plain_reads() -> int:
    """The same posts and the same snapshots, and nothing thought about them."""
    from campaigns.approvals.models import LivePost
    from campaigns.results.models import PostSnapshot

    posts = list(
        LivePost.objects.order_by("pk").values_list("pk", "deliverable__collaboration__influencer__stage_name")
    )
    return len(posts) + len(list(PostSnapshot.objects.order_by("pk").values_list("pk", "hours", "likes", "reach")))


def measure(words: argparse.Namespace) -> dict[str, float]:
    """Runs inside a process with Django set up."""
    from campaigns.planning.models import Campaign
    from campaigns.results.reports.building import report_of
    from crm.base.statistics import learn

    fill(words.posts)
    learn()
    campaign = Campaign.objects.get()
    rounds = [(timed(plain_reads), timed(lambda: report_of(campaign, now=NOW))) for _round in range(words.rounds)]
    return {
        "reads": statistics.median(reads for reads, _report in rounds),
        "report": statistics.median(report for _reads, report in rounds),
        "ratio": statistics.median(report / reads for reads, report in rounds),
        "questions": questions(lambda: report_of(campaign, now=NOW)),
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
    asked = [f"--posts={words.posts}", f"--rounds={words.rounds}"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_reports", "--inside", *asked],
        env=env, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--posts", type=int, default=50_000)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    words = asked.parse_args()
    if words.inside:
        inside(words)
        return
    with tempfile.TemporaryDirectory(prefix="mitra-bench-", dir="/tmp") as folder:
        found = outside(words, folder)
    print(
        f"{words.posts:,} posts: a report {found['report']:.2f} s, plain reads {found['reads']:.2f} s, "
        f"ratio {found['ratio']:.1f} (goal {GOAL}), {found['questions']:.0f} statements"
    )


if __name__ == "__main__":
    main()
