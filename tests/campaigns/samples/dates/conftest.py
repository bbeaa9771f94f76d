"""Kirana makes a reel for Lumi and needs the serum for it: a draft by 27 November, the post on 4 December."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from campaigns.planning.models import Campaign, Collaboration, Deliverable, DeliverableHold
from campaigns.samples.dates import hold
from campaigns.samples.models import Purpose, SampleRequest
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


def day(number: int, month: int = 12) -> dt.date:
    return dt.date(2026, month, number)


@pytest.fixture
def actor(coordinator: User) -> Actor:
    return Actor.user(coordinator)


@pytest.fixture
def campaign(coordinator: User) -> Campaign:
    return CampaignFactory(name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator, end_on=day(10))


@pytest.fixture
def card(campaign: Campaign) -> Collaboration:
    kirana = InfluencerFactory(stage_name="Kirana Maheswari")
    RepresentationFactory(influencer=kirana, contact=ContactFactory(name="Kirana Maheswari"))
    return CollaborationFactory(campaign=campaign, influencer=kirana, status="making")


@pytest.fixture
def reel(card: Collaboration) -> Deliverable:
    return DeliverableFactory(collaboration=card, draft_due_on=day(27, 11), post_due_on=day(4))


@pytest.fixture
def ask(card: Collaboration, coordinator: User) -> Callable[..., SampleRequest]:
    def request(**fields: Any) -> SampleRequest:
        about: dict[str, Any] = {
            "influencer": card.influencer, "brand": card.campaign.brand, "collaboration": card, "owner": coordinator,
            "purpose": Purpose.CONTRACTUAL, "given_as": Purpose.CONTRACTUAL, "needed_by_on": day(24, 11),
        }  # fmt: skip
        return SampleRequest.objects.create(**{**about, **fields})

    return request


@pytest.fixture
def parcel(ask: Callable[..., SampleRequest], reel: Deliverable, now: dt.datetime, actor: Actor) -> SampleRequest:
    """Needed by 24 November; the reel waits for it."""
    request = ask()
    hold(request, [reel], days_after=None, at=now, actor=actor)
    return request


def days_of(row: Deliverable) -> tuple[dt.date | None, dt.date]:
    row.refresh_from_db(fields=["draft_due_on", "post_due_on"])
    return row.draft_due_on, row.post_due_on


def only_hold(row: Deliverable) -> DeliverableHold:
    return DeliverableHold.objects.get(deliverable=row)
