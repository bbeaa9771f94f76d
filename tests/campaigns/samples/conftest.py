"""Lumi sends Kirana a serum for Glow."""

import pytest

from campaigns.planning.models import Campaign, Collaboration
from crm.brands.models import Product
from crm.team.models import User
from crm.timeline.record import Actor
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    InfluencerFactory,
    ProductFactory,
    RepresentationFactory,
)


@pytest.fixture
def actor(coordinator: User) -> Actor:
    return Actor.user(coordinator)


@pytest.fixture
def campaign(coordinator: User) -> Campaign:
    return CampaignFactory(name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator, status="live")


@pytest.fixture
def card(campaign: Campaign) -> Collaboration:
    kirana = InfluencerFactory(stage_name="Kirana Maheswari")
    RepresentationFactory(influencer=kirana, contact=ContactFactory(name="Kirana Maheswari"))
    return CollaborationFactory(campaign=campaign, influencer=kirana)


@pytest.fixture
def serum(campaign: Campaign) -> Product:
    product: Product = ProductFactory(brand=campaign.brand, name="Serum", value=185_000)
    campaign.products.add(product)
    return product
