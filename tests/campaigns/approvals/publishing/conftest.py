"""Kirana makes a Reel for Glow, with a draft by 20 November and to be posted on the 24th, which is today."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from campaigns.approvals.models import ContentCaption, ContentVersion, LivePost, Review
from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.influencers.models import Platform
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

CAPTION = "#iklan Pagi ini kulitku tenang. Serum dari Lumi, dua tetes saja."


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
    return CollaborationFactory(campaign=campaign, influencer=kirana, status="making")


@pytest.fixture
def reel(card: Collaboration) -> Deliverable:
    made = DeliverableFactory(
        collaboration=card, draft_due_on=dt.date(2026, 11, 20), post_due_on=dt.date(2026, 11, 24), zone="Asia/Jakarta"
    )
    return Deliverable.objects.with_card().get(pk=made.pk)


@pytest.fixture
def approve(now: dt.datetime) -> Callable[..., ContentVersion]:
    """A version that was handed in and approved yesterday, with words for further platforms where they are given."""

    def approve(row: Deliverable, caption: str = CAPTION, **further: str) -> ContentVersion:
        yesterday = now - dt.timedelta(days=1)
        version = ContentVersion.objects.create(
            deliverable=row, number=1, caption=caption, sha256="0" * 64, submitted_at=yesterday
        )
        for code, words in further.items():
            ContentCaption.objects.create(version=version, platform=Platform.objects.get(code=code), caption=words)
        Review.objects.create(version=version, status="approved", opened_at=yesterday, decided_at=yesterday)
        Deliverable.objects.filter(pk=row.pk).update(
            status="approved", approved_at=yesterday, submitted_at=yesterday, drafts=1
        )
        row.refresh_from_db()
        return version

    return approve


@pytest.fixture
def version(reel: Deliverable, approve: Callable[..., ContentVersion]) -> ContentVersion:
    return approve(reel)


@pytest.fixture
def post(reel: Deliverable, version: ContentVersion, now: dt.datetime, actor: Actor) -> LivePost:
    reel.publish(at=now, actor=actor, post_url="https://insta.example/p/1")
    return LivePost.objects.with_card().get()


def cases(**only: Any) -> list[tuple[str, str]]:
    """Kind and outcome of every case, the oldest first."""
    from campaigns.approvals.models import Deviation

    return list(Deviation.objects.filter(**only).order_by("pk").values_list("kind", "outcome"))
