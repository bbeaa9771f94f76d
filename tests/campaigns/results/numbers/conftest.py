"""Kirana's reel for Lumi went out ten days ago, on Saturday 14 November at noon; today is Tuesday the 24th, ten o'clock."""

import pytest

from campaigns.approvals.models import LivePost
from campaigns.planning.models import Campaign, Collaboration
from crm.team.models import User
from crm.timeline.record import Actor
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    InfluencerFactory,
    RepresentationFactory,
)
from tests.factories.results import a_live_post


@pytest.fixture
def actor(coordinator: User) -> Actor:
    return Actor.user(coordinator)


@pytest.fixture
def campaign(coordinator: User) -> Campaign:
    return CampaignFactory(name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator)


@pytest.fixture
def card(campaign: Campaign) -> Collaboration:
    kirana = InfluencerFactory(stage_name="Kirana Maheswari")
    RepresentationFactory(influencer=kirana, contact=ContactFactory(name="Kirana Maheswari"))
    return CollaborationFactory(campaign=campaign, influencer=kirana, status="posting")


@pytest.fixture
def post(card: Collaboration) -> LivePost:
    return a_live_post(card, handle="kirana.mahes", url="https://instagram.com/reel/DGlow1/")
