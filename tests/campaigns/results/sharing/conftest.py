"""Lumi's Glow, and a link to its report for the client's board."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.core.cache import cache

from campaigns.planning.models import Campaign
from campaigns.results.models import ReportLink
from campaigns.results.sharing import public_views, views, visits
from campaigns.results.sharing.actions import share
from crm.team.models import User
from tests.factories import BrandFactory, CampaignFactory


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, now: dt.datetime) -> None:
    cache.clear()
    for room in (public_views, views, visits):
        monkeypatch.setattr(room.timezone, "now", lambda: now)


@pytest.fixture
def campaign(coordinator: User) -> Campaign:
    return CampaignFactory(name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator, status="live")


@dataclass
class Shared:
    """A link, and the address that was told once."""

    link: ReportLink
    address: str

    @property
    def door(self) -> str:
        return "/" + self.address.split("/", 3)[3]

    @property
    def page(self) -> str:
        return f"/s/report/{self.link.pk}/"


@pytest.fixture
def shared(campaign: Campaign, coordinator: User, now: dt.datetime) -> Shared:
    return Shared(*share(campaign, label="Board of Lumi", language="en", at=now, user=coordinator))
