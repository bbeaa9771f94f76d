"""Mail that came back: a dead address gets no more mail, a delay is only noted, and nobody can forge a report."""

import pytest

from crm.inbox.models import AnswerHold
from crm.outbox.models import Contact, Email
from crm.outbox.reasons import in_words
from crm.reminders.models import Todo
from crm.team.models import User
from crm.timeline.models import Entry
from tests.crm.inbox.conftest import Arrive

DEAD = ["bounce_postfix", "bounce_gmail", "bounce_exchange", "bounce_qmail", "bounce_exim"]


@pytest.mark.parametrize("name", DEAD)
def test_a_dead_address_gets_no_more_mail_and_leaves_a_task(
    asked: Email, contact: Contact, arrive: Arrive, coordinator: User, name: str
) -> None:
    mail = arrive(name)
    contact.refresh_from_db()
    assert (mail.kind, mail.state, mail.parent) == ("bounce", "filed", asked)
    assert contact.email_state == "bounced"
    todo = Todo.objects.get()
    assert (todo.kind, todo.owner, todo.text) == (
        "bounced", coordinator, "kirana@contoh.example does not work. Ask Kirana Larasati for another address.",
    )  # fmt: skip
    assert Entry.objects.filter(verb="email.bounced", influencer_id=asked.influencer_ref).count() == 1
    assert AnswerHold.objects.count() == 0


def test_a_delay_is_noted_and_nothing_else(asked: Email, contact: Contact, arrive: Arrive) -> None:
    mail = arrive("bounce_delayed")
    contact.refresh_from_db()
    assert (mail.kind, mail.state, contact.email_state) == ("bounce", "filed", "ok")
    assert Todo.objects.count() == 0
    assert Entry.objects.get(verb="email.delayed").sentence_en == (
        "“Lumi Skincare: Reel draft, Fri 27 Nov” has not reached Kirana Larasati yet: "
        "connect to mx.contoh.example: Connection timed out"
    )


@pytest.mark.parametrize("name", ["bounce_mailbox_full", "bounce_policy"])
def test_a_refusal_that_is_not_about_the_address_leaves_a_task_and_the_address(
    asked: Email, contact: Contact, arrive: Arrive, name: str
) -> None:
    arrive(name)
    contact.refresh_from_db()
    assert contact.email_state == "ok"
    assert Todo.objects.get().kind == "check"


@pytest.mark.parametrize("name", ["bounce_forged_message", "bounce_forged_recipient"])
def test_a_report_that_does_not_name_our_message_and_its_recipient_suppresses_nothing(
    asked: Email, contact: Contact, arrive: Arrive, name: str
) -> None:
    other = Contact.objects.create(name="Orang Lain", email="orang.lain@contoh.example")
    mail = arrive(name)
    assert (mail.state, in_words(mail.why)) == (
        "unmatched",
        "A mail server reports a message that is not on file, or another recipient than it had.",
    )
    for one in (contact, other):
        one.refresh_from_db()
        assert one.email_state == "ok"
    assert Todo.objects.count() == 0


def test_an_address_that_was_corrected_meanwhile_stays_as_it_is(asked: Email, contact: Contact, arrive: Arrive) -> None:
    Contact.objects.filter(pk=contact.pk).update(email="kirana.baru@contoh.example")
    arrive("bounce_postfix")
    contact.refresh_from_db()
    assert (contact.email_state, Todo.objects.count()) == ("ok", 0)


def test_a_message_that_never_left_cannot_come_back(asked: Email, contact: Contact, arrive: Arrive) -> None:
    Email.objects.filter(pk=asked.pk).update(state="queued", sent_at=None)
    assert arrive("bounce_postfix").state == "unmatched"


def test_a_rehearsals_report_says_nothing_about_the_person(asked: Email, contact: Contact, arrive: Arrive) -> None:
    Email.objects.filter(pk=asked.pk).update(to_address="latihan@mitra.example")
    arrive("bounce_postfix")
    contact.refresh_from_db()
    assert contact.email_state == "ok"


def test_two_reports_about_one_message_leave_one_task(asked: Email, arrive: Arrive) -> None:
    arrive("bounce_postfix")
    arrive("bounce_gmail")
    assert Todo.objects.count() == 1
