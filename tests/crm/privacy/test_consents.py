"""Consents as the house can show them, and the 72 hours after one was taken back, from the task to the words of what was done."""

import csv
import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.outbox.models import Email
from crm.outbox.topics import Purpose
from crm.preferences.actions import Evidence, agree, take_back
from crm.preferences.models import Consent
from crm.privacy.consents.queries import minors_nobody_agreed_for
from crm.privacy.consents.stopping import stopped
from crm.privacy.deadlines.upkeep import tell_keepers
from crm.reminders.models import Todo
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.factories import ContactFactory, InfluencerFactory, RepresentationFactory

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def taken_back(organisation: object, now: dt.datetime) -> Consent:
    stands = RepresentationFactory(
        influencer=InfluencerFactory(stage_name="Kirana"), contact=ContactFactory(name="Kirana")
    )
    agree(stands.contact, Purpose.PROFILE, at=now - 48 * HOUR, actor=SYSTEM, how=Evidence(words="Ya, boleh"))
    take_back(stands.contact, Purpose.PROFILE, at=now, actor=SYSTEM)
    return Consent.objects.get()


def test_taking_back_begins_72_hours_that_end_with_words_in_her_story(
    taken_back: Consent, coordinator: User, now: dt.datetime
) -> None:
    task = Todo.objects.get()
    assert (task.due_at, task.url) == (now + 72 * HOUR, f"/privacy/consents/{taken_back.pk}/stopped/")
    assert stopped(taken_back, "Notes deleted", by=coordinator, at=now + HOUR) is True
    assert stopped(taken_back, "Again", by=coordinator, at=now + HOUR) is False
    told = Entry.objects.get(verb="consent.stopped")
    assert (told.quote, told.sentence_en, told.influencer.stage_name) == (
        "Notes deleted", "We stopped after Kirana took back: a profile with us", "Kirana",
    )  # fmt: skip
    assert Todo.objects.open().count() == 0


def test_keepers_hear_once_when_a_day_is_left_and_once_when_it_ran_out(
    taken_back: Consent, owner: User, coordinator: User, now: dt.datetime
) -> None:
    hours = (47, 48, 49, 71, 72, 73, 90)
    told = [tell_keepers(now + number * HOUR).get("told", 0) for number in hours]
    assert told == [0, 1, 0, 0, 1, 0, 0]
    assert {email.contact for email in Email.objects.filter(name="privacy_deadline")} == {owner.contact}
    stopped(taken_back, "Notes deleted", by=coordinator, at=now + 91 * HOUR)
    assert tell_keepers(now + 100 * HOUR) == {}


def test_a_settled_agreement_is_never_told(
    taken_back: Consent, owner: User, coordinator: User, now: dt.datetime
) -> None:
    stopped(taken_back, "Notes deleted", by=coordinator, at=now)
    assert (tell_keepers(now + 80 * HOUR), Email.objects.count()) == ({}, 0)


def test_the_list_knows_who_has_said_what(taken_back: Consent, as_owner: Client, now: dt.datetime) -> None:
    yes, silent = ContactFactory(name="Ani"), ContactFactory(name="Budi")
    agree(yes, Purpose.PROFILE, at=now, actor=SYSTEM)
    answers = {
        part: [
            line.contact
            for line in as_owner.get(f"/privacy/consents/?purpose=profile&part={part}").context["found"].lines
        ]
        for part in ("agreed", "ended", "never")
    }
    assert answers == {"agreed": [yes], "ended": [taken_back.contact], "never": [silent]}


def test_the_proof_holds_words_version_moment_and_how_we_know(taken_back: Consent, as_owner: Client) -> None:
    answer = as_owner.get(f"/privacy/consents/{taken_back.contact_id}/proof.csv")
    (row,) = csv.DictReader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))  # type: ignore[attr-defined]
    assert (row["contact"], row["version"], row["how we know"]) == ("Kirana", "1", "Ya, boleh")
    assert (row["words she agreed to"], bool(row["agreed"]), bool(row["taken back"])) == (taken_back.shown, True, True)


def test_a_minor_needs_the_yes_of_a_guardian(organisation: object, now: dt.datetime) -> None:
    child = InfluencerFactory(stage_name="Anak", birth_on=dt.date(2012, 1, 1))
    InfluencerFactory(stage_name="Dewasa", birth_on=dt.date(2000, 1, 1))
    guardian = RepresentationFactory(influencer=child, capacity="guardian").contact
    assert minors_nobody_agreed_for(now) == [child]
    agree(guardian, Purpose.MINOR, at=now, actor=SYSTEM)
    assert minors_nobody_agreed_for(now) == []


def test_the_list_asks_as_often_for_three(as_owner: Client, now: dt.datetime, django_assert_num_queries: Any) -> None:
    for _number in (1, 3):
        while Consent.objects.count() < _number:
            agree(ContactFactory(), Purpose.NEWS, at=now, actor=SYSTEM)
        with django_assert_num_queries(7):
            as_owner.get("/privacy/consents/?purpose=news&part=agreed")


def test_words_of_what_was_done_are_asked_for(taken_back: Consent, as_coordinator: Client) -> None:
    page = f"/privacy/consents/{taken_back.pk}/stopped/"
    task = Todo.objects.get()
    pressed = as_coordinator.post(reverse("todo-done", args=[task.pk]))
    assert (pressed.status_code, pressed["Location"], Todo.objects.open().count()) == (302, page, 1)
    assert (
        reverse("todo-done", args=[task.pk]).encode() not in as_coordinator.get(reverse("todo", args=[task.pk])).content
    )
    assert (as_coordinator.post(page, {"done": ""}).status_code, Todo.objects.open().count()) == (422, 1)
    assert as_coordinator.post(page, {"done": "All deleted"}).status_code == 302
    assert Todo.objects.open().count() == 0
