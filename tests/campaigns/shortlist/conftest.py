"""A campaign of Lumi in Makassar with people to choose from."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from djmoney.money import Money

from campaigns.planning.models import Campaign, Collaboration, GoalTier
from crm.brands.models import Persona, Territory
from crm.influencers.models import Audience, Format, Influencer, MetricSnapshot, Niche, RateCard
from crm.team.models import User
from tests.campaigns.shortlist.voting import Voting, voting
from tests.conftest import NOW
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    InfluencerFactory,
    SocialAccountFactory,
)

TODAY = NOW.date()


@pytest.fixture
def campaign(coordinator: User) -> Campaign:
    made = CampaignFactory(
        name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator, goal="awareness", gender="women", age_from=25,
        age_to=34, budget=Money(12_000_000, "IDR"),
    )  # fmt: skip
    made.niches.add(Niche.objects.get(slug="parenting"))
    made.personas.add(persona("young-mothers"))
    made.formats.add(Format.objects.get(platform__code="instagram", code="reel"))
    made.run_in([makassar()])
    suggest("awareness", "macro micro")
    return made


def suggest(goal: str, tiers: str, mode: str = "") -> GoalTier:
    said = {"tiers": tiers, "why_en": "Reach counts here.", "why_id": "Di sini jangkauan yang dicari."}
    return GoalTier.objects.update_or_create(goal=goal, mode=mode, defaults=said)[0]


def persona(slug: str) -> Persona:
    return Persona.objects.get_or_create(slug=slug, defaults={"name_en": slug, "name_id": slug})[0]


def makassar() -> Territory:
    return Territory.objects.get(kind="city", name="Makassar")


def person(name: str, niche: str = "family-health", followers: int = 48_000, **values: Any) -> Influencer:
    """Somebody with one account and a main niche."""
    made = InfluencerFactory(stage_name=name, main_niche=Niche.objects.get(slug=niche), city="Makassar", **values)
    made.niches.add(made.main_niche)
    SocialAccountFactory(influencer=made, followers=followers)
    return made


def well_known(made: Influencer) -> Influencer:
    """Everything somebody could have noted of her."""
    account = made.accounts.get()
    MetricSnapshot.objects.create(
        account=account, taken_at=NOW - dt.timedelta(days=9), followers=48_000, likes=1_140, comments=82, reach=15_200,
        posts=12,
    )  # fmt: skip
    counted = Audience.objects.create(
        influencer=made, account=account, counted_on=dt.date(2026, 11, 3), source="Insights"
    )
    counted.personas.add(persona("young-mothers"))
    for kind, label, place, share in (
        ("age", "25-34", None, 50),
        ("age", "35-44", None, 30),
        ("gender", "women", None, 80),
        ("place", "Makassar", makassar(), 58),
    ):
        counted.shares.create(kind=kind, label=label, territory=place, percent=Decimal(share))
    reel = Format.objects.get(platform__code="instagram", code="reel")
    RateCard.objects.create(influencer=made, format=reel, price=Money(2_500_000, "IDR"), valid_from=dt.date(2026, 8, 1))
    return made


def noted_lately(made: Influencer) -> Influencer:
    """The same, noted nine days ago by the clock on the wall: a page asks that one, and figures grow old."""
    when = timezone.now() - dt.timedelta(days=9)
    MetricSnapshot.objects.filter(account__influencer=well_known(made)).update(taken_at=when)
    made.audiences.update(counted_on=when.date())
    return made


def on_shortlist(campaign: Campaign, made: Influencer, **values: Any) -> Collaboration:
    return CollaborationFactory(campaign=campaign, influencer=made, **{"status": "shortlist", **values})


@pytest.fixture
def asked(coordinator: User, now: dt.datetime) -> Voting:
    return voting(coordinator, now)
