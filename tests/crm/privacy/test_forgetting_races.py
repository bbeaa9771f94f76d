"""She is forgotten while others write about her: in the end nothing of hers is left, whoever was first.

Each race has a control that shows what is left without what is tried here.
"""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from crm.influencers.imports.writing import write
from crm.influencers.models import ImportRun, Influencer, Note, SocialAccount
from crm.outbox.compose import enqueue
from crm.outbox.delivery import send_due
from crm.outbox.models import Contact, Email
from crm.payments.models import LedgerLine
from crm.privacy import erasing
from crm.privacy.asking import Said, ask
from crm.privacy.erasing import erase_what_ended, forget, look_again_later
from crm.privacy.models import PrivacyRequest
from crm.reminders.models import Todo
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor, record
from tests.crm.influencers.imports.conftest import Import, house, rehearse  # noqa: F401
from tests.crm.privacy.canary import where_it_stands
from tests.factories import BrandFactory, ContactFactory, InfluencerFactory, RepresentationFactory, SocialAccountFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
NOW = dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)
HER = ("sekar wulan", "sekar.wulan", "sekar@contoh", "+62812345670")
PATIENCE = 20
AN_HOUR_LATER = NOW + dt.timedelta(hours=2)


@pytest.fixture
def sekar(organisation: object) -> Influencer:
    person = InfluencerFactory(stage_name="Sekar Wulan")
    contact = ContactFactory(name="Sekar Wulan", email="sekar@contoh.example", phone="+628123456700")
    RepresentationFactory(influencer=person, contact=contact)
    SocialAccountFactory(influencer=person, handle="sekar.wulan")
    return person


def contact_of(person: Influencer) -> Contact:
    return Contact.objects.get(representations__influencer=person)


def meanwhile(person: Influencer, write_it: Callable[[], Any]) -> list[str]:
    """Forget her, and write when every step is done and nothing of it holds yet; the names of what was raised."""
    asked = ask(person, Said("erasure", NOW), at=NOW, actor=SYSTEM)
    gone, begun = threading.Event(), threading.Event()

    def forget_slowly() -> None:
        with transaction.atomic():
            forget(asked, at=NOW, actor=SYSTEM)
            gone.set()
            begun.wait(PATIENCE)
            threading.Event().wait(0.3)  # whoever has to wait for her waits by now

    def write_after() -> None:
        gone.wait(PATIENCE)
        begun.set()
        write_it()

    return together(forget_slowly, write_after)


def words_about(person: Influencer, other: Influencer) -> Callable[[], Any]:
    """What may come in at any moment: words beside other people, a task, a message, a story, a note, money."""
    contact = contact_of(person)

    def write_it() -> None:
        Note.objects.create(influencer=other, text="Sekar Wulan's sister, sekar@contoh.example")
        Todo.objects.create(text="Call Sekar Wulan", influencer_ref=person.pk, influencer_label="Sekar Wulan")
        Email.objects.create(
            name="draft_due", key="her", contact=contact, subject="Sekar Wulan", text="sekar.wulan", send_at=NOW
        )
        record("note.added", "Sekar Wulan", at=NOW, actor=SYSTEM, influencer=person.pk, quote="sekar.wulan")
        Note.objects.create(influencer=person, text="Sekar Wulan called")

    return write_it


def test_what_is_written_about_her_meanwhile_goes_as_well(sekar: Influencer) -> None:
    other = InfluencerFactory(stage_name="Vina Paramitha")
    assert meanwhile(sekar, words_about(sekar, other)) == []
    assert look_again_later(AN_HOUR_LATER) == 1
    assert where_it_stands(*HER) == {}
    assert Note.objects.get().text == "[…]'s sister, […]"
    assert Email.objects.waiting().count() == 0
    assert look_again_later(AN_HOUR_LATER) == 0


def test_control_without_the_second_look_it_stays(sekar: Influencer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "look_again", lambda *_args, **_words: None)
    assert meanwhile(sekar, words_about(sekar, InfluencerFactory())) == []
    assert {place.split(".")[0] for place in where_it_stands(*HER)} == {
        "crm_email", "crm_entry", "crm_note", "crm_todo",
    }  # fmt: skip


def test_money_that_comes_in_meanwhile_is_held_and_goes_in_the_end(sekar: Influencer) -> None:
    brand = BrandFactory()

    def owe() -> None:
        LedgerLine.objects.create(
            kind="fee", influencer=sekar, brand=brand, amount=1_000, label="Sekar Wulan, a post", key="one",
            on=NOW.date(), at=NOW, by="Dinda",
        )  # fmt: skip

    assert meanwhile(sekar, owe) == []
    assert look_again_later(AN_HOUR_LATER) == 1
    asked = PrivacyRequest.objects.get()
    assert (asked.status, asked.held_until) == ("held", dt.date(2036, 12, 31))
    assert erase_what_ended(dt.datetime(2037, 1, 1, 5, tzinfo=dt.UTC)) == 1
    assert where_it_stands(*HER) == {}
    assert LedgerLine.objects.get().amount.amount == 1_000


@pytest.fixture
def coming_back(sekar: Influencer, rehearse: Import, coordinator: User) -> ImportRun:  # noqa: F811
    """A confirmed file with her number under another name and handle: it would make somebody new of her."""
    SocialAccount.objects.filter(influencer=sekar).update(handle="sk")
    run = rehearse("b.csv", b"Nama,Akun IG,No. WA,Email\nAyu,@ayu.baru,0812-3456-700,\n")
    assert run.counts["new"] == 1
    run.confirm(at=NOW, actor=Actor.user(coordinator))
    return run


def test_a_file_that_is_written_meanwhile_brings_nobody_back(sekar: Influencer, coming_back: ImportRun) -> None:
    assert meanwhile(sekar, lambda: write(coming_back, now=NOW)) == []
    assert (Influencer.objects.count(), where_it_stands(*HER)) == (1, {})


def test_control_without_waiting_for_files_she_is_back(
    sekar: Influencer, coming_back: ImportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "wait_for_files", lambda: None)
    assert meanwhile(sekar, lambda: write(coming_back, now=NOW)) == []
    assert (Influencer.objects.count(), "crm_contact.phone" in where_it_stands(*HER)) == (2, True)


def test_a_message_that_leaves_at_that_second_keeps_no_word(sekar: Influencer, settings: Any) -> None:
    enqueue("test_mail", to=contact_of(sekar), key="race", at=NOW, context={})
    asked = ask(sekar, Said("erasure", NOW), at=NOW, actor=SYSTEM)
    raised = together(lambda: forget(asked, at=NOW, actor=SYSTEM), lambda: send_due(lambda: NOW))
    assert raised == []
    assert look_again_later(AN_HOUR_LATER) == 1
    assert where_it_stands(*HER) == {}
    assert Email.objects.waiting().count() == 0


def test_of_two_who_press_one_is_refused_and_one_story_is_told(sekar: Influencer) -> None:
    asked = ask(sekar, Said("erasure", NOW), at=NOW, actor=SYSTEM)
    press = [lambda: forget(PrivacyRequest.objects.get(pk=asked.pk), at=NOW, actor=SYSTEM)] * 2
    assert together(*press) == ["TransitionRefused"]
    assert Entry.objects.filter(verb__in=["privacy.forgotten", "privacy.met"]).count() == 2
    assert where_it_stands(*HER) == {}
