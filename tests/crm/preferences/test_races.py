"""Two people at the same moment: one yes is one row, and a no is told once."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, transaction

from crm.outbox.models import Contact
from crm.preferences.actions import agree, take_back
from crm.preferences.models import Consent
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.factories import ContactFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

ROUNDS = 5


def test_without_the_lock_the_second_yes_breaks(now: dt.datetime) -> None:
    """The control: looking first and writing afterwards runs into the constraint."""
    kirana = ContactFactory()
    both_looked = threading.Barrier(2)

    def naive() -> None:
        with transaction.atomic():
            stands = Consent.objects.open().filter(contact=kirana, purpose="news").exists()
            both_looked.wait(timeout=10)
            if not stands:
                Consent.objects.create(contact=kirana, purpose="news", given_at=now)

    assert together(naive, naive) == [IntegrityError.__name__]


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_yeses_at_once_are_one(now: dt.datetime, round_: int) -> None:
    kirana: Contact = ContactFactory()

    def yes() -> None:
        agree(kirana, "news", at=now, actor=SYSTEM)

    assert together(yes, yes) == []
    assert (Consent.objects.count(), Entry.objects.filter(verb="consent.given").count()) == (1, 1)


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_noes_at_once_are_told_once(now: dt.datetime, round_: int) -> None:
    kirana: Contact = ContactFactory()
    agree(kirana, "news", at=now, actor=SYSTEM)

    def no() -> None:
        take_back(kirana, "news", at=now, actor=SYSTEM)

    assert together(no, no) == []
    assert Consent.objects.get().withdrawn_at == now
    assert Entry.objects.filter(verb="consent.taken_back").count() == 1
