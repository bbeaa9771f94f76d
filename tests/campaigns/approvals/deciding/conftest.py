"""Kirana made a Reel for Lumi's Glow; Dinda and Bagas look at it, and Ratna is Lumi's."""

import datetime as dt

import pytest

from campaigns.approvals.deciding.actions import open_review
from campaigns.approvals.models import ApprovalPolicy, ContentVersion, Review, ReviewStage
from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.outbox.models import Contact
from crm.team.models import Role, User
from crm.timeline.record import SYSTEM, Actor
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    DeliverableFactory,
    InfluencerFactory,
    RepresentationFactory,
    UserFactory,
)

ADVANCE = dt.timedelta(hours=1)


@pytest.fixture
def actor(coordinator: User) -> Actor:
    return Actor.user(coordinator)


@pytest.fixture
def bagas(organisation: object) -> User:
    return UserFactory(role=Role.MANAGER, name="Bagas Wirawan")


@pytest.fixture
def ratna(db: None) -> Contact:
    return ContactFactory(name="Ratna Lumi", kind=Contact.Kind.GUEST)


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
    return DeliverableFactory(
        collaboration=card, draft_due_on=dt.date(2026, 11, 27), post_due_on=dt.date(2026, 12, 4), status="expected"
    )


def version_of(row: Deliverable, at: dt.datetime, number: int = 1, **said: object) -> ContentVersion:
    """A version as handing in leaves it, with the draft on the deliverable too."""
    values = {"stage": "draft", "caption": "Kulitku lembap. #iklan", "sha256": f"{row.pk:032d}{number:032d}", **said}
    version = ContentVersion.objects.create(deliverable=row, number=number, submitted_at=at, **values)
    if version.stage == ContentVersion.Stage.DRAFT:
        Deliverable.objects.filter(pk=row.pk).update(status="submitted", submitted_at=at, drafts=number)
        row.refresh_from_db()
    return version


def review_of(row: Deliverable, at: dt.datetime, number: int = 1, **said: object) -> Review:
    return open_review(version_of(row, at, number, **said), at=at, actor=SYSTEM)


def stages(campaign: Campaign, *wanted: dict[str, object], **values: object) -> ApprovalPolicy:
    """A policy of the campaign: one dict for each stage."""
    policy = ApprovalPolicy.objects.create(campaign=campaign, **values)
    for number, one in enumerate(wanted, start=1):
        lists = {name: one.pop(name) for name in ("people", "guests") if name in one}
        stage = ReviewStage.objects.create(policy=policy, position=number, **one)
        for name, rows in lists.items():
            getattr(stage, name).set(rows)
    return policy


@pytest.fixture
def review(reel: Deliverable, now: dt.datetime) -> Review:
    return review_of(reel, now)
