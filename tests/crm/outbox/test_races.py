"""Many senders at once: each message is claimed once. The same race without the lock shows what the lock is for."""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, connections, transaction

from crm.outbox.compose import enqueue
from crm.outbox.delivery import send_due
from crm.outbox.models import Contact, Email
from tests.chaos.sink import Sink
from tests.factories import ContactFactory
from tests.races import let_go

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

MESSAGES, SENDERS = 60, 6


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such race")


@pytest.fixture
def contact() -> Contact:
    return ContactFactory()


def fill(contact: Contact, now: dt.datetime) -> None:
    for number in range(MESSAGES):
        enqueue("test_mail", to=contact, key=f"race/{number}", at=now, context={})


def at_once(work: Callable[[int], None]) -> None:
    """Run the work in several threads that start together."""
    start, broke = threading.Barrier(SENDERS), []

    def run(number: int) -> None:
        try:
            start.wait(60)
            work(number)
        except Exception as error:
            broke.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[number]) for number in range(SENDERS)]
    let_go(threads)
    assert broke == []


def test_each_message_is_claimed_by_one_sender(contact: Contact, now: dt.datetime) -> None:
    fill(contact, now)
    claimed: Counter[int] = Counter()

    def claim(number: int) -> None:
        token, until = f"sender-{number}", now + dt.timedelta(minutes=5)
        while emails := Email.objects.all().claim(7, token=token, now=now, until=until):
            claimed.update(email.pk for email in emails if email.lease_token == token)

    at_once(claim)
    assert (len(claimed), set(claimed.values())) == (MESSAGES, {1})
    assert set(Email.objects.values_list("state", "attempts")) == {("sending", 1)}


def test_control_without_the_lock_messages_are_claimed_twice(contact: Contact, now: dt.datetime) -> None:
    fill(contact, now)
    claimed: Counter[int] = Counter()
    together = threading.Barrier(SENDERS)

    def claim(number: int) -> None:
        with transaction.atomic():
            ids = list(Email.objects.due(now).order_by("pk").values_list("pk", flat=True)[:7])
            together.wait(10)
            Email.objects.filter(pk__in=ids).update(state="sending", lease_token=str(number), lease_until=now)
            claimed.update(ids)

    at_once(claim)
    assert max(claimed.values()) == SENDERS


def test_many_senders_over_real_smtp_send_each_message_once(
    contact: Contact, now: dt.datetime, settings: Any, sink: Iterator[Sink]
) -> None:
    fill(contact, now)
    totals: Counter[str] = Counter()
    lock = threading.Lock()

    def send(number: int) -> None:
        report = send_due(lambda: now, batch_size=5)
        with lock:
            totals.update(report)

    at_once(send)
    assert isinstance(sink, Sink)
    arrived = Counter(message["Message-ID"] for message in sink.messages)
    assert (totals, len(arrived), set(arrived.values())) == ({"sent": MESSAGES}, MESSAGES, {1})


def test_asking_for_one_key_at_once_is_one_row(contact: Contact, now: dt.datetime) -> None:
    got: list[int] = []

    def ask(number: int) -> None:
        email = enqueue("test_mail", to=contact, key="the same", at=now, context={})
        assert email is not None
        got.append(email.pk)

    at_once(ask)
    assert (len(got), len(set(got)), Email.objects.count()) == (SENDERS, 1, 1)
