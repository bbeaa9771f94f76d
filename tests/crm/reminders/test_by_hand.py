"""Whoever reads WhatsApp or wants a call gets no mail: a colleague passes the message on."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from crm.outbox.models import Contact, Email
from crm.outbox.reasons import in_words
from crm.reminders.by_hand import is_by_hand, take_back
from crm.reminders.mailing import mail_due
from crm.reminders.models import Cap, Reminder, Rule, Todo
from crm.reminders.plan import plan
from crm.team.models import User
from crm.timeline.models import Entry
from tests.crm.reminders.conftest import FRIDAY, Source

pytestmark = pytest.mark.django_db

LayRule = Callable[..., Rule]
TUESDAY = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)  # 10.00 in Jakarta
DAY = dt.timedelta(days=1)
NUMBER = "+6281290001234"


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def asked(source: Source, rule: LayRule, kirana: Contact, dinda: User) -> Source:
    """A draft is due on Friday and Kirana reads WhatsApp."""
    Contact.objects.filter(pk=kirana.pk).update(prefers="whatsapp", whatsapp=NUMBER)
    rule((-3, "draft_due"), (1, "draft_late"))
    source.add(1, contact_ids=(kirana.pk,), owner_id=dinda.pk, influencer_id=7, brand_id=None)
    return source


def ring(now: dt.datetime = TUESDAY) -> None:
    plan(now)
    mail_due(now)
    take_back(now)


@pytest.mark.parametrize(
    ("prefers", "email", "whatsapp", "phone", "by_hand"),
    [
        ("email", "k@contoh.example", NUMBER, "", False),
        ("email", "", NUMBER, "", True),
        ("email", "", "", NUMBER, False),
        ("whatsapp", "k@contoh.example", NUMBER, "", True),
        ("whatsapp", "k@contoh.example", "", "", False),
        ("call", "k@contoh.example", "", NUMBER, True),
    ],
)
def test_who_is_reached_by_hand(prefers: str, email: str, whatsapp: str, phone: str, by_hand: bool) -> None:
    contact = Contact(name="Kirana", prefers=prefers, email=email, whatsapp=whatsapp, phone=phone)
    assert is_by_hand(contact) is by_hand


def test_whatsapp_gets_a_task_instead_of_a_mail_and_only_once(asked: Source, dinda: User) -> None:
    for _again in range(3):
        ring()
    assert not Email.objects.exists()
    todo, row = Todo.objects.get(), Reminder.objects.earliest("send_at")
    assert (todo.kind, todo.owner, todo.influencer_ref, todo.url) == (
        "message", dinda, 7, reverse("by-hand", args=[row.pk]),
    )  # fmt: skip
    assert (row.state, in_words(row.why)) == (
        "skipped",
        "A colleague passes it on by hand: there is a task on Today.",
    )


def test_it_says_write_or_call(asked: Source, kirana: Contact) -> None:
    Contact.objects.filter(pk=kirana.pk).update(prefers="call")
    ring()
    assert Todo.objects.get().text == f"Call {kirana.name}: Draft of Reel"


def test_a_task_that_was_closed_does_not_come_back(asked: Source) -> None:
    ring()
    Todo.objects.update(done_at=TUESDAY)
    ring(TUESDAY + dt.timedelta(hours=1))
    assert Todo.objects.count() == 1


def test_the_task_closes_by_itself_once_the_draft_is_here(asked: Source) -> None:
    ring()
    asked.change(1, stopped_why="The draft is here")
    ring(TUESDAY + dt.timedelta(minutes=1))
    assert Todo.objects.get().done_at == TUESDAY + dt.timedelta(minutes=1)


def test_a_later_step_takes_the_place_of_the_earlier_task(asked: Source) -> None:
    ring()
    late = dt.datetime.combine(FRIDAY + 3 * DAY, dt.time(3, 0), dt.UTC)
    ring(late)
    assert list(Todo.objects.order_by("pk").values_list("done_at", flat=True)) == [late, None]


class TestCaps:
    """What a colleague is to pass on is a message like any other: it counts, and it waits for a day with room."""

    @pytest.fixture
    def second(self, asked: Source, kirana: Contact, dinda: User) -> Source:
        """Another brand wants something of her on the same day."""
        asked.change(1, brand_id=1)
        asked.add(2, contact_ids=(kirana.pk,), owner_id=dinda.pk, influencer_id=7, brand_id=2)
        return asked

    def tasks(self) -> list[str]:
        return list(Todo.objects.order_by("pk").values_list("subject", flat=True))

    def test_a_day_brings_one_task_and_the_rest_waits_for_the_next(self, second: Source) -> None:
        ring()
        assert self.tasks() == ["test.thing:1"]
        waiting = Reminder.objects.queued().get(subject="test.thing:2", send_at__lte=TUESDAY)
        assert (waiting.waits_until, in_words(waiting.why)) == (
            TUESDAY + DAY - dt.timedelta(hours=1),
            "There was a message already: at most 1 a day.",
        )
        ring(TUESDAY + DAY)
        assert self.tasks() == ["test.thing:1", "test.thing:2"]

    def test_five_tasks_fill_the_week(self, asked: Source, kirana: Contact, dinda: User) -> None:
        Cap.objects.filter(scope="day").delete()
        for pk in range(1, 8):
            asked.add(pk, contact_ids=(kirana.pk,), owner_id=dinda.pk, influencer_id=7, brand_id=pk)
        ring()
        assert self.tasks() == [f"test.thing:{pk}" for pk in range(1, 6)]
        assert {in_words(row.why) for row in Reminder.objects.queued().due(TUESDAY)} == {
            "There were enough messages lately: at most 5 within seven days."
        }

    def test_what_would_be_one_mail_is_asked_for_at_once(self, second: Source) -> None:
        second.change(2, brand_id=1)
        ring()
        assert self.tasks() == ["test.thing:1", "test.thing:2"]

    def test_a_mail_that_left_today_takes_the_room_of_a_task(self, second: Source, kirana: Contact) -> None:
        Email.objects.create(
            contact=kirana, key="told", name="draft_due", state="sent", send_at=TUESDAY, sent_at=TUESDAY
        )
        ring()
        assert self.tasks() == []

    def test_a_task_somebody_closed_leaves_its_room_to_the_next(self, second: Source) -> None:
        ring()
        Todo.objects.update(done_at=TUESDAY)
        ring(TUESDAY + DAY)
        assert self.tasks() == ["test.thing:1", "test.thing:2"]

    def test_an_urgent_one_does_not_wait(self, second: Source) -> None:
        Rule.objects.update(is_urgent=True)
        ring()
        assert self.tasks() == ["test.thing:1", "test.thing:2"]

    def test_a_newer_task_about_the_same_takes_the_room_of_the_older(self, asked: Source, kirana: Contact) -> None:
        ring()
        [row] = Reminder.objects.left_to_hand()
        same_day = Reminder.objects.create(
            contact=kirana, rule=row.rule, subject=row.subject, due_key="2026-11-27/-1d/influencer", kind=row.kind,
            email_name=row.email_name, recipient="influencer", due_at=row.due_at, send_at=TUESDAY, influencer_ref=7,
        )  # fmt: skip
        mail_due(TUESDAY)
        assert list(Todo.objects.open().values_list("key", flat=True)) == [f"by_hand:{same_day.pk}"]


# ---- the page --------------------------------------------------------------------------------------------------------


@pytest.fixture
def url(asked: Source) -> str:
    ring()
    return reverse("by-hand", args=[Reminder.objects.earliest("send_at").pk])


def test_looking_makes_no_link(as_coordinator: Client, url: str) -> None:
    page = as_coordinator.get(url)
    assert page.status_code == 200
    text = page.context["passing"]
    assert text.text == (
        "Hi Kirana,\nCould you send us the draft of your Reel by Friday, 27 November?\n\n"
        "Need more time? That is fine, tell us here.\n•••"
    )
    assert (text.chat_url, text.is_taken, Entry.objects.count(), Email.objects.count()) == ("", False, 0, 0)


def test_taking_it_is_one_row_by_whom_and_when_and_closes_the_task(
    as_coordinator: Client, url: str, kirana: Contact, dinda: User
) -> None:
    text = as_coordinator.post(url, {"channel": "whatsapp"}).context["passing"]
    row, reminder = Email.objects.get(), Reminder.objects.earliest("send_at")
    assert text.chat_url.startswith("https://wa.me/6281290001234?text=Hi%20Kirana%2C%0A")
    assert unquote(text.chat_url).endswith(f"tell us here.\nhttps://mitra.example/p/secret-{row.pk}")
    assert (row.channel, row.state, row.sent_at, row.sender_ref, row.from_name, row.contact) == (
        "whatsapp", "sent", TUESDAY, dinda.pk, "Dinda", kirana,
    )  # fmt: skip
    assert "secret" not in row.text
    assert (reminder.state, reminder.email, reminder.why) == ("mailed", row, "")
    assert Todo.objects.get().done_by == dinda
    assert list(Entry.objects.values_list("verb", "influencer", "channel")) == [
        ("email.handed_over", 7, "whatsapp"),
        ("todo.done", 7, ""),
    ]


def test_pressing_twice_is_one_row_and_no_second_link(as_coordinator: Client, as_owner: Client, url: str) -> None:
    first = as_coordinator.post(url)
    assert first.context["passing"].has_link
    second = as_owner.post(url, follow=True)
    assert second.redirect_chain[0][0] == reverse("outbox-pass-on", args=[Email.objects.get().pk])
    assert (second.context["passing"].is_taken, second.context["passing"].has_link) == (True, False)
    assert "Dinda passed it on" in second.content.decode()


def test_taking_it_back_frees_the_place_and_the_task_comes_again(
    as_coordinator: Client, url: str, asked: Source
) -> None:
    as_coordinator.post(url)
    row = Email.objects.get()
    assert as_coordinator.post(reverse("outbox-take-back", args=[row.pk])).status_code == 302
    row.refresh_from_db()
    assert (row.state, in_words(row.why)) == ("skipped", "Dinda did not send it after all.")
    ring(TUESDAY + dt.timedelta(minutes=1))
    states = list(Reminder.objects.filter(due_key__contains="-3d").order_by("pk").values_list("state", flat=True))
    assert states == ["void", "skipped"]
    assert [todo.done_at is None for todo in Todo.objects.order_by("pk")] == [False, True]


def test_a_reminder_to_come_is_said_now_and_never_mailed(
    as_coordinator: Client, source: Source, rule: LayRule, kirana: Contact
) -> None:
    """She reads mail; a colleague writes to her on WhatsApp before the mail's moment comes."""
    rule((-3, "draft_due"))
    source.add(1, contact_ids=(kirana.pk,), influencer_id=7)
    before = TUESDAY - DAY
    plan(before)
    row = Reminder.objects.get()
    assert row.state == "queued"
    passing = as_coordinator.post(reverse("by-hand", args=[row.pk]), {"channel": "whatsapp"}).context["passing"]
    assert passing.has_link
    ring(TUESDAY + DAY)
    assert list(Email.objects.values_list("channel", "state")) == [("whatsapp", "sent")]


def test_what_was_handed_over_counts_toward_what_is_enough(
    as_coordinator: Client, url: str, source: Source, kirana: Contact, dinda: User
) -> None:
    """The first message of the day has room; before the second the page says that she has heard enough."""
    assert as_coordinator.get(url).context["enough"] == ""
    as_coordinator.post(url)
    source.add(2, contact_ids=(kirana.pk,), owner_id=dinda.pk, influencer_id=7, brand_id=None)
    ring(TUESDAY + dt.timedelta(hours=1))
    second = Reminder.objects.filter(subject="test.thing:2").earliest("send_at")
    page = as_coordinator.get(reverse("by-hand", args=[second.pk]))
    assert (page.context["enough"] != "", "She has heard from us enough for now" in page.content.decode()) == (
        True,
        True,
    )


def test_a_message_that_is_no_longer_true_is_not_handed_out(as_coordinator: Client, url: str, asked: Source) -> None:
    asked.change(1, stopped_why="The draft is here")
    for answer in (as_coordinator.get(url), as_coordinator.post(url)):
        assert (answer.status_code, answer["Location"]) == (302, reverse("today"))
    assert (Entry.objects.count(), Email.objects.count()) == (0, 0)


def test_a_viewer_takes_no_message(as_viewer: Client, url: str) -> None:
    assert as_viewer.post(url).status_code == 403
    assert (Entry.objects.count(), Email.objects.count()) == (0, 0)
