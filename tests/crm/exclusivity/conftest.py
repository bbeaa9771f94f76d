"""Two houses that sell skincare, one person."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from crm.brands.models import Brand, Category
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.record import Actor
from tests.factories import BrandFactory, InfluencerFactory


@pytest.fixture(autouse=True)
def _clock(now: dt.datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


def category(slug: str) -> Category:
    return Category.objects.get(slug=slug)


@pytest.fixture
def actor(coordinator: User) -> Actor:
    return Actor.user(coordinator)


@pytest.fixture
def kirana(db: None) -> Influencer:
    return InfluencerFactory(stage_name="Kirana Maheswari", zone="Asia/Makassar")


@pytest.fixture
def lumi(db: None) -> Brand:
    return BrandFactory(name="Lumi Skincare", category=category("skincare"))


@pytest.fixture
def senja(db: None) -> Brand:
    """A competitor on file, of another house."""
    return BrandFactory(name="Senja Glow", category=category("serum"))
