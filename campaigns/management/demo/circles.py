"""Programmes of the demo's brands: what their tiers ask for and bring, and who might join."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from djmoney.money import Money

from campaigns.management.demo.people import marked
from crm.ambassadors.models import PerkKind, Program, ProgramTier, TierPerk
from crm.ambassadors.programs.actions import TierTyped, open_program, save_perks, save_tiers
from crm.ambassadors.prospects.noting import ask, note
from crm.brands.models import Brand
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.record import Actor

DAYS = dt.timedelta(days=1)
LUMI, NUSA = "Lumi Circle", "Nusa Smile Club"


@dataclass(frozen=True)
class Rung:
    """One tier: from how much sold on, which share it earns, and its perks as kind, words, worth and how often."""

    name: str
    from_sales: int | None
    rate_bp: int
    perks: tuple[tuple[str, str, int | None, str], ...]


RUNGS = (
    Rung("Bronze", None, 500, ((PerkKind.PRODUCT_ALLOWANCE, "Skincare box", 500_000, TierPerk.Every.PERIOD),)),
    Rung(
        "Silver", 3_000_000, 800,
        (
            (PerkKind.PRODUCT_ALLOWANCE, "Skincare box, for two", 900_000, TierPerk.Every.PERIOD),
            (PerkKind.CREDIT, "Shop credit", 1_000_000, TierPerk.Every.ONCE),
        ),
    ),
    Rung(
        "Gold", 8_000_000, 1_000,
        (
            (PerkKind.EVENT, "A seat at the launch dinner", None, TierPerk.Every.ONCE),
            (PerkKind.EARLY_ACCESS, "New products two weeks early", None, TierPerk.Every.ONCE),
            (PerkKind.CREDIT, "Shop credit, Gold", 1_500_000, TierPerk.Every.ONCE),
        ),
    ),
)  # fmt: skip

WHY = (
    "Her reel for Kulit Tropis was saved more often than any other; answers within the hour.",
    "Asked by herself whether we work with people for longer.",
    "Her followers ask for the serum by name.",
    "Posts about her skin since spring, without being paid.",
)


def open_circles(brands: dict[str, Brand], team: dict[str, User], at: dt.datetime) -> dict[str, Program]:
    """Lumi's with three tiers, and a small one of Nusa Oral without any."""
    lumi = Program(
        name=LUMI, brand=brands["Lumi Skincare"], category=brands["Lumi Skincare"].category, owner=team["coordinator"],
        about="A year with people who would talk about their skin anyway.", has_tiers=True,
    )  # fmt: skip
    nusa = Program(
        name=NUSA, brand=brands["Nusa Oral"], category=brands["Nusa Oral"].category, owner=team["coordinator"],
        about="Families who brush in front of the camera.",
    )  # fmt: skip
    actor = Actor.user(team["manager"])
    for program in (lumi, nusa):
        open_program(program, at=at, actor=actor)
        marked(program)
    put_up_ladder(lumi, at, actor)
    return {program.name: program for program in (lumi, nusa)}


def put_up_ladder(program: Program, at: dt.datetime, actor: Actor) -> None:
    tiers = [
        ProgramTier(program=program, rank=rank, name=rung.name, from_sales=rupiah(rung.from_sales))
        for rank, rung in enumerate(RUNGS, start=1)
    ]
    typed = [TierTyped(tier, rung.rate_bp) for tier, rung in zip(tiers, RUNGS, strict=True)]
    save_tiers(program, typed, [], at=at, actor=actor)
    for tier, rung in zip(tiers, RUNGS, strict=True):
        perks = [
            TierPerk(tier=tier, kind=kind, label=label, value=rupiah(worth), every=every)
            for kind, label, worth, every in rung.perks
        ]
        save_perks(tier, perks, [], at=at, actor=actor)


def rupiah(amount: int | None) -> Any:
    return None if amount is None else Money(Decimal(amount), "IDR")


def note_prospects(program: Program, people: list[Influencer], team: dict[str, User], now: dt.datetime) -> None:
    """Four people somebody thought of; the last was asked two days ago."""
    user = team["coordinator"]
    for number, (person, why) in enumerate(zip(people, WHY, strict=False)):
        noted = note(person, program.brand, why=why, program=program, at=now - (12 - number) * DAYS, user=user)
        marked(noted)
        if number == len(WHY) - 1:
            ask(noted, at=now - 2 * DAYS, actor=Actor.user(user))
