"""The queue of what waits, and one yes to several."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaigns.approvals.models import CheckResult, ContentVersion, Review, ReviewStep
from campaigns.planning.models import Collaboration, Deliverable
from crm.team.models import User
from tests.campaigns.approvals.reviewing.conftest import Hand
from tests.conftest import NOW
from tests.factories import CampaignFactory, CollaborationFactory, DeliverableFactory

pytestmark = pytest.mark.django_db
QUERIES = 6  # at most 8


def versions(answer: object) -> list[ContentVersion]:
    return [line.version for line in answer.context["lines"]]  # type: ignore[attr-defined]


def test_what_is_due_first_stands_first_and_what_is_settled_is_not_there(
    as_coordinator: Client, reel: Deliverable, hand: Hand
) -> None:
    later = hand(reel, 1, hours=48)
    sooner = hand(reel, 2, hours=2)
    hand(reel, 3, status="approved")
    assert versions(as_coordinator.get("/reviews/")) == [sooner, later]


def test_the_queue_is_narrowed_and_the_page_of_a_version_walks_through_the_same(
    as_coordinator: Client, reel: Deliverable, hand: Hand
) -> None:
    elsewhere = DeliverableFactory(collaboration=CollaborationFactory(campaign=CampaignFactory(status="live")))
    first, other, last = hand(reel, 1, hours=1), hand(elsewhere, 1, hours=2), hand(reel, 2, hours=3)
    campaign = reel.collaboration.campaign
    for asked in (f"campaign={campaign.pk}", f"brand={campaign.brand_id}"):
        assert versions(as_coordinator.get(f"/reviews/?{asked}")) == [first, last]
    stand = as_coordinator.get(f"/reviews/{first.pk}/?campaign={campaign.pk}").context["page"].stand
    assert (stand.place, stand.total, stand.before, stand.after) == (1, 2, None, last.pk)
    assert as_coordinator.get(f"/reviews/{other.pk}/").context["page"].stand.place == 2


def test_late_ones_a_stage_and_ones_own_turn_are_found(
    as_coordinator: Client, as_owner: Client, reel: Deliverable, hand: Hand, owner: User
) -> None:
    late = hand(reel, 1, hours=-24 * 365 * 9)
    legal = hand(reel, 2, hours=24 * 365 * 9)
    ReviewStep.objects.create(review=late.review, role="coordinator", state="open")
    ReviewStep.objects.create(review=legal.review, role="legal", state="open").people.add(owner)
    assert versions(as_coordinator.get("/reviews/?late=1")) == [late]
    assert versions(as_coordinator.get("/reviews/?stage=legal")) == [legal]
    assert versions(as_coordinator.get("/reviews/?mine=1")) == [late]
    assert versions(as_owner.get("/reviews/?mine=1")) == [late, legal]


def test_words_nobody_could_mean_show_everything(as_coordinator: Client, reel: Deliverable, hand: Hand) -> None:
    version = hand(reel, 1)
    assert versions(as_coordinator.get("/reviews/?campaign=x&stage=nobody&page=nine")) == [version]


def many(card: Collaboration, count: int) -> None:
    """That many that wait, laid in the database as they are."""
    made = Deliverable.objects.bulk_create(
        Deliverable(
            collaboration=card,
            format=DeliverableFactory(collaboration=card).format,
            post_due_on=NOW.date(),
            status="submitted",
        )
        for _ in range(1)
    )
    rows = ContentVersion.objects.bulk_create(
        ContentVersion(deliverable=made[0], number=at, sha256="a" * 64, submitted_at=NOW) for at in range(1, count + 1)
    )
    reviews = Review.objects.bulk_create(
        Review(version=row, opened_at=NOW, due_at=NOW + dt.timedelta(minutes=at)) for at, row in enumerate(rows)
    )
    ReviewStep.objects.bulk_create(ReviewStep(review=row, state="open") for row in reviews)


@pytest.mark.parametrize("count", [1, 1_000])
def test_the_queue_costs_the_same_for_one_and_for_a_thousand(
    as_coordinator: Client, card: Collaboration, count: int
) -> None:
    many(card, count)
    as_coordinator.get("/reviews/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = as_coordinator.get("/reviews/")
    assert answer.context["page_obj"].paginator.count == count
    assert len(asked) == QUERIES


def test_one_yes_to_several_shows_what_was_found_and_one_refusal_stops_nobody(
    as_coordinator: Client, card: Collaboration, hand: Hand
) -> None:
    clean, odd, held = (
        hand(DeliverableFactory(collaboration=card, status="submitted", drafts=1), 1, by_user=None) for _ in range(3)
    )
    for version in (clean, odd, held):
        ReviewStep.objects.create(review=version.review, state="open")
    CheckResult.objects.create(version=odd, rule="CAP-18", outcome="warn", said_en="A number", said_id="Angka")
    CheckResult.objects.create(version=held, rule="CAP-12", outcome="fail", holds=True, said_en="Word", said_id="Kata")
    asked = as_coordinator.post("/reviews/approve/", {"ids": [clean.pk, odd.pk, held.pk]})
    chosen = {one.review.version_id: one for one in asked.context["chosen"]}
    assert [len(chosen[one.pk].findings) for one in (clean, odd, held)] == [0, 1, 1]
    assert chosen[held.pk].seen not in asked.content.decode()
    assert not Review.objects.exclude(status="in_review").exists()
    seen = [f"{clean.pk}:{'0' * 64}", chosen[odd.pk].seen]
    told = as_coordinator.post("/reviews/approve/", {"sure": "1", "seen": seen})
    assert [one.done for one in told.context["verdicts"]] == [False, True]
    assert dict(Review.objects.values_list("version_id", "status")) == {
        clean.pk: "in_review", odd.pk: "approved", held.pk: "in_review"
    }  # fmt: skip


def test_nothing_chosen_says_what_to_do(as_coordinator: Client, reel: Deliverable, hand: Hand) -> None:
    hand(reel, 1)
    answer = as_coordinator.post("/reviews/approve/", {"ids": ["x"]}, follow=True)
    assert "Tick what is to be approved" in answer.content.decode()


def test_a_yes_to_what_is_no_version_is_a_yes_to_nothing(as_coordinator: Client, reel: Deliverable, hand: Hand) -> None:
    hand(reel, 1)
    for junk in ("9" * 30, "9" * 5_000, "-1", "\u00b2", "\x00", ""):
        told = as_coordinator.post("/reviews/approve/", {"sure": "1", "seen": f"{junk}:{'0' * 64}"})
        assert (told.status_code, told.context["verdicts"]) == (200, [])
    assert Review.objects.get().status == "in_review"
