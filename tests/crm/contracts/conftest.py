"""A brand, a person with accounts, and the pen to write a contract between them."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from crm.brands.models import Brand, Category
from crm.contracts.actions.drafting import draft
from crm.contracts.models import Contract, ContractTemplate
from crm.influencers.models import Influencer, Platform, SocialAccount
from crm.team.models import User
from crm.timeline.record import Actor
from tests.factories import BrandFactory, InfluencerFactory

Write = Callable[..., Contract]


@pytest.fixture(autouse=True)
def _clock(now: dt.datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def actor(coordinator: User) -> Actor:
    return Actor.user(coordinator)


def person(name: str, platform: str = "instagram") -> Influencer:
    made = InfluencerFactory(stage_name=name, zone="Asia/Jakarta")
    account = {"platform": Platform.objects.get(code=platform), "handle": name.split()[0].lower()}
    SocialAccount.objects.create(influencer=made, followers=34_000, **account)
    return made


@pytest.fixture
def kirana(db: None) -> Influencer:
    return person("Kirana Maheswari")


@pytest.fixture
def lumi(db: None) -> Brand:
    return BrandFactory(name="Lumi Skincare", category=Category.objects.get(slug="skincare"))


@pytest.fixture
def write(lumi: Brand, coordinator: User, actor: Actor, now: dt.datetime) -> Write:
    """write(person, ..., said="1 reel 3 story 2,8jt nett", start_on=...): a contract on the shipped campaign template."""

    def written(*people: Influencer, **fields: Any) -> Contract:
        wording = ContractTemplate.objects.get(code="campaign").newest
        usual = {
            "title": "Lumi · Kirana",
            "brand": lumi,
            "owner": coordinator,
            "wording": wording,
            "zone": "Asia/Jakarta",
        }
        made = Contract(**{**usual, **fields})
        made.category = made.brand.category
        return draft(made, people, at=now, actor=actor)

    return written
