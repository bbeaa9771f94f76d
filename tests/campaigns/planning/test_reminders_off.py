"""What came from a file stays silent until somebody switches its reminders on, and what was over stays silent for good."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.planning.cards import cards_of
from campaigns.planning.models import Collaboration, Deliverable, Refused
from crm.reminders.models import Reminder, Todo
from crm.reminders.plan import plan
from crm.reminders.registry import Asked, dues
from crm.reminders.why import stories_about
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, subject_of

pytestmark = pytest.mark.django_db

ENTERED = dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def from_a_file(reel: Deliverable) -> None:
    Collaboration.objects.update(reminders_off_at=ENTERED, promised_at=ENTERED)
    Deliverable.objects.update(dates_set_at=ENTERED, created_at=ENTERED)


def switch_on(at: dt.datetime) -> None:
    Collaboration.objects.get().switch_reminders_on(at=at, actor=SYSTEM)


def planned() -> list[tuple[str, dt.datetime]]:
    return list(Reminder.objects.order_by("send_at", "email_name", "pk").values_list("email_name", "send_at"))


def mornings(*days: int) -> list[dt.datetime]:
    """Nine o'clock in Jakarta on these days of November."""
    return [dt.datetime(2026, 11, day, 2, tzinfo=dt.UTC) for day in days]


def test_nothing_is_planned_while_reminders_are_off() -> None:
    for day in range(20):
        plan(ENTERED + day * DAY)
    assert (Reminder.objects.count(), Todo.objects.count()) == (0, 0)
    assert list(dues(Asked(now=ENTERED))) == []


def test_switching_on_plans_what_lies_ahead_and_nothing_that_passed() -> None:
    at = dt.datetime(2026, 11, 25, 3, tzinfo=dt.UTC)
    switch_on(at)
    plan(at)
    drafts = [(name, at) for name, at in planned() if name.startswith("draft")]
    assert [at for _name, at in drafts] == mornings(26, 27, 30)
    assert [name for name, _at in drafts] == ["draft_due", "draft_due", "draft_late"]
    assert Reminder.objects.filter(send_at__lt=at).count() == 0
    assert set(Reminder.objects.values_list("state", flat=True)) == {"queued"}


def test_a_day_that_was_over_when_it_was_entered_never_mails_after_switching_on_either() -> None:
    Deliverable.objects.update(draft_due_on=dt.date(2026, 11, 18), post_due_on=dt.date(2026, 11, 19))
    switch_on(ENTERED + dt.timedelta(hours=1))
    for day in range(15):
        plan(ENTERED + day * DAY)
    assert (planned(), Todo.objects.count()) == ([], 0)


def test_a_day_that_was_over_when_somebody_typed_it_never_mails(reel: Deliverable) -> None:
    switch_on(ENTERED)
    at = ENTERED + 4 * DAY
    reel.reschedule(draft_due_on=None, post_due_on=dt.date(2026, 11, 23), at=at, actor=SYSTEM)
    for day in range(10):
        plan(at + day * DAY)
    assert planned() == []


def test_the_last_day_itself_is_not_over_and_mails(reel: Deliverable) -> None:
    Deliverable.objects.update(draft_due_on=None, post_due_on=dt.date(2026, 11, 20))
    switch_on(ENTERED)
    plan(ENTERED)
    assert [name for name, _at in planned()] == ["escalation", "post_late"]


def test_a_post_that_was_out_before_it_was_imported_is_never_asked_for_its_address() -> None:
    Deliverable.objects.update(status="published", published_at=ENTERED - 2 * DAY)
    switch_on(ENTERED)
    for day in range(10):
        plan(ENTERED + day * DAY)
    assert planned() == []


def test_a_day_that_moves_ahead_after_switching_on_is_reminded_of(reel: Deliverable) -> None:
    Deliverable.objects.update(draft_due_on=None, post_due_on=dt.date(2026, 11, 10))
    switch_on(ENTERED)
    reel.reschedule(draft_due_on=None, post_due_on=dt.date(2026, 11, 27), at=ENTERED, actor=SYSTEM)
    plan(ENTERED)
    assert planned()[0] == ("post_soon", mornings(24)[0])


def test_switching_on_twice_is_refused_and_told_once() -> None:
    switch_on(ENTERED)
    with pytest.raises(Refused, match="on already"):
        switch_on(ENTERED + DAY)
    assert Collaboration.objects.get().reminders_on_at == ENTERED
    told = Entry.objects.filter(verb="collaboration.reminders_on")
    assert [entry.sentence_en for entry in told] == ["Reminders about Glow switched on"]


def test_the_card_says_so_and_so_does_the_story_of_a_reminder(
    coordinator: User, reel: Deliverable, now: dt.datetime
) -> None:
    (card,) = cards_of(list(Collaboration.objects.select_related("influencer__main_platform", "campaign")), now)
    assert "Reminders are off" in [mark.label for mark in card.marks]
    stories = {str(story.kind): story for story in stories_about(subject_of(reel), coordinator, now)}
    said = {verdict.said for verdict in stories["Drafts"].verdicts if verdict.to == "Influencer"}
    assert said == {"Not planned: Reminders are off since it was imported"}


def test_the_page_switches_them_on(client: Client, coordinator: User, collaboration: Collaboration) -> None:
    client.force_login(coordinator)
    here = reverse("collaboration", args=[collaboration.pk])
    assert "Reminders are off" in client.get(here).content.decode()
    answer = client.post(reverse("collaboration-remind", args=[collaboration.pk]), follow=True)
    assert "Reminders are on from today" in answer.content.decode()
    assert Collaboration.objects.get().reminders_off_at is None


def test_many_are_switched_on_at_once_with_a_preview_first(
    client: Client, coordinator: User, collaboration: Collaboration
) -> None:
    client.force_login(coordinator)
    address = reverse("campaign-bulk", args=[collaboration.campaign_id])
    chosen = {"action": "remind", "pick": [collaboration.pk]}
    shown = client.post(address, {**chosen, "seen": ""})
    assert "Switches reminders on for 1 person." in shown.content.decode()
    assert Collaboration.objects.with_reminders_off().count() == 1
    client.post(address, {**chosen, "seen": shown.context["seen"]})
    assert Collaboration.objects.with_reminders_off().count() == 0
