"""A person asks: three times 24 hours, once at a time, forgotten only when nothing runs, and never by half."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from crm.base.models import StoredFile
from crm.influencers.models import Influencer, Note
from crm.outbox.models import Contact
from crm.privacy.asking import Said, ask, hold, lift
from crm.privacy.erasing import NotYet, forget
from crm.privacy.marks import forgotten_on, mark, of_handle
from crm.privacy.models import Forgotten, LegalHold, PrivacyRequest
from crm.privacy.own import building
from crm.privacy.whose import her_of
from crm.reminders.models import Todo
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from crm.timeline.transitions import TransitionRefused
from tests.factories import ContactFactory, InfluencerFactory, RepresentationFactory, SocialAccountFactory
from tests.factories.house_rows import request_of

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC)
ERASURE = Said("erasure", NOW, "whatsapp", "Please delete me")


@pytest.fixture
def sekar() -> Influencer:
    person = InfluencerFactory(stage_name="Sekar Wulan")
    stands = RepresentationFactory(
        influencer=person,
        contact=ContactFactory(name="Sekar Wulan", email="sekar@contoh.example", phone="+628123456700"),
    )
    SocialAccountFactory(influencer=person, handle="sekar.wulan")
    Note.objects.create(influencer=person, text="Likes tea")
    assert stands.contact.email == "sekar@contoh.example"
    return person


def test_she_has_an_answer_within_three_times_24_hours(sekar: Influencer) -> None:
    asked = ask(sekar, ERASURE, at=NOW, actor=SYSTEM)
    assert (asked.status, asked.due_at) == ("asked", NOW + dt.timedelta(hours=72))
    assert Entry.objects.story_of(sekar.pk).values_list("verb", "quote").get() == ("privacy.asked", "Please delete me")


def test_it_stands_on_today_until_it_is_answered(sekar: Influencer) -> None:
    asked = ask(sekar, ERASURE, at=NOW, actor=SYSTEM)
    assert Todo.objects.open().values_list("due_at", "influencer_label").get() == (asked.due_at, "Sekar Wulan")
    asked.refuse("She is not the person", at=NOW, actor=SYSTEM)
    assert Todo.objects.open().count() == 0


def test_the_same_is_not_asked_twice_while_nobody_has_answered(sekar: Influencer) -> None:
    ask(sekar, ERASURE, at=NOW, actor=SYSTEM)
    with pytest.raises(ValidationError):
        ask(sekar, ERASURE, at=NOW, actor=SYSTEM)
    assert PrivacyRequest.objects.count() == 1
    ask(sekar, Said("export", NOW), at=NOW, actor=SYSTEM)
    assert PrivacyRequest.objects.open().count() == 2


def test_nobody_is_forgotten_while_a_colleague_holds_her(sekar: Influencer) -> None:
    asked = ask(sekar, ERASURE, at=NOW, actor=SYSTEM)
    held = hold(sekar, LegalHold(why="A dispute", from_on=NOW.date()), at=NOW, actor=SYSTEM)
    with pytest.raises(NotYet):
        forget(asked, at=NOW, actor=SYSTEM)
    asked.refresh_from_db()
    assert (asked.status, Note.objects.count(), Forgotten.objects.count()) == ("asked", 1, 0)
    assert lift(held, "Settled", at=NOW, actor=SYSTEM)
    assert not lift(held, "Settled", at=NOW, actor=SYSTEM)
    forget(asked, at=NOW, actor=SYSTEM)
    assert (PrivacyRequest.objects.get().status, Note.objects.count()) == ("done", 0)


def test_forgetting_twice_changes_nothing_the_second_time(sekar: Influencer) -> None:
    asked = ask(sekar, ERASURE, at=NOW, actor=SYSTEM)
    forget(asked, at=NOW, actor=SYSTEM)
    entries = Entry.objects.count()
    with pytest.raises(TransitionRefused):
        forget(PrivacyRequest.objects.get(), at=NOW, actor=SYSTEM)
    assert Entry.objects.count() == entries
    with pytest.raises(ValidationError):
        ask(Influencer.objects.get(pk=sekar.pk), ERASURE, at=NOW, actor=SYSTEM)


def test_she_is_known_again_by_marks_nobody_can_read(sekar: Influencer) -> None:
    forget(ask(sekar, ERASURE, at=NOW, actor=SYSTEM), at=NOW, actor=SYSTEM)
    assert sorted(Forgotten.objects.values_list("kind", flat=True)) == ["email", "handle", "phone"]
    assert forgotten_on([mark("email", " Sekar@Contoh.example ")]) == NOW.date()
    assert forgotten_on([of_handle("instagram", "@Sekar.Wulan")]) == NOW.date()
    assert forgotten_on([mark("email", "other@contoh.example")]) is None


def test_an_agent_of_several_people_keeps_his_own_data(sekar: Influencer) -> None:
    agent = ContactFactory(kind="agent", name="Bima Agency", email="bima@contoh.example")
    for person in (sekar, InfluencerFactory()):
        RepresentationFactory(influencer=person, contact=agent, capacity="agent")
    assert agent.pk not in her_of(sekar.pk).contacts
    forget(ask(sekar, ERASURE, at=NOW, actor=SYSTEM), at=NOW, actor=SYSTEM)
    assert Contact.objects.get(pk=agent.pk).email == "bima@contoh.example"


def test_a_name_somebody_else_has_too_stays_in_texts_about_others(sekar: Influencer) -> None:
    other = InfluencerFactory(stage_name="Sekar Wulan Dewi")
    note = Note.objects.create(influencer=other, text="Sekar Wulan Dewi, of sekar@contoh.example")
    forget(ask(sekar, ERASURE, at=NOW, actor=SYSTEM), at=NOW, actor=SYSTEM)
    note.refresh_from_db()
    assert note.text == "Sekar Wulan Dewi, of […]"


def test_her_file_waits_two_weeks_and_goes(
    sekar: Influencer, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    asked = request_of(influencer=sekar, kind="export")
    building.approve(asked, at=NOW, actor=SYSTEM)
    assert building.write(asked.pk, lambda: NOW)
    assert not building.write(asked.pk, lambda: NOW)
    asked.refresh_from_db()
    assert (asked.status, asked.expires_at) == ("ready", NOW + dt.timedelta(days=14))
    kept = StoredFile.objects.get()
    assert building.remove_expired(NOW + dt.timedelta(days=13)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert building.remove_expired(NOW + dt.timedelta(days=15)) == 1
    assert (PrivacyRequest.objects.get().status, StoredFile.objects.count()) == ("done", 0)
    assert not default_storage.exists(kept.file.name)
