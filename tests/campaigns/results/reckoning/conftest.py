"""Two people of one campaign: Kirana's reel and story, Rafi's reel. The clock stands at Tuesday 24 November 2026, 10.00 WIB."""

import datetime as dt

import pytest

from campaigns.planning.models import Campaign, Collaboration
from tests.factories import CampaignFactory, CollaborationFactory, InfluencerFactory

NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)


@pytest.fixture
def campaign() -> Campaign:
    return CampaignFactory(name="Glow", start_on=dt.date(2026, 11, 1), end_on=dt.date(2026, 11, 30))


@pytest.fixture
def kirana(campaign: Campaign) -> Collaboration:
    return CollaborationFactory(campaign=campaign, influencer=InfluencerFactory(stage_name="Kirana Maheswari"))


@pytest.fixture
def rafi(campaign: Campaign) -> Collaboration:
    return CollaborationFactory(campaign=campaign, influencer=InfluencerFactory(stage_name="Rafi Alamsyah"))
