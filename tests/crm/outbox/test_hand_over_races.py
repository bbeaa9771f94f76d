"""Two colleagues open WhatsApp with the same message at the same moment: one row, one link, and she reads it once."""

import datetime as dt
import threading
from typing import Any

import pytest

from crm.outbox import hand_over as room
from crm.outbox.compose import compose, insert_once
from crm.outbox.hand_over import Passing, hand_over
from crm.outbox.models import Contact, Email
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.factories import UserFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

ROUNDS = 10
FACTS = {"greeting": "Kak Kirana", "brand": "Lumi Skincare", "owner": "Dinda"}


def both_take_it(kirana: Contact, people: list[User], now: dt.datetime, number: int) -> list[Passing]:
    """What each of two colleagues gets who press at once, about one waiting mail."""
    mail = insert_once(compose("portal_link", to=kirana, key=f"race/{number}", at=now, context=FACTS))
    got: list[Passing] = []

    def press(person: User) -> Any:
        mine = Email.objects.select_related("contact").get(pk=mail.pk)
        return lambda: got.append(hand_over(mine, by=Actor.user(person), at=now))

    assert together(*(press(person) for person in people)) == []
    return got


@pytest.fixture
def people(db: None) -> list[User]:
    return [UserFactory(name=name) for name in ("Dinda Ayuningrum", "Raka Pratama")]


def test_one_row_and_one_link_however_many_press_at_once(kirana: Contact, people: list[User], now: dt.datetime) -> None:
    for number in range(ROUNDS):
        got = both_take_it(kirana, people, now, number)
        assert sorted(passing.has_link for passing in got) == [False, True]
    handed = Email.objects.filter(channel="whatsapp", state="sent")
    assert (handed.count(), Email.objects.filter(channel="email", state="skipped").count()) == (ROUNDS, ROUNDS)
    assert Entry.objects.filter(verb="email.handed_over").count() == ROUNDS


def test_control_without_hold_and_key_of_the_message_both_would_say_it(
    kirana: Contact, people: list[User], now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both look, both see that nobody has it, both take it."""
    both_looked = threading.Barrier(2, timeout=20)

    def look_then_insert(row: Email) -> Email:
        there = Email.objects.filter(key=row.key).first()
        both_looked.wait()
        row.key = f"{row.key}/{threading.get_ident()}"
        if there is None:
            row.save(force_insert=True)
        return there or row

    monkeypatch.setattr(room, "insert_once", look_then_insert)
    monkeypatch.setattr(Contact, "hold", lambda self: None)
    monkeypatch.setattr(Email, "make_way", lambda self, **words: None)
    got = both_take_it(kirana, people, now, 1)
    assert [passing.has_link for passing in got] == [True, True]
    assert Email.objects.filter(channel="whatsapp", state="sent").count() == 2
