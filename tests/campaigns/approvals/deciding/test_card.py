"""What further rounds cost stands on her card."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from campaigns.approvals.models import ExtraRound
from campaigns.planning.models import Deliverable
from tests.campaigns.approvals.deciding.conftest import version_of

pytestmark = pytest.mark.django_db


def test_a_further_round_stands_on_the_card_with_its_reason_and_fee(
    as_coordinator: Client, reel: Deliverable, now: Any
) -> None:
    url = reverse("collaboration", args=[reel.collaboration_id])
    assert "Further rounds" not in as_coordinator.get(url).content.decode()
    ExtraRound.objects.create(
        collaboration=reel.collaboration, version=version_of(reel, now), round=3, reason="Kemasan baru",
        fee=Money(250_000, "IDR"),
    )  # fmt: skip
    text = as_coordinator.get(url).content.decode()
    assert "Kemasan baru" in text
    assert "250,000" in text or "250.000" in text
