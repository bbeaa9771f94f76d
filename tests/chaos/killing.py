"""Processes that agree one deal after the other, killed with -9: each deal is agreed whole or not at all.

As a program it signs: `python -m tests.chaos.killing` agrees every deal that is still talked about, and says so.
"""

import datetime as dt
import itertools
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
DEALS_A_KILL, LONGEST = 40, 0.5


@dataclass
class Killed:
    """How many died in the middle of a deal, and what they left behind."""

    inside: int = 0
    half: int = 0
    lost: int = 0


def kill_signers(kills: int) -> Killed:
    """So many processes in turn, each killed at a moment of its own."""
    talk_about(kills * DEALS_A_KILL)
    found, told = Killed(), set[int]()
    for _kill in range(kills):
        said = killed_after(random.uniform(0, LONGEST))
        told |= {int(pk) for what, pk in said if what == "agreed"}
        found.inside += bool(said) and said[-1][0] == "signing"
    found.half, found.lost = count(told)
    return found


def killed_after(seconds: float) -> list[tuple[str, str]]:
    """What a signing process said until it was killed so long after its first word."""
    argv = [sys.executable, "-m", "tests.chaos.killing"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
        lines = [first, *child.stdout.read().splitlines()]
    return [(words[0], words[1]) for line in lines if len(words := line.split()) == 2]


def talk_about(count: int) -> None:
    """So many people in talks with one brand, each with a post and a promise around it."""
    from campaigns.planning.models import Collaboration, Deliverable
    from crm.brands.models import Category
    from crm.exclusivity.models import Clause
    from crm.exclusivity.terms import ACT_NUMBERS, Act
    from crm.influencers.models import Format, Influencer
    from tests.factories import BrandFactory, BrandOwnerFactory, CampaignFactory

    skincare, form = Category.objects.get(slug="skincare"), Format.objects.order_by("pk")[0]
    campaign = CampaignFactory(
        brand=BrandFactory(name="Lumi", owner=BrandOwnerFactory(name="Lumi House"), category=skincare),
        category=skincare,
    )
    people = Influencer.objects.bulk_create(Influencer(stage_name=f"Kirana {number}") for number in range(count))
    cards = Collaboration.objects.bulk_create(
        Collaboration(campaign=campaign, influencer=person, status="in_talks") for person in people
    )
    Deliverable.objects.bulk_create(
        Deliverable(collaboration=card, format=form, post_due_on=dt.date(2026, 12, 10)) for card in cards
    )
    clauses = Clause.objects.bulk_create(
        Clause(
            influencer_id=card.influencer_id, brand=campaign.brand, work_ref=f"campaigns.collaboration:{card.pk}",
            start_offset=-7, end_offset=7, act_numbers=frozenset({ACT_NUMBERS[Act.PAID_POST]}),
        )
        for card in cards
    )  # fmt: skip
    reached = Clause.categories.through
    reached.objects.bulk_create(reached(clause=clause, category=skincare) for clause in clauses)


def count(told: set[int]) -> tuple[int, int]:
    """How many deals are agreed in part, and how many are not agreed although somebody was told so."""
    from campaigns.planning.models import Collaboration
    from crm.exclusivity.models import Claim, Clause
    from crm.timeline.models import Entry

    claimed = list(Claim.objects.active().values_list("influencer", flat=True))
    facts = {
        "agreed": Collaboration.objects.filter(status="agreed").values_list("influencer", flat=True),
        "since": Collaboration.objects.filter(promised_at__isnull=False).values_list("influencer", flat=True),
        "in force": Clause.objects.in_force().values_list("influencer", flat=True),
        "bar and work": [person for person in set(claimed) if claimed.count(person) == 2],
        "any claim": claimed,
        "told in the story": Entry.objects.filter(verb="collaboration.put").values_list("influencer_id", flat=True),
    }
    people = {name: set(found) for name, found in facts.items()}
    half = set(itertools.chain(*people.values())) - set.intersection(*people.values())
    known = set(Collaboration.objects.filter(pk__in=told, status="agreed").values_list("pk", flat=True))
    return len(half), len(told - known)


def sign_on() -> None:
    """Agree one deal after the other until killed; a line before each and one after."""
    import django

    django.setup()
    from campaigns.planning.models import Collaboration
    from crm.timeline.record import SYSTEM

    for card in Collaboration.objects.filter(status="in_talks").select_related("campaign").order_by("pk"):
        print("signing", card.pk, flush=True)
        card.put("agreed", at=NOW, actor=SYSTEM)
        print("agreed", card.pk, flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")
    sign_on()
