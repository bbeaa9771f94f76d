"""A round of three names, one guest who votes, and things that must never leave the house."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from djmoney.money import Money

from campaigns.planning.models import Campaign, Collaboration
from campaigns.shortlist.models import Ballot, VoteRound
from campaigns.shortlist.votes_actions import Guest, Voters, start_round
from campaigns.shortlist.votes_links import mint
from crm.brands.models import Brand
from crm.team.models import User
from crm.timeline.record import Actor
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    InfluencerFactory,
    SocialAccountFactory,
)

SECRETS = ("7.654.321", "7,654,321", "7654321", "33.33", "33,33", "Zirkonia", "Bakpao")
"""The fee, the markup, another brand's name and our note, in every way they may be written."""


@dataclass
class Voting:
    """A round with what a test asks of it."""

    round: VoteRound
    cards: list[Collaboration]
    ballot: Ballot
    actor: Actor

    @property
    def url(self) -> str:
        return "/" + mint(self.ballot).split("/", 3)[3]


def person(campaign: Campaign, name: str, price: int | None) -> Collaboration:
    influencer = InfluencerFactory(stage_name=name, city="Bandung")
    SocialAccountFactory(influencer=influencer, handle=name.lower().replace(" ", "."))
    return CollaborationFactory(
        campaign=campaign, influencer=influencer, status="shortlist", fee=Money(7_654_321, "IDR"), note="Bakpao",
        client_price=Money(price, "IDR") if price else None,
    )  # fmt: skip


def voting(coordinator: User, now: dt.datetime) -> Voting:
    lumi: Brand = BrandFactory(name="Lumi", language="en")
    campaign = CampaignFactory(name="Glow", brand=lumi, owner=coordinator, markup=Decimal("33.33"))
    BrandFactory(name="Zirkonia")
    cards = [
        person(campaign, "Ayu Lestari", 9_000_000),
        person(campaign, "Bella Kartika", 4_500_000),
        person(campaign, "Citra Dewanti", None),
    ]
    found = VoteRound(campaign=campaign, title="Who joins?", started_by=coordinator)
    actor = Actor.user(coordinator)
    guests = [Guest("Rina Halim", "rina@klien.example")]
    start_round(found, cards, Voters(guests=guests, language="en"), at=now, actor=actor)
    return Voting(found, cards, found.ballots.select_related("contact").get(), actor)
