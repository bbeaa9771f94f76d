"""An idea is owed so many days before its draft, where the policy asks for one, until it is with us or agreed to."""

import datetime as dt
from typing import Any

import pytest

from campaigns.approvals.handing.actions import hand_in
from campaigns.approvals.handing.idea_dues import KIND
from campaigns.approvals.handing.said import Said
from campaigns.approvals.models import ApprovalPolicy, Review
from campaigns.planning.models import Campaign, Deliverable
from crm.outbox.models import Email
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder
from crm.reminders.plan import plan
from crm.reminders.registry import Asked, Due, dues
from crm.timeline.record import Actor
from tests.factories import DeliverableFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LONG_AGO = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
IDEA_DAY = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)  # 10.00 in Jakarta; the draft is due on the 27th


def asks(since: dt.datetime = LONG_AGO, **of: Any) -> ApprovalPolicy:
    row = ApprovalPolicy.objects.create(**{"concept_first": True, "concept_days": 5, **of})
    ApprovalPolicy.objects.filter(pk=row.pk).update(updated_at=since)
    return row


def owed(**more: Any) -> list[Due]:
    return list(dues(Asked(now=IDEA_DAY, **more), [KIND]))


def days(**more: Any) -> list[dt.date]:
    return [one.due_on for one in owed(**more)]


@pytest.fixture
def old(reel: Deliverable, campaign: Campaign) -> Deliverable:
    """Agreed on and entered weeks ago."""
    Campaign.objects.update(live_at=LONG_AGO)
    Deliverable.objects.update(created_at=LONG_AGO, dates_set_at=LONG_AGO)
    type(reel.collaboration).objects.update(promised_at=LONG_AGO)
    return Deliverable.objects.get()


@pytest.fixture
def idea(old: Deliverable, actor: Actor) -> Any:
    """She tells her idea."""
    return lambda at: hand_in(old, Said(words="Di dapur"), stage="concept", at=at, actor=actor)


def test_the_campaigns_own_policy_counts_then_its_brands_then_the_houses(old: Deliverable, campaign: Campaign) -> None:
    assert days() == []
    asks(concept_days=3)
    assert days() == [dt.date(2026, 11, 24)]
    asks(brand=campaign.brand)
    assert days() == [dt.date(2026, 11, 22)]
    asks(campaign=campaign, concept_first=False)
    assert days() == []


def test_it_is_owed_until_it_is_with_us_and_again_when_it_came_back(old: Deliverable, idea: Any) -> None:
    asks()
    assert days() == [dt.date(2026, 11, 22)]
    idea(IDEA_DAY)
    assert days() == []
    assert [str(one.stopped_why) for one in owed(subjects=[old.pk])] == ["The idea is here"]
    back = IDEA_DAY + 2 * DAY
    Review.objects.update(status="changes", decided_at=back)
    assert [(one.due_on, one.born_at) for one in owed()] == [(dt.date(2026, 11, 22), back)]
    Review.objects.update(status="approved")
    assert days() == []


def test_a_draft_that_came_needs_no_idea_any_more(old: Deliverable, actor: Actor) -> None:
    asks()
    hand_in(old, Said(caption="Iklan"), at=IDEA_DAY, actor=actor)
    old.ask_changes("Kode belum ada", at=IDEA_DAY, actor=actor)
    assert days() == []
    assert [str(one.stopped_why) for one in owed(subjects=[old.pk])] == ["The draft is here"]


def test_days_are_narrowed_by_the_day_of_the_idea(old: Deliverable) -> None:
    asks()
    end = dt.datetime(2026, 11, 22, 17, 0, tzinfo=dt.UTC)
    assert days(from_at=end, to_at=end) == [dt.date(2026, 11, 22)]
    assert days(from_at=end + DAY, to_at=end + 30 * DAY) == []
    assert days(from_at=end - 30 * DAY, to_at=end - DAY) == []


@pytest.mark.parametrize("many", [1, 3])
def test_what_nobody_asks_for_costs_one_question(many: int, old: Deliverable, django_assert_num_queries: Any) -> None:
    for _more in range(many - 1):
        DeliverableFactory(collaboration=old.collaboration, draft_due_on=dt.date(2026, 11, 27))
    with django_assert_num_queries(1):
        assert owed() == []
    asks()
    with django_assert_num_queries(2):
        assert len(owed(calendar=True)) == many


def test_she_is_asked_once_about_one_thing_then_a_colleague_is(old: Deliverable, idea: Any) -> None:
    asks()
    plan(IDEA_DAY)
    steps = Reminder.objects.filter(kind=KIND).order_by("send_at", "pk")
    assert [(row.due_key, row.state) for row in steps] == [
        ("2026-11-22/-2d/influencer", "skipped"), ("2026-11-22/+0d/influencer", "queued"),
        ("2026-11-22/+1d/influencer", "queued"), ("2026-11-22/+2d/coordinator", "queued"),
    ]  # fmt: skip
    mail_due(IDEA_DAY)
    letter = Email.objects.get()
    assert (letter.name, letter.text.split("\n\n")[1][:44]) == (
        "idea_due", "Before you shoot, could you tell us your ide",
    )  # fmt: skip
    idea(IDEA_DAY)
    plan(IDEA_DAY)
    assert Reminder.objects.filter(kind=KIND).queued().count() == 0


def test_of_idea_and_draft_the_newest_is_said(old: Deliverable) -> None:
    """Both are late: one letter leaves, about the draft."""
    asks(concept_days=1)
    at = dt.datetime(2026, 11, 30, 5, 0, tzinfo=dt.UTC)
    plan(at)
    hers = Reminder.objects.filter(kind__in=[KIND, "deliverable.draft"], recipient="influencer", state="queued")
    assert [row.email_name for row in hers] == ["draft_late"]


def test_nobody_is_asked_for_what_was_over_before_it_was_asked_for(old: Deliverable) -> None:
    """A policy that begins to ask after the day says nothing to her about the days before."""
    asks(since=IDEA_DAY + 4 * DAY)
    plan(IDEA_DAY + 4 * DAY)
    assert Reminder.objects.filter(kind=KIND).count() == 0
