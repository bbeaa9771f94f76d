"""What she reads on her page about what she handed in, and what she takes back."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.approvals.deciding.actions import decide
from campaigns.approvals.guests.actions import take_back
from campaigns.approvals.models import ContentVersion, Note, Review
from campaigns.planning.models import Collaboration, Deliverable, Refused
from crm.outbox.models import Contact
from crm.portal.links import mint
from crm.team.models import User
from crm.timeline.record import SYSTEM, Actor
from tests.campaigns.approvals.guests.conftest import HASH, handed_in
from tests.factories import CollaborationFactory, DeliverableFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(collaboration: Collaboration) -> Review:
    reel = DeliverableFactory(collaboration=collaboration, title="Reel")
    return handed_in(reel, timezone.now())


@pytest.fixture
def hers(collaboration: Collaboration) -> Client:
    """Her own page with this brand, opened."""
    client = Client()
    campaign = collaboration.campaign
    contact = Contact.objects.get(kind="person")
    url = mint(
        contact=contact, influencer_id=collaboration.influencer_id, brand_id=campaign.brand_id, at=timezone.now()
    )
    opened = client.post("/" + url.split("/", 3)[3])
    client.own = opened["Location"]  # type: ignore[attr-defined]
    return client


def shown(hers: Client, card: Collaboration) -> str:
    return hers.get(f"{hers.own}campaign/{card.pk}/").content.decode()  # type: ignore[attr-defined]


def settle(review: Review, dinda: User, verdict: str, comment: str = "") -> None:
    decide(review, dinda, verdict, sha256=HASH, comment=comment, at=timezone.now(), actor=Actor.user(dinda))


def test_what_waits_says_until_when_she_hears(hers: Client, review: Review, collaboration: Collaboration) -> None:
    assert "It is with us. You hear from us by " in shown(hers, collaboration)
    Review.objects.update(due_at=timezone.now() - dt.timedelta(hours=1), first_due_at=None)
    assert "We are taking longer than we said, sorry." in shown(hers, collaboration)


def test_notes_stand_under_her_words_and_settled_ones_are_folded(
    hers: Client, review: Review, collaboration: Collaboration, coordinator: User
) -> None:
    Note.objects.create(version=review.version, body="Show the bottle.", level="should", author_label="Dinda")
    Note.objects.create(version=review.version, body="Internal.", level="should", author_label="Dinda", is_for_us=True)
    settle(review, coordinator, "changes")
    page = shown(hers, collaboration)
    assert "If you can" in page and "Show the bottle." in page
    assert "Internal." not in page
    Note.objects.filter(body="Show the bottle.").update(solved_in=2)
    assert "1 note is settled" in shown(hers, collaboration)


def test_an_approved_caption_stands_there_to_copy(
    hers: Client, review: Review, collaboration: Collaboration, coordinator: User
) -> None:
    settle(review, coordinator, "approve")
    page = shown(hers, collaboration)
    assert "Kulitku lembap. #iklan</textarea>" in page
    assert f"deliverable/{review.version.deliverable_id}/posted/" in page


def test_she_takes_back_what_waits_and_says_why(hers: Client, review: Review, collaboration: Collaboration) -> None:
    url = f"{hers.own}take-back/{review.version_id}/"  # type: ignore[attr-defined]
    assert hers.post(url, {"why": "Wrong file"}).status_code == 302
    review.refresh_from_db()
    assert (review.status, Deliverable.objects.get().status) == ("withdrawn", "expected")


def test_without_a_word_nothing_is_taken_back(hers: Client, review: Review) -> None:
    answer = hers.post(f"{hers.own}take-back/{review.version_id}/", {"why": " "})  # type: ignore[attr-defined]
    review.refresh_from_db()
    assert (answer.status_code, review.status) == (422, "in_review")


def test_what_was_approved_since_she_opened_her_page_is_not_taken_back(review: Review, now: dt.datetime) -> None:
    version = ContentVersion.objects.select_related("review").get(pk=review.version_id)
    assert version.review.is_waiting
    Review.objects.filter(pk=review.pk).update(status="approved", decided_at=now)
    with pytest.raises(Refused):
        take_back(version, "Wrong file", at=now, actor=SYSTEM)
    review.refresh_from_db()
    assert review.status == "approved"


def test_somebody_elses_version_does_not_exist_for_her(hers: Client, collaboration: Collaboration) -> None:
    other = CollaborationFactory(campaign=collaboration.campaign, status="making")
    review = handed_in(DeliverableFactory(collaboration=other), timezone.now())
    answer = hers.post(f"{hers.own}take-back/{review.version_id}/", {"why": "Mine"})  # type: ignore[attr-defined]
    review.refresh_from_db()
    assert (answer.status_code, review.status) == (404, "in_review")
