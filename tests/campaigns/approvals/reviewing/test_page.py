"""The page of one version."""

import pytest
from django.test import Client

from campaigns.planning.models import Deliverable
from tests.campaigns.approvals.reviewing.conftest import Hand

pytestmark = pytest.mark.django_db


def test_the_newest_stands_beside_the_one_before_word_by_word(
    as_coordinator: Client, reel: Deliverable, hand: Hand
) -> None:
    hand(reel, 1, status="changes", caption="Serum cocok buat puasa")
    version = hand(reel, 2, caption="Serum nyaman buat puasa")
    shown = as_coordinator.get(f"/reviews/{version.pk}/").content.decode()
    assert "Salsa Prameswari, Draft 2" in shown
    assert '<del data-at="6">cocok </del>' in shown
    assert '<ins data-at="6">nyaman </ins>' in shown
    assert "1 of 1 waiting" in shown


def test_a_lone_version_is_compared_with_nothing(as_coordinator: Client, reel: Deliverable, hand: Hand) -> None:
    version = hand(reel, 1, caption="Serum cocok")
    shown = as_coordinator.get(f"/reviews/{version.pk}/").content.decode()
    assert '<span data-at="0">Serum cocok</span>' in shown
    assert "<ins" not in shown
