"""One reel of Kirana for Lumi that waits for its draft."""

import datetime as dt

import pytest

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.team.models import User
from crm.timeline.record import Actor
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    DeliverableFactory,
    InfluencerFactory,
    RepresentationFactory,
)


@pytest.fixture
def actor(coordinator: User) -> Actor:
    return Actor.user(coordinator)


@pytest.fixture
def campaign(coordinator: User) -> Campaign:
    return CampaignFactory(name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator)


@pytest.fixture
def collaboration(campaign: Campaign) -> Collaboration:
    kirana = InfluencerFactory(stage_name="Kirana Maheswari")
    RepresentationFactory(influencer=kirana, contact=ContactFactory(name="Kirana Maheswari"))
    return CollaborationFactory(campaign=campaign, influencer=kirana, status="making")


@pytest.fixture
def reel(collaboration: Collaboration) -> Deliverable:
    return DeliverableFactory(
        collaboration=collaboration, draft_due_on=dt.date(2026, 11, 27), post_due_on=dt.date(2026, 12, 4)
    )
