"""When a message leaves for each: her hours, her days, and how much she had lately."""

import datetime as dt
from collections.abc import Callable

import pytest

from crm.base.models import Holiday
from crm.influencers.models import DayOff, Influencer
from crm.messages import actions
from crm.messages.models import Message
from crm.outbox.models import Email
from crm.outbox.reasons import in_words
from crm.reminders.models import Cap
from crm.team.models import User
from crm.timeline.record import Actor
from tests.conftest import NOW
from tests.crm.messages.conftest import contact_of, reachable

pytestmark = pytest.mark.django_db

Write = Callable[..., Message]


def when(message: Message) -> list[tuple[str, str]]:
    """Each one's moment in UTC, and why it is not the one asked for."""
    rows = message.lines.order_by("place")
    return [(f"{row.send_at:%d %H:%M}", in_words(row.why)) for row in rows if row.send_at]


def test_at_an_hour_where_each_is(written: Write) -> None:
    people = [reachable("Ayu", zone="Asia/Jakarta"), reachable("Bima", zone="Asia/Jayapura")]
    message = written(people, leave_on=dt.date(2026, 11, 25), leave_clock=dt.time(10, 0))
    assert when(message) == [("25 03:00", ""), ("25 01:00", "")]


def test_at_one_instant_for_all(written: Write) -> None:
    people = [reachable("Ayu", zone="Asia/Jakarta"), reachable("Bima", zone="Asia/Jayapura")]
    at = {"leave_on": dt.date(2026, 11, 25), "leave_clock": dt.time(10, 0), "zone": "Asia/Jakarta"}
    assert when(written(people, **at)) == [("25 03:00", ""), ("25 03:00", "")]


def test_quiet_hours_are_kept_where_she_is_also_when_it_cannot_wait(written: Write) -> None:
    people = [reachable("Ayu", zone="Asia/Jakarta"), reachable("Bima", zone="Asia/Jayapura")]
    at = {"leave_on": dt.date(2026, 11, 25), "leave_clock": dt.time(20, 0), "zone": "Asia/Jakarta", "is_urgent": True}
    assert when(written(people, **at)) == [("25 13:00", ""), ("25 23:00", "Waits for the end of the quiet hours.")]


@pytest.mark.parametrize(("is_urgent", "expected"), [(False, "30 02:00"), (True, "28 03:00")])
def test_a_weekend_waits_for_monday_unless_it_cannot(written: Write, is_urgent: bool, expected: str) -> None:
    message = written(
        [reachable("Ayu")], leave_on=dt.date(2026, 11, 28), leave_clock=dt.time(10, 0), is_urgent=is_urgent
    )
    assert when(message) == [(expected, "" if is_urgent else "Waits for the next working day.")]


def test_a_holiday_waits_for_the_day_after(written: Write) -> None:
    Holiday.objects.create(country="ID", on=dt.date(2026, 11, 25), name_en="A day", name_id="Sehari")
    message = written([reachable("Ayu")], leave_on=dt.date(2026, 11, 25), leave_clock=dt.time(10, 0))
    assert when(message) == [("26 02:00", "Waits for the next working day.")]


def test_her_days_off_are_hers(written: Write) -> None:
    person = reachable("Ayu")
    DayOff.objects.create(influencer=person, start_on=dt.date(2026, 11, 24), end_on=dt.date(2026, 11, 25))
    assert when(written([person, reachable("Bima")])) == [
        ("26 02:00", "Has days off until then."), ("24 03:00", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("is_urgent", [False, True])
def test_who_had_a_message_today_gets_it_tomorrow_unless_it_cannot_wait(
    written: Write, three: list[Influencer], coordinator: User, is_urgent: bool
) -> None:
    assert Cap.objects.in_force(NOW.date())["day"] == 1
    first = written(three[:1])
    first.confirm(at=NOW, actor=Actor.user(coordinator))
    actions.carry_on(first.pk, now=NOW)
    (moment, why), (other, _why) = when(written(three[:2], is_urgent=is_urgent))
    assert (moment, bool(why)) == (("24 03:00", False) if is_urgent else ("25 02:00", True))
    assert other == "24 03:00"


def test_the_outbox_keeps_the_moment(written: Write, coordinator: User) -> None:
    message = written([reachable("Ayu")], leave_on=dt.date(2026, 11, 25), leave_clock=dt.time(10, 0))
    message.confirm(at=NOW, actor=Actor.user(coordinator))
    actions.carry_on(message.pk, now=NOW)
    email = Email.objects.get()
    assert (email.state, email.send_at) == ("queued", dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC))
    assert Email.objects.due(NOW).count() == 0


def test_an_hour_that_has_passed_means_now(written: Write) -> None:
    message = written([reachable("Ayu")], leave_on=NOW.date(), leave_clock=dt.time(8, 0))
    assert when(message) == [("24 03:00", "")]
    assert contact_of(Influencer.objects.get()).zone == "Asia/Jakarta"
