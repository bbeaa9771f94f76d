"""Whatever channel the answer arrives by, the same task settles and nothing more is asked about it, from that moment."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from campaigns.planning.portal import FEATURE
from crm.base.models import Organisation
from crm.influencers.actions.told import Heard, Settling, note_told
from crm.influencers.told_me import asking_for
from crm.outbox.delivery import send_due
from crm.outbox.models import Contact, Email
from crm.outbox.reasons import in_words
from crm.portal.registry import Asking, Told, find_task, settle
from crm.reminders.by_hand import take_back
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder, Todo
from crm.reminders.plan import plan
from crm.team.models import User
from crm.timeline.record import Actor

pytestmark = pytest.mark.django_db

BEFORE = dt.datetime(2026, 11, 23, 3, 0, tzinfo=dt.UTC)  # four days before the draft is due: the first one waits
FIRST = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
NIGHT = dt.datetime(2026, 11, 24, 15, 0, tzinfo=dt.UTC)  # 22.00 in Jakarta

Answering = Callable[[Deliverable, dt.datetime], None]


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(FIRST, tick=False):
        yield


@pytest.fixture
def contact(organisation: Organisation, reel: Deliverable) -> Contact:
    """Whom the reminders go to; everything was entered nine days before the first of them."""
    entered_at = BEFORE - dt.timedelta(days=9)
    Deliverable.objects.update(created_at=entered_at)
    Collaboration.objects.update(created_at=entered_at)
    Campaign.objects.update(live_at=entered_at)
    return Contact.objects.partners().get()


def task_of(reel: Deliverable, asking: Asking) -> Any:
    task = find_task(asking, FEATURE, reel.pk)
    assert task is not None
    return task


def on_her_page(reel: Deliverable, at: dt.datetime, contact: Contact) -> None:
    asking = Asking(reel.collaboration.influencer_id, reel.collaboration.campaign.brand_id, at, "Asia/Jakarta", contact)
    settle(asking, task_of(reel, asking), Told("draft", {"url": "https://drive.example/1"}, at, Actor.contact(contact)))


def told(channel: str, reel: Deliverable, at: dt.datetime, by: User) -> None:
    asking = asking_for(reel.collaboration.influencer, at)
    task = task_of(reel, asking)
    note_told(
        reel.collaboration.influencer,
        Heard(by, at, channel, "sudah aku kirim kak"),
        [Settling(task, task.answer("draft"), {})],
        asking,
    )


@pytest.fixture(params=["page", "whatsapp", "email"])
def answer(request: pytest.FixtureRequest, contact: Contact, coordinator: User) -> Answering:
    """The same answer: a press on her page, told by WhatsApp, and read in a mail of hers."""
    if request.param == "page":
        return lambda reel, at: on_her_page(reel, at, contact)
    return lambda reel, at: told(request.param, reel, at, coordinator)


def ring(now: dt.datetime) -> None:
    plan(now)
    mail_due(now)
    take_back(now)


def left() -> list[str]:
    return list(Email.objects.filter(contact__kind="person", state="sent").values_list("name", flat=True))


def days_pass(since: dt.datetime) -> None:
    """Everything the clock does until the post is nearly due."""
    for hours in range(1, 24 * 6, 12):
        ring(since + dt.timedelta(hours=hours))
        send_due(lambda at=since + dt.timedelta(hours=hours): at)  # type: ignore[misc]


def test_planned_reminders_go_in_the_same_transaction(reel: Deliverable, contact: Contact, answer: Answering) -> None:
    ring(BEFORE)
    planned = Reminder.objects.queued().filter(kind="deliverable.draft", contact=contact)
    assert planned.count() > 1
    answer(reel, BEFORE)
    assert planned.count() == 0
    gone = Reminder.objects.taken_back().filter(kind="deliverable.draft")
    assert {in_words(why) for why in gone.values_list("why", flat=True)} == {"The draft is here"}
    days_pass(BEFORE)
    assert [name for name in left() if name.startswith("draft")] == []


def test_a_mail_that_waits_for_the_morning_stays(reel: Deliverable, contact: Contact, answer: Answering) -> None:
    ring(FIRST)
    mail = Email.objects.get(contact=contact)
    answer(reel, NIGHT)
    mail.refresh_from_db()
    assert (mail.state, in_words(mail.why)) == ("skipped", "The draft is here")
    days_pass(NIGHT)
    assert [name for name in left() if name.startswith("draft")] == []


def test_a_task_to_pass_it_on_closes_at_once(reel: Deliverable, contact: Contact, answer: Answering) -> None:
    Contact.objects.filter(pk=contact.pk).update(prefers="whatsapp", whatsapp="+6281290001234")
    ring(FIRST)
    todo = Todo.objects.get(kind="message")
    answer(reel, NIGHT)
    todo.refresh_from_db()
    assert todo.done_at == NIGHT


def test_a_question_stops_nothing(reel: Deliverable, contact: Contact, coordinator: User) -> None:
    ring(BEFORE)
    planned = Reminder.objects.queued().filter(kind="deliverable.draft", contact=contact)
    before = planned.count()
    asking = asking_for(reel.collaboration.influencer, BEFORE)
    task = task_of(reel, asking)
    heard = Heard(coordinator, BEFORE, "call", "Boleh pakai musik sendiri?")
    note_told(reel.collaboration.influencer, heard, [Settling(task, task.answer("question"), {})], asking)
    assert planned.count() == before


def test_the_page_of_a_colleague_stops_it_too(reel: Deliverable, contact: Contact, as_coordinator: Client) -> None:
    ring(FIRST)
    page = f"/people/{reel.collaboration.influencer_id}/told/"
    as_coordinator.post(page, {"channel": "whatsapp", "settles": f"deliverable-{reel.pk}"})
    assert Email.objects.get(contact=contact).state == "skipped"
