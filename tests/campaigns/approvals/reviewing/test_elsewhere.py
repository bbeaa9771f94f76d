"""Reviews on other pages: the rounds on a collaboration, the mark on a card, the number in the navigation."""

import datetime as dt

import pytest
from django.test import Client

from campaigns.approvals.models import Review, ReviewDecision, ReviewStep
from campaigns.approvals.reviewing.marks import waits_for_us
from campaigns.planning.models import Deliverable
from tests.campaigns.approvals.reviewing.conftest import Hand
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def test_a_collaboration_shows_every_version_with_what_was_said(
    as_coordinator: Client, reel: Deliverable, hand: Hand
) -> None:
    first = hand(reel, 1, status="changes")
    ReviewDecision.objects.create(
        version=first,
        sha256=first.sha256,
        role="coordinator",
        verdict="changes",
        by_label="Dinda",
        comment="Lebih dekat",
        at=NOW,
    )
    second = hand(reel, 2)
    shown = as_coordinator.get(f"/campaigns/collaborations/{reel.collaboration_id}/").content.decode()
    assert "Dinda: Changes, please, “Lebih dekat”" in shown
    assert "hash 1111…1111" in shown
    assert shown.index(f"/reviews/{second.pk}/") < shown.index(f"/reviews/{first.pk}/")


def test_a_draft_is_looked_at_on_the_page_of_its_version(as_coordinator: Client, reel: Deliverable, hand: Hand) -> None:
    version = hand(reel, 1)
    shown = as_coordinator.get(f"/campaigns/collaborations/{reel.collaboration_id}/").content.decode()
    assert f'<a class="btn btn-sm" href="/reviews/{version.pk}/">' in shown


@pytest.mark.parametrize(
    ("hours", "due", "mark"),
    [(1, 24, None), (25, 24, ("With us for 1 day", "info")), (1, -1, ("With us for 1 hour", "bad"))],
)
def test_a_card_says_since_when_something_waits_for_us(
    reel: Deliverable, hand: Hand, hours: int, due: int, mark: tuple[str, str] | None
) -> None:
    version = hand(reel, 1, hours=due)
    Review.objects.filter(version=version).update(opened_at=NOW - dt.timedelta(hours=hours))
    found = waits_for_us([reel.collaboration], NOW).get(reel.collaboration_id)
    assert [(one.label, one.tone) for one in found or []] == ([mark] if mark else [])


def test_the_navigation_counts_what_waits_for_ones_own_word(
    as_coordinator: Client, as_viewer: Client, reel: Deliverable, hand: Hand
) -> None:
    ReviewStep.objects.create(review=hand(reel, 1).review, state="open")
    ReviewStep.objects.create(review=hand(reel, 2).review, state="open", role="legal")
    assert as_coordinator.get("/frame/counts/").json()["reviews"] == 1
    assert as_viewer.get("/frame/counts/").json()["reviews"] == 0
