"""A parcel that stands packed, or that nobody hears of, is somebody's to look for; news and leaving end that."""

import datetime as dt
from typing import Any

import pytest

from campaigns.samples.models import SampleTerm
from campaigns.samples.shipping.actions import Heard, Leave, note_event, ship
from campaigns.samples.shipping.couriers import couriers_in_use
from campaigns.samples.shipping.reminders import STUCK, stuck
from crm.reminders.models import Reminder
from crm.reminders.plan import plan
from crm.reminders.registry import Asked
from crm.timeline.record import Actor
from tests.campaigns.samples.parcels import NOW, a_parcel

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def days(now: dt.datetime = NOW, **asked: Any) -> list[tuple[int, dt.date]]:
    return [(int(one.subject.split(":")[1]), one.due_on) for one in stuck(Asked(now=now, **asked))]


def test_packed_for_two_days_and_silent_for_three_are_due() -> None:
    """Rule 4.5.14: packed and not shipped, no word of it."""
    packed = a_parcel(status="packed", packed_at=NOW)
    away = a_parcel(status="in_transit")
    for status in ("reserved", "delivered", "lost", "cancelled"):
        a_parcel(status=status)
    assert days() == [(packed.pk, dt.date(2026, 11, 22)), (away.pk, dt.date(2026, 11, 23))]


def test_news_puts_it_off_and_arriving_ends_it(actor: Actor) -> None:
    away = a_parcel(status="in_transit")
    note_event(away, Heard(NOW + DAY, "Qwerty"), at=NOW + DAY, actor=actor)
    assert days() == [(away.pk, dt.date(2026, 11, 24))]
    note_event(away, Heard(NOW + 2 * DAY, "Delivered"), at=NOW + 2 * DAY, actor=actor)
    assert days() == []
    (said,) = stuck(Asked(now=NOW, subjects=[away.pk]))
    assert str(said.stopped_why) == "It has arrived"


def test_leaving_ends_the_waiting_and_begins_the_silence(actor: Actor) -> None:
    packed = a_parcel(status="packed", packed_at=NOW)
    jne = next(one for one in couriers_in_use() if one.code == "jne")
    ship(packed, Leave(jne, "0112345678"), at=NOW + 4 * DAY, actor=actor)
    assert days() == [(packed.pk, dt.date(2026, 11, 27))]


def test_the_days_are_rows_of_the_terms() -> None:
    away = a_parcel(status="in_transit")
    SampleTerm.objects.filter(code="no_event").update(number=7)
    assert days() == [(away.pk, dt.date(2026, 11, 27))]


def test_after_days_of_downtime_it_is_planned_once(organisation: Any) -> None:
    parcel = a_parcel(status="in_transit")
    for now in (NOW + 6 * DAY, NOW + 6 * DAY, NOW + 7 * DAY):
        plan(now)
    rows = Reminder.objects.filter(subject=f"campaigns.shipment:{parcel.pk}", kind=STUCK)
    assert rows.count() == len(set(rows.values_list("contact", "due_key"))) > 0
