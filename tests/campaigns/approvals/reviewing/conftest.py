"""Salsa makes a Reel for Glow; two of her drafts are here."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from campaigns.approvals.models import ContentVersion, Review
from campaigns.planning.models import Collaboration, Deliverable
from crm.team.models import User
from tests.conftest import NOW
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    DeliverableFactory,
    InfluencerFactory,
)

Hand = Callable[..., ContentVersion]


@pytest.fixture
def card(coordinator: User) -> Collaboration:
    campaign = CampaignFactory(name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator, status="live")
    return CollaborationFactory(
        campaign=campaign, influencer=InfluencerFactory(stage_name="Salsa Prameswari"), status="making"
    )


@pytest.fixture
def reel(card: Collaboration) -> Deliverable:
    row: Deliverable = DeliverableFactory(collaboration=card, title="Reel", status="submitted", drafts=1)
    return row


@pytest.fixture
def hand() -> Hand:
    """hand(deliverable, number, caption="…"): a version as it lies in the database, its review open."""

    def hand_(
        row: Deliverable, number: int = 1, *, status: str = "in_review", hours: int = 24, **more: Any
    ) -> ContentVersion:
        version = ContentVersion.objects.create(
            deliverable=row, number=number, sha256=f"{number}" * 64, submitted_at=NOW, **more
        )
        decided = None if status == "in_review" else NOW
        Review.objects.create(
            version=version, status=status, round=number, opened_at=NOW, due_at=NOW + dt.timedelta(hours=hours),
            decided_at=decided,
        )  # fmt: skip
        return version

    return hand_
