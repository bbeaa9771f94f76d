"""Those whose turn it is hear of it at half time, six hours before and when it is late; and what nobody decides may go by itself."""

import datetime as dt
from typing import Any

import pytest

from campaigns.approvals.deciding.actions import decide
from campaigns.approvals.deciding.by_itself import approve_overdue
from campaigns.approvals.models import Review, ReviewDecision
from campaigns.planning.models import Campaign, Deliverable
from crm.brands.models import Category
from crm.outbox.models import Email
from crm.reminders.models import Reminder
from crm.reminders.plan import plan
from crm.reminders.registry import Asked, dues
from crm.team.models import User
from crm.timeline.record import Actor
from tests.campaigns.approvals.deciding.conftest import review_of, stages
from tests.factories import DeliverableFactory

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def due_now(now: dt.datetime, kind: str = "deliverable.review", **asked: Any) -> list[Any]:
    return list(dues(Asked(now=now, **asked), [kind]))


def planned(now: dt.datetime) -> list[tuple[str, str, dt.datetime, int]]:
    plan(now)
    rows = Reminder.objects.filter(subject__startswith="campaigns.review").order_by("send_at", "recipient")
    return [(row.rule.code, row.recipient, row.send_at, row.contact_id) for row in rows]


def test_a_version_is_due_by_its_reviews_clock_until_somebody_decides(
    review: Review, coordinator: User, now: dt.datetime
) -> None:
    [found] = due_now(now)
    assert (str(found.title), found.due_at) == ("Look at the draft of Instagram Reel", now + 48 * HOUR)
    assert (str(found.url), found.owner_id, found.colleague_ids) == (
        f"/reviews/{review.version_id}/",
        coordinator.pk,
        (),
    )
    decide(review, coordinator, "approve", sha256=review.version.sha256, at=now, actor=Actor.user(coordinator))
    assert due_now(now) == []
    [over] = due_now(now, subjects=[review.pk])
    assert str(over.stopped_why) == "No draft is waiting"


def test_who_is_named_hears_of_it_and_a_manager_when_it_is_late(
    reel: Deliverable, campaign: Campaign, coordinator: User, bagas: User, now: dt.datetime
) -> None:
    named = stages(campaign, {"people": [bagas]})
    assert named.sla_hours == 48
    review_of(reel, now)
    contact = bagas.contact_id
    assert planned(now) == [
        ("REVIEW_HALF", "coordinator", now + 24 * HOUR, contact),
        ("REVIEW", "coordinator", dt.datetime(2026, 11, 26, 1, 0, tzinfo=dt.UTC), contact),
        ("REVIEW", "coordinator", now + 48 * HOUR, contact),
        ("REVIEW", "manager", now + 48 * HOUR, contact),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_costs_the_same_for_one_and_for_three(
    campaign: Campaign, reel: Deliverable, now: dt.datetime, count: int, django_assert_num_queries: Any
) -> None:
    for row in [reel, *(DeliverableFactory(collaboration=reel.collaboration) for _each in range(count - 1))]:
        review_of(row, now)
    with django_assert_num_queries(4):
        assert len(due_now(now)) == count
    with django_assert_num_queries(1):
        assert len(due_now(now, calendar=True)) == count


@pytest.fixture
def overdue(reel: Deliverable, campaign: Campaign, now: dt.datetime) -> Review:
    """A clean draft whose time is over, of a campaign that approves by itself, with both warnings sent."""
    stages(campaign, auto_approve=True)
    review = review_of(reel, now)
    plan(now)
    for row in Reminder.objects.filter(subject=f"campaigns.review:{review.pk}", recipient="coordinator"):
        email = Email.objects.create(
            name="review_turn",
            key=f"k{row.pk}",
            contact=row.contact,
            state="sent",
            sent_at=row.send_at,
            send_at=row.send_at,
        )
        Reminder.objects.filter(pk=row.pk).update(state="mailed", email=email)
    return review


def at_the_end(now: dt.datetime) -> dt.datetime:
    """Six hours after the last warning, which quiet hours had moved into the morning."""
    return dt.datetime(2026, 11, 26, 7, 0, tzinfo=dt.UTC)


def test_a_clean_draft_goes_by_itself_once_both_warnings_left(overdue: Review, now: dt.datetime) -> None:
    early, end = at_the_end(now) - HOUR, at_the_end(now)
    assert (approve_overdue(early), approve_overdue(end), approve_overdue(end)) == ({}, {"approved": 1}, {})
    overdue.refresh_from_db()
    decision = ReviewDecision.objects.get()
    assert (overdue.status, overdue.by_itself, decision.verdict) == ("approved", True, "by_itself")
    assert (decision.sha256, Deliverable.objects.get().status) == (overdue.version.sha256, "approved")


def switched_off(review: Review) -> None:
    review.version.deliverable.collaboration.campaign.approval_policy.delete()


def unwarned(review: Review) -> None:
    Email.objects.filter(key__in=[f"k{r.pk}" for r in Reminder.objects.filter(kind="review.half")]).update(
        state="queued"
    )


def warned_late(review: Review) -> None:
    Email.objects.update(sent_at=review.opened_at + 47 * HOUR)


def legal(review: Review) -> None:
    review.steps.update(role="legal")


def regulated(review: Review) -> None:
    campaign = review.version.deliverable.collaboration.campaign
    parent = Category.objects.create(slug="test-cosmetic", name_en="C", name_id="C", regulated="cosmetic")
    below = Category.objects.create(slug="test-serum", name_en="S", name_id="S", parent=parent)
    Campaign.objects.filter(pk=campaign.pk).update(category=below)


def paused(review: Review) -> None:
    Campaign.objects.update(status="paused")


@pytest.mark.parametrize("spoil", [switched_off, unwarned, warned_late, legal, regulated, paused])
def test_nothing_goes_by_itself_outside_its_bounds(overdue: Review, now: dt.datetime, spoil: Any) -> None:
    spoil(overdue)
    assert approve_overdue(at_the_end(now)) == {}
    assert (Review.objects.get().status, ReviewDecision.objects.count()) == ("in_review", 0)


def test_what_a_check_calls_wrong_never_goes_by_itself(overdue: Review, now: dt.datetime) -> None:
    other = DeliverableFactory(collaboration=overdue.version.deliverable.collaboration)
    review = review_of(other, now, caption="Kulitku lembap.")
    Reminder.objects.filter(subject=f"campaigns.review:{overdue.pk}").update(subject=f"campaigns.review:{review.pk}")
    assert approve_overdue(at_the_end(now)) == {}
    assert set(Review.objects.values_list("status", flat=True)) == {"in_review"}
