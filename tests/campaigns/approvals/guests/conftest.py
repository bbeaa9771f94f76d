"""Kirana handed in a Reel for Lumi's Glow; first Dinda looks at it, then Ratna of Lumi says yes by a link."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.core.cache import cache

from campaigns.approvals.deciding.actions import decide, open_review
from campaigns.approvals.guests.actions import seat
from campaigns.approvals.guests.links import mint
from campaigns.approvals.models import (
    ApprovalPolicy,
    ContentVersion,
    Review,
    ReviewGuest,
    ReviewStage,
)
from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.outbox.models import Contact
from crm.team.models import User
from crm.timeline.record import SYSTEM, Actor
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    DeliverableFactory,
    InfluencerFactory,
    RepresentationFactory,
)

HASH = "a" * 64


@pytest.fixture(autouse=True)
def _no_memory() -> None:
    cache.clear()


@pytest.fixture
def campaign(coordinator: User) -> Campaign:
    return CampaignFactory(name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator, status="live")


@pytest.fixture
def collaboration(campaign: Campaign) -> Collaboration:
    kirana = InfluencerFactory(stage_name="Kirana Maheswari")
    contact = ContactFactory(name="Kirana Maheswari", language="en")
    RepresentationFactory(influencer=kirana, contact=contact)
    return CollaborationFactory(campaign=campaign, influencer=kirana, status="making")


@pytest.fixture
def ratna(db: None) -> Contact:
    return ContactFactory(name="Ratna Halim", kind=Contact.Kind.GUEST, email="ratna@klien.example", language="en")


def handed_in(row: Deliverable, at: dt.datetime, number: int = 1, **said: object) -> Review:
    """A version as handing in leaves it, with its review open."""
    values = {"stage": "draft", "caption": "Kulitku lembap. #iklan", "sha256": HASH, **said}
    version = ContentVersion.objects.create(deliverable=row, number=number, submitted_at=at, **values)
    if version.stage == ContentVersion.Stage.DRAFT:
        Deliverable.objects.filter(pk=row.pk).update(status="submitted", submitted_at=at, drafts=number)
        row.refresh_from_db()
    return open_review(version, at=at, actor=SYSTEM)


@dataclass
class Asked:
    """A review whose second stage is a guest's, and that guest."""

    review: Review
    guest: ReviewGuest
    dinda: User
    now: dt.datetime

    @property
    def door(self) -> str:
        return "/" + mint(self.guest).split("/", 3)[3]

    @property
    def page(self) -> str:
        return f"/r/page/{self.guest.pk}/"

    @property
    def version(self) -> str:
        return f"{self.page}{self.review.version_id}/"

    def pass_first(self) -> None:
        """The coordinator says yes; now it is the guest's turn."""
        decide(self.review, self.dinda, "approve", sha256=HASH, at=self.now, actor=Actor.user(self.dinda))


def asked_of(collaboration: Collaboration, ratna: Contact, coordinator: User, now: dt.datetime) -> Asked:
    policy = ApprovalPolicy.objects.create(campaign=collaboration.campaign)
    ReviewStage.objects.create(policy=policy, position=1)
    ReviewStage.objects.create(policy=policy, position=2, role="client").guests.set([ratna])
    reel = DeliverableFactory(
        collaboration=collaboration, draft_due_on=dt.date(2026, 11, 27), post_due_on=dt.date(2026, 12, 4), title="Reel"
    )
    guest = seat(collaboration.campaign, ratna)
    return Asked(handed_in(reel, now), guest, coordinator, now)


@pytest.fixture
def asked(collaboration: Collaboration, ratna: Contact, coordinator: User, now: dt.datetime) -> Asked:
    return asked_of(collaboration, ratna, coordinator, now)


@pytest.fixture
def waiting(asked: Asked) -> Asked:
    """It is the guest's turn."""
    asked.pass_first()
    return asked
