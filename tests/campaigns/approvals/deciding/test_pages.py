"""Deciding on the page of a version, as a colleague does it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.approvals.models import ExtraRound, Review, ReviewDecision
from campaigns.planning.models import Campaign, Deliverable
from crm.outbox.models import Contact
from crm.team.models import User
from tests.campaigns.approvals.deciding.conftest import review_of, stages

pytestmark = pytest.mark.django_db


def send(client: Client, review: Review, verdict: str, **typed: Any) -> Any:
    said = {"sha256": review.version.sha256, "verdict": verdict, **typed}
    return client.post(reverse("review-decide", args=[review.version_id]), said)


def page(client: Client, review: Review) -> str:
    return client.get(reverse("review", args=[review.version_id])).content.decode()


def test_a_yes_leads_on_to_the_next_that_waits(
    as_coordinator: Client, review: Review, reel: Deliverable, now: Any
) -> None:
    answer = send(as_coordinator, review, "approve")
    assert (answer.status_code, answer["Location"]) == (302, reverse("reviews"))
    assert Review.objects.get().status == "approved"


def test_changes_without_a_word_ask_for_it_and_keep_what_was_typed(as_coordinator: Client, review: Review) -> None:
    answer = send(as_coordinator, review, "changes")
    text = answer.content.decode()
    assert (answer.status_code, Review.objects.get().status) == (422, "in_review")
    assert "Say what should change" in text
    assert "Lebih terang" in send(as_coordinator, review, "", comment="Lebih terang").content.decode()


def test_the_page_says_why_a_yes_is_held_and_by_how_many(as_coordinator: Client, reel: Deliverable, now: Any) -> None:
    review = review_of(reel, now, caption="Kulitku lembap.")
    assert send(as_coordinator, review, "approve").status_code == 422
    text = page(as_coordinator, review)
    assert "Approve is held by 1 check; a manager may waive it with a reason." in text
    assert 'value="approve"' not in text
    assert Review.objects.get().status == "in_review"


def test_a_further_round_is_asked_for_with_its_reason_and_fee(
    as_coordinator: Client, reel: Deliverable, campaign: Campaign, now: Any
) -> None:
    stages(campaign, max_rounds=0, extra_round_fee=250_000)
    review = review_of(reel, now)
    assert "Round 1, 0 agreed" in page(as_coordinator, review)
    assert send(as_coordinator, review, "changes", comment="Lagi").status_code == 422
    typed = {"comment": "Lagi", "extra_reason": "Kemasan baru", "extra_fee_0": "250,000", "extra_fee_1": "IDR"}
    assert send(as_coordinator, review, "changes", **typed).status_code == 302
    kept = ExtraRound.objects.get()
    assert (str(kept.fee.amount), kept.reason) == ("250000.00", "Kemasan baru")


def test_stages_stand_in_a_row_and_only_whose_turn_it_is_gets_the_form(
    as_coordinator: Client, reel: Deliverable, campaign: Campaign, bagas: User, ratna: Contact, now: Any
) -> None:
    stages(campaign, {"role": "brand", "people": [bagas]}, {"role": "client", "guests": [ratna]})
    review = review_of(reel, now)
    text = page(as_coordinator, review)
    assert text.index("Bagas") < text.index("Ratna Lumi")
    assert 'value="changes"' not in text
    answer = send(as_coordinator, review, "approve")
    assert (answer.status_code, ReviewDecision.objects.count()) == (302, 0)


def test_a_guests_word_is_noted_by_a_colleague_with_its_channel(
    as_coordinator: Client, reel: Deliverable, campaign: Campaign, ratna: Contact, now: Any
) -> None:
    stages(campaign, {"role": "client", "guests": [ratna]})
    review = review_of(reel, now)
    assert "Noted for somebody else" in page(as_coordinator, review)
    answer = send(as_coordinator, review, "approve", noted_for="Ratna Lumi", channel="whatsapp")
    assert (answer.status_code, ReviewDecision.objects.get().noted_for) == (302, "Ratna Lumi")
    assert "noted by Dinda" in page(as_coordinator, review)


def test_taking_a_version_back_needs_its_reason(as_coordinator: Client, review: Review) -> None:
    url = reverse("review-withdraw", args=[review.version_id])
    assert as_coordinator.get(url).status_code == 200
    assert as_coordinator.post(url, {"why": ""}).status_code == 422
    assert as_coordinator.post(url, {"why": "Salah file"}).status_code == 302
    assert Review.objects.get().status == "withdrawn"
