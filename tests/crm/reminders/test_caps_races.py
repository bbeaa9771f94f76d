"""Two ticks at once never say more than a cap allows. The same race without holding the contact shows what that is for."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections, transaction

from crm.outbox.models import Contact, Email
from crm.reminders.caps import Calendar, has_room
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder, Rule, Todo
from crm.reminders.plan import plan
from tests.crm.reminders.conftest import Source
from tests.races import let_go

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

TUESDAY = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
TICKS = 6


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such race")


def at_once(work: Callable[[int], None]) -> None:
    start, broke = threading.Barrier(TICKS), []

    def run(number: int) -> None:
        try:
            start.wait(60)
            work(number)
        except Exception as error:
            broke.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[number]) for number in range(TICKS)]
    let_go(threads)
    assert broke == []


@pytest.fixture
def due(source: Source, rule: Callable[..., Rule], kirana: Contact) -> None:
    """As many brands as ticks want something of her on one day."""
    rule((-3, "draft_due"))
    for pk in range(1, TICKS + 1):
        source.add(pk, contact_ids=(kirana.pk,), influencer_id=7, brand_id=pk)
    plan(TUESDAY)


def test_ticks_at_once_send_one_message_a_day(due: None) -> None:
    at_once(lambda number: mail_due(TUESDAY) and None)
    assert Email.objects.count() == 1
    assert list(Reminder.objects.values_list("state").order_by("state")) == [("mailed",)] + [("queued",)] * (TICKS - 1)
    assert Reminder.objects.queued().filter(waits_until__isnull=True).count() == 0


def test_ticks_at_once_ask_a_colleague_for_one_message_a_day(due: None, kirana: Contact) -> None:
    Contact.objects.filter(pk=kirana.pk).update(prefers="whatsapp", whatsapp="+6281290001234")
    at_once(lambda number: mail_due(TUESDAY) and None)
    assert (Email.objects.count(), Todo.objects.open().count()) == (0, 1)
    assert Reminder.objects.queued().filter(waits_until__isnull=False).count() == TICKS - 1


def test_control_counting_without_holding_the_contact_lets_all_through(kirana: Contact) -> None:
    together = threading.Barrier(TICKS)
    calendar = Calendar.on(TUESDAY)

    def count_and_write(number: int) -> None:
        with transaction.atomic():
            free = has_room((kirana.pk, 7), calendar, TUESDAY)
            together.wait(10)
            if free:
                Email.objects.create(contact=kirana, key=f"race/{number}", influencer_ref=7, send_at=TUESDAY)

    at_once(count_and_write)
    assert Email.objects.count() == TICKS
