"""Answering a mail from where it stands: to who wrote, below her words in her mail program, and then it is filed."""

from email import message_from_bytes, policy
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from crm.inbox.answering import answer_subject, references_of
from crm.inbox.models import InboundMail
from crm.influencers.models import Influencer, Representation
from crm.messages.models import Message, MessageLine
from crm.outbox.envelope import put_together
from crm.outbox.models import Contact, Email
from crm.reminders.models import Todo
from tests.conftest import NOW
from tests.crm.inbox.conftest import OURS, Arrive
from tests.factories import ContactFactory, RepresentationFactory, UserFactory

pytestmark = pytest.mark.django_db
THREAD = "<7d793037a0760186574b0282f2f435e7.thread@mitra.example>"


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Reel draft", "Re: Reel draft"),
        ("RE: Reel draft", "Re: Reel draft"),
        ("Bls: Re: Reel draft", "Re: Reel draft"),
        ("Balas:Reel draft", "Re: Reel draft"),
        ("Rebecca: halo", "Re: Rebecca: halo"),
        ("", "Re:"),
        ("x" * 300, "Re: " + "x" * 196),
    ],
)
def test_an_answer_carries_one_re(subject: str, expected: str) -> None:
    assert answer_subject(InboundMail(subject=subject)) == expected


@pytest.mark.parametrize(
    ("message_id", "answers", "expected"),
    [
        ("<c@x>", ["<b@x>", "<a@x>"], ["<a@x>", "<b@x>", "<c@x>"]),
        ("<c@x>", ["<c@x>", "<a@x>"], ["<a@x>", "<c@x>"]),
        ("<c@x>", ["<é@x>"], ["<c@x>"]),
        ("", ["<a@x>"], []),
        ("<é@x>", ["<a@x>"], []),
        ("<z@x>", [f"<{n}@x>" for n in range(30, 0, -1)], ["<1@x>", *[f"<{n}@x>" for n in range(12, 31)], "<z@x>"]),
    ],
)
def test_the_thread_is_named_from_its_beginning_to_what_she_wrote(
    message_id: str, answers: list[str], expected: list[str]
) -> None:
    assert references_of(InboundMail(message_id=message_id, facts={"answers": answers})) == expected


def typed(mail: InboundMail, **changes: str) -> dict[str, str]:
    return {
        "audience": "mail", "asked": f"mail={mail.pk}", "key": "one", "mail_class": "service", "when": "now",
        "is_urgent": "on", "subject_en": answer_subject(mail), "text_en": "Thank you, {{ first_name }}.", **changes,
    }  # fmt: skip


def answer(client: Client, mail: InboundMail, **changes: str) -> Message:
    """Write the answer, look who gets it, send it."""
    assert client.post(reverse("message-new"), typed(mail, **changes)).status_code == 302
    message = Message.objects.get()
    client.post(reverse("message-send", args=[message.pk]))
    message.refresh_from_db()
    return message


def test_answer_opens_the_composer_with_her_subject_and_her_words(
    as_coordinator: Client, asked: Email, arrive: Arrive
) -> None:
    mail = arrive("reply_apple_mail")
    address = f"{reverse('message-new')}?audience=mail&mail={mail.pk}"
    assert address.replace("&", "&amp;") in as_coordinator.get(reverse("inbox-mail", args=[mail.pk])).content.decode()
    page = as_coordinator.get(address).content.decode()
    assert 'value="Re: Lumi Skincare: Reel draft, Fri 27 Nov"' in page
    assert "Done, it is on the page." in page
    assert ('name="text_en"' in page, 'name="text_id"' in page) == (True, False)


def test_her_mail_program_shows_the_answer_below_what_she_wrote(
    as_coordinator: Client, asked: Email, arrive: Arrive
) -> None:
    mail = arrive("reply_apple_mail")
    assert answer(as_coordinator, mail).status == "done"
    email = Email.objects.exclude(pk=asked.pk).get(contact=asked.contact)
    assert (email.contact, email.subject, email.subject_refs) == (
        asked.contact, "Re: Lumi Skincare: Reel draft, Fri 27 Nov",
        ["campaigns.deliverable:12", f"crm.message:{Message.objects.get().pk}"],
    )  # fmt: skip
    leaves = message_from_bytes(put_together(email, NOW).as_bytes(), policy=policy.default)
    assert (leaves["In-Reply-To"], leaves["References"].split(), leaves["Auto-Submitted"]) == (
        "<AP1@contoh.example>", [THREAD, OURS, "<AP1@contoh.example>"], None,
    )  # fmt: skip


def test_a_long_thread_is_named_in_lines_a_mail_server_takes(asked: Email) -> None:
    names = [f"<{'n' * 200}{number}@contoh.example>" for number in range(20)]
    asked.references = names
    raw = put_together(asked, NOW).as_bytes()
    assert message_from_bytes(raw, policy=policy.default)["References"].split() == names
    assert max(len(line) for line in raw.split(b"\r\n")) < 998


def test_once_it_is_sent_her_mail_is_filed_and_its_task_settled(
    as_coordinator: Client, asked: Email, arrive: Arrive
) -> None:
    mail = arrive("reply_apple_mail")
    as_coordinator.post(reverse("message-new"), typed(mail))
    mail.refresh_from_db()
    assert (mail.state, Todo.objects.open().count()) == ("delivered", 1)
    as_coordinator.post(reverse("message-send", args=[Message.objects.get().pk]))
    mail.refresh_from_db()
    assert (mail.state, Todo.objects.open().count()) == ("filed", 0)


def test_who_wrote_is_answered_not_whoever_else_gets_her_mail(
    as_coordinator: Client, asked: Email, arrive: Arrive, kirana: Influencer
) -> None:
    agent = ContactFactory(name="Sari Wulandari", kind="agent")
    RepresentationFactory(influencer=kirana, contact=agent, capacity="agent", mail_work="to")
    Representation.objects.filter(contact=asked.contact).update(mail_work="none")
    message = answer(as_coordinator, arrive("reply_apple_mail"))
    assert [line.contact for line in message.lines.all()] == [asked.contact]


def test_who_no_longer_stands_for_her_is_not_answered(
    as_coordinator: Client, asked: Email, arrive: Arrive, kirana: Influencer
) -> None:
    mail = arrive("reply_apple_mail")
    agent = ContactFactory(name="Sari Wulandari", kind="agent")
    RepresentationFactory(influencer=kirana, contact=agent, capacity="agent", mail_work="to")
    Representation.objects.filter(contact=asked.contact).delete()
    message = answer(as_coordinator, mail)
    assert [line.contact for line in message.lines.all()] == [agent]
    assert Email.objects.get(contact=agent).references is None


def test_a_mail_is_answered_by_mail_also_where_she_likes_whatsapp_better(
    as_coordinator: Client, asked: Email, arrive: Arrive
) -> None:
    Contact.objects.filter(pk=asked.contact_id).update(prefers="whatsapp", whatsapp="+6281234567001")
    message = answer(as_coordinator, arrive("reply_apple_mail"))
    assert [line.outcome for line in message.lines.all()] == [MessageLine.Outcome.WRITTEN]


def test_her_own_subject_may_say_what_ours_may_not(as_coordinator: Client, asked: Email, arrive: Arrive) -> None:
    mail = arrive("reply_apple_mail")
    InboundMail.objects.filter(pk=mail.pk).update(subject="Promo diskon 50%")
    mail.refresh_from_db()
    refused = as_coordinator.post(reverse("message-new"), typed(mail, subject_en="Promo: discount for you"))
    assert (refused.status_code, Message.objects.count()) == (422, 0)
    assert answer(as_coordinator, mail).subject_en == "Re: Promo diskon 50%"


def test_what_nobody_sorted_and_what_machines_say_cannot_be_answered(
    as_coordinator: Client, asked: Email, arrive: Arrive
) -> None:
    for mail in (arrive("stranger"), arrive("auto_rfc3834")):
        opened = as_coordinator.get(f"{reverse('message-new')}?audience=mail&mail={mail.pk}")
        assert (opened.status_code, opened.headers["Location"]) == (302, reverse("messages"))
        assert "audience=mail" not in as_coordinator.get(reverse("inbox-mail", args=[mail.pk])).content.decode()
    assert Message.objects.count() == 0


def test_mail_of_another_brand_is_answered_by_nobody_behind_the_wall(
    asked: Email, arrive: Arrive, organisation: Any, client: Client
) -> None:
    organisation.brand_walls = True
    organisation.save()
    mail = arrive("reply_apple_mail")
    client.force_login(UserFactory(role="coordinator", name="Sita"))
    assert client.post(reverse("message-new"), typed(mail)).status_code == 404
    assert Message.objects.count() == 0
