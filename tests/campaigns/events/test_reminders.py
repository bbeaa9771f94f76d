"""Events in reminders, on her own page and in calendars."""

import datetime as dt
from collections.abc import Callable

import pytest

from campaigns.events.models import Event, Guest
from campaigns.events.reminders import ANSWER, COMING, EVENT
from crm.portal.registry import AnswerRefused, Asking, Told, find_task, settle
from crm.reminders.registry import Asked, Shift, dues, movable
from crm.timeline.record import SYSTEM
from tests.factories import RepresentationFactory, UserFactory

pytestmark = pytest.mark.django_db
Evening, Invited = Callable[..., Event], Callable[..., Guest]


def asking(guest: Guest, now: dt.datetime, **other: object) -> Asking:
    return Asking(
        influencer_id=guest.influencer_id, brand_id=guest.event.brand_id, now=now, zone="Asia/Jakarta", **other
    )  # type: ignore[arg-type]


def kinds(now: dt.datetime) -> list[str]:
    return sorted(found.kind for found in dues(Asked(now=now), {ANSWER, COMING, EVENT}))


def answer(guest: Guest, code: str, now: dt.datetime, **data: object) -> str | None:
    task = find_task(asking(guest, now), "event", guest.pk)
    assert task is not None
    return settle(asking(guest, now), task, Told(code=code, data=data, at=now, actor=SYSTEM))


def test_an_open_answer_is_asked_for_and_a_yes_ends_it(evening: Evening, invited: Invited, now: dt.datetime) -> None:
    guest = invited(evening())
    assert kinds(now) == [ANSWER, EVENT]
    answer(guest, "yes", now, seats=1)
    assert kinds(now) == [COMING, EVENT]


def test_nobody_is_asked_once_the_day_to_answer_is_over(evening: Evening, invited: Invited, now: dt.datetime) -> None:
    invited(evening(answer_by_on=now.date() - dt.timedelta(days=2)))
    assert kinds(now) == [EVENT]


def test_her_yes_comes_too_late_after_the_day_and_ours_does_not(
    evening: Evening, invited: Invited, now: dt.datetime
) -> None:
    guest = invited(evening(answer_by_on=now.date() - dt.timedelta(days=2)))
    contact = RepresentationFactory(influencer=guest.influencer).contact
    hers = asking(guest, now, contact=contact)
    task = find_task(hers, "event", guest.pk)
    assert task is not None
    with pytest.raises(AnswerRefused, match="The day to answer is over"):
        settle(hers, task, Told(code="yes", data={"seats": 1}, at=now, actor=SYSTEM))
    answer(guest, "yes", now, seats=1)
    assert Guest.objects.get().status == "coming"


def test_a_yes_beyond_the_seats_is_thanked_as_waiting(evening: Evening, invited: Invited, now: dt.datetime) -> None:
    event = evening(seats=1)
    first, second = invited(event), invited(event)
    answer(first, "yes", now, seats=1)
    assert answer(second, "yes", now, seats=1) != answer(first, "no", now)
    assert Guest.objects.get(pk=second.pk).status == "coming"


def test_another_brands_event_is_not_on_her_page(evening: Evening, invited: Invited, now: dt.datetime) -> None:
    guest, other = invited(evening()), evening()
    invited(other, influencer=guest.influencer)
    assert find_task(asking(guest, now), "event", other.guests.get().pk) is None


def test_a_calendar_moves_an_event_at_the_same_hour_and_tells_everybody(
    evening: Evening, invited: Invited, now: dt.datetime
) -> None:
    event = evening(zone="Europe/London", starts_at=dt.datetime(2027, 3, 27, 19, 0, tzinfo=dt.UTC))
    guest = invited(event)
    RepresentationFactory(influencer=guest.influencer)
    mover, user = movable["event.day"].call(), UserFactory()
    looks = mover.preview([event.pk], Shift(by=1), user, now)
    assert [(one.from_on, one.to_on, one.refused, one.warnings) for one in looks] == [
        (dt.date(2027, 3, 27), dt.date(2027, 3, 28), "", ("1 guest is told by mail.",))
    ]
    mover.move(event.pk, Shift(by=1), user, now)
    # Clocks in London go forward on 28 March 2027: seven in the evening is an hour earlier in UTC.
    assert Event.objects.get().starts_at == dt.datetime(2027, 3, 28, 18, 0, tzinfo=dt.UTC)


def test_the_calendar_reads_events_in_one_query(
    evening: Evening, now: dt.datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    user = UserFactory()
    for number in range(3):
        evening(name=f"Night {number}")
    user.brand_ids()
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert len(list(dues(Asked(now=now, user=user, calendar=True), {ANSWER, COMING, EVENT}))) == 3
