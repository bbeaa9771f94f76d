"""The queue of what waits."""

import pytest
from django.test import Client

from campaigns.planning.models import Deliverable
from tests.campaigns.approvals.reviewing.conftest import Hand

pytestmark = pytest.mark.django_db


def test_what_is_due_first_stands_first_and_what_is_settled_is_not_there(
    as_coordinator: Client, reel: Deliverable, hand: Hand
) -> None:
    later = hand(reel, 1, hours=48)
    sooner = hand(reel, 2, hours=2)
    hand(reel, 3, status="approved")
    lines = as_coordinator.get("/reviews/").context["lines"]
    assert [line.version for line in lines] == [sooner, later]
