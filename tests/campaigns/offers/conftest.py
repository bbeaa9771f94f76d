"""Lumi asks Kirana to take part in Glow; she reads mail."""

import datetime as dt

import pytest

from campaigns.offers.actions.sending import Ask
from campaigns.planning.models import Campaign, Collaboration
from crm.base.models import Organisation
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


@pytest.fixture
def actor(coordinator: User) -> Actor:
    return Actor.user(coordinator)


@pytest.fixture
def open_house(organisation: Organisation) -> None:
    """A house that may invite whoever has not said no."""
    Organisation.objects.update(news_to=Organisation.NewsTo.NOT_REFUSED)


@pytest.fixture
def campaign(coordinator: User, open_house: None) -> Campaign:
    return CampaignFactory(name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator, status="live")


@pytest.fixture
def card(campaign: Campaign) -> Collaboration:
    kirana = InfluencerFactory(stage_name="Kirana Maheswari")
    RepresentationFactory(influencer=kirana, contact=ContactFactory(name="Kirana Maheswari"))
    return CollaborationFactory(campaign=campaign, influencer=kirana, status="shortlist", fee=2_800_000)


@pytest.fixture
def ask(now: dt.datetime) -> Ask:
    return Ask(answer_by_on=dt.date(2026, 11, 29))
