"""A message to a partner is passed on by WhatsApp instead: one row, one link, and the mail stays."""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.outbox.checks import barred
from crm.outbox.delivery import send_due
from crm.outbox.hand_over import hand_over, take_back, to_read
from crm.outbox.models import ChatWording, Contact, Email, Wording
from crm.outbox.reasons import in_words
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

pytestmark = pytest.mark.django_db

Ask = Callable[..., Email]
NUMBER = "+6281290001234"


@pytest.fixture(autouse=True)
def _number(kirana: Contact) -> None:
    Contact.objects.filter(pk=kirana.pk).update(whatsapp=NUMBER)
    kirana.whatsapp = NUMBER


@pytest.fixture
def dinda(coordinator: User) -> Actor:
    return Actor.user(coordinator)


def stands() -> list[tuple[str, str]]:
    return list(Email.objects.order_by("pk").values_list("channel", "state"))


def test_the_waiting_mail_makes_way_and_never_leaves(
    ask: Ask, kirana: Contact, dinda: Actor, now: dt.datetime, sink: Any
) -> None:
    mail = ask(kirana)
    passing = hand_over(mail, by=dinda, at=now)
    assert passing.has_link
    assert send_due(lambda: now + dt.timedelta(days=1)) == {}
    assert stands() == [("email", "skipped"), ("whatsapp", "sent")]
    mail.refresh_from_db()
    assert in_words(mail.why) == "Dinda passes it on by WhatsApp or phone instead."


def test_a_sent_mail_stays_sent(ask: Ask, kirana: Contact, dinda: Actor, now: dt.datetime) -> None:
    mail = ask(kirana)
    Email.objects.update(state="sent", sent_at=now)
    mail.refresh_from_db()
    hand_over(mail, by=dinda, at=now)
    assert stands() == [("email", "sent"), ("whatsapp", "sent")]


def test_a_mail_on_its_way_is_not_said_as_well(ask: Ask, kirana: Contact, dinda: Actor, now: dt.datetime) -> None:
    mail = ask(kirana)
    Email.objects.claim(5, token="t", now=now, until=now + dt.timedelta(minutes=5))
    with pytest.raises(TransitionRefused):
        hand_over(mail, by=dinda, at=now)
    assert (stands(), Entry.objects.count()) == ([("email", "sending")], 0)


def test_twice_is_one_row_and_the_second_gets_no_link(
    ask: Ask, kirana: Contact, dinda: Actor, owner: User, now: dt.datetime
) -> None:
    mail = ask(kirana)
    hand_over(mail, by=dinda, at=now)
    second = hand_over(Email.objects.get(pk=mail.pk), by=Actor.user(owner), at=now)
    assert (second.has_link, second.handed and second.handed.from_name) == (False, "Dinda")
    assert stands() == [("email", "skipped"), ("whatsapp", "sent")]
    assert Entry.objects.filter(verb="email.handed_over").count() == 1


def test_taken_back_the_mail_waits_again_and_it_can_be_passed_on_once_more(
    ask: Ask, kirana: Contact, dinda: Actor, now: dt.datetime
) -> None:
    mail, later = ask(kirana), now + dt.timedelta(hours=1)
    row = hand_over(mail, by=dinda, at=now).handed
    assert row is not None
    take_back(row, by=dinda, at=later)
    mail.refresh_from_db()
    assert (stands(), mail.send_at) == ([("email", "queued"), ("whatsapp", "skipped")], later)
    with pytest.raises(TransitionRefused):
        take_back(row, by=dinda, at=later)
    again = hand_over(mail, by=dinda, at=later, channel="call")
    assert again.has_link
    assert stands() == [("email", "skipped"), ("call", "sent")]


def test_a_mail_that_was_not_sent_for_another_reason_is_not_called_back(
    ask: Ask, kirana: Contact, dinda: Actor, now: dt.datetime
) -> None:
    mail = ask(kirana)
    Email.objects.update(state="failed", why="550 no such user")
    mail.refresh_from_db()
    row = hand_over(mail, by=dinda, at=now).handed
    assert row is not None
    take_back(row, by=dinda, at=now)
    assert stands() == [("email", "failed"), ("whatsapp", "skipped")]


def test_what_left_by_mail_cannot_be_taken_back(ask: Ask, kirana: Contact, dinda: Actor, now: dt.datetime) -> None:
    mail = ask(kirana)
    Email.objects.update(state="sent", sent_at=now)
    mail.refresh_from_db()
    with pytest.raises(TransitionRefused):
        mail.take_back(by=dinda, at=now)
    assert stands() == [("email", "sent")]


def test_own_words_come_first_then_those_of_the_mail_then_the_shipped_ones(ask: Ask, kirana: Contact) -> None:
    mail = ask(kirana)
    shipped = "Hi Kak Kirana,\nHere is your page with Lumi Skincare.\n\nOpen your page:\n•••"
    assert to_read(mail).text == shipped
    Wording.objects.create(name="portal_link", language="en", subject="Page", text="Your page, $greeting.")
    assert to_read(mail).text == "Your page, Kak Kirana.\n\nOpen your page:\n•••"
    ChatWording.objects.create(name="portal_link", language="en", text="Hai $first_name, $page ya")
    assert to_read(mail).text == "Hai Kirana, ••• ya"


def test_a_message_that_never_had_a_link_says_its_words_alone(
    ask: Ask, kirana: Contact, dinda: Actor, now: dt.datetime
) -> None:
    mail = ask(kirana)
    mail.late_fields = {}
    assert hand_over(mail, by=dinda, at=now).text == "Hi Kak Kirana,\nHere is your page with Lumi Skincare."


def test_the_row_keeps_what_was_said_in_which_words(ask: Ask, kirana: Contact, dinda: Actor, now: dt.datetime) -> None:
    first = hand_over(ask(kirana), by=dinda, at=now).handed
    ChatWording.objects.create(name="portal_link", language="en", text="Hai $first_name", version=3)
    second = hand_over(ask(kirana, key="b"), by=dinda, at=now).handed
    assert first is not None and second is not None
    assert (first.wording_version.partition(" ")[0], second.wording_version) == ("shipped", "own 3")
    assert second.body_hash == hashlib.sha256(second.text.encode()).hexdigest()


def test_own_words_begin_with_the_shipped_ones_and_are_shown_as_they_will_read(as_owner: Client) -> None:
    begun = as_owner.get("/admin/crm/chatwording/add/?name=portal_link&language=en").content.decode()
    assert "Here is your page with ${brand}." in begun
    data = {"name": "portal_link", "language": "en", "text": "Your page, $greeting: $page"}
    assert as_owner.post("/admin/crm/chatwording/add/", data).status_code == 302
    shown = as_owner.get(f"/admin/crm/chatwording/{ChatWording.objects.get().pk}/change/").content.decode()
    assert "<pre>Your page, Kirana: •••</pre>" in shown
    refused = as_owner.post("/admin/crm/chatwording/add/", {**data, "language": "id", "text": "$budget"})
    assert (refused.status_code, "Unknown: $budget." in refused.content.decode()) == (200, True)
    assert ChatWording.objects.count() == 1


# ---- the page --------------------------------------------------------------------------------------------------------


def test_the_page_of_a_message_offers_it_and_shows_the_text(as_coordinator: Client, ask: Ask, kirana: Contact) -> None:
    mail = ask(kirana)
    page = as_coordinator.get(reverse("outbox-email", args=[mail.pk])).content.decode()
    assert (reverse("outbox-pass-on", args=[mail.pk]) in page, "Send it by WhatsApp instead" in page) == (True, True)
    as_coordinator.post(reverse("outbox-pass-on", args=[mail.pk]))
    page = as_coordinator.get(reverse("outbox-email", args=[mail.pk])).content.decode()
    assert ("Dinda passed it on" in page, "Send it by WhatsApp instead" in page) == (True, False)


def test_the_text_can_be_taken_once_more_and_counts_once(as_coordinator: Client, ask: Ask, kirana: Contact) -> None:
    as_coordinator.post(reverse("outbox-pass-on", args=[ask(kirana).pk]))
    row = Email.objects.get(channel="whatsapp")
    again = as_coordinator.post(reverse("outbox-pass-on-again", args=[row.pk]))
    assert (again.context["passing"].has_link, Email.objects.count()) == (True, 2)


def test_nobody_passes_on_to_who_is_to_be_left_alone(
    as_coordinator: Client, ask: Ask, kirana: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(barred, "_placed", {})
    barred("test")(lambda people, now: dict.fromkeys(people, "She wants no messages."))
    mail = ask(kirana, influencer_ref=7)
    answer = as_coordinator.post(reverse("outbox-pass-on", args=[mail.pk]))
    assert "She wants no messages." in answer.content.decode()
    assert stands() == [("email", "queued")]


def test_a_message_to_a_colleague_is_not_passed_on(as_coordinator: Client, ask: Ask, kirana: Contact) -> None:
    Contact.objects.update(kind="colleague")
    mail = ask(kirana)
    assert as_coordinator.post(reverse("outbox-pass-on", args=[mail.pk])).status_code == 302
    assert stands() == [("email", "queued")]
