"""Seats: never more guests than there are, whoever waits moves up in turn."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from campaigns.events.actions import seats as rooms
from campaigns.events.actions.seats import change_seats, note_attendance, say_no, say_yes, seats_left
from campaigns.events.models import Event, Guest
from campaigns.planning.models import Refused
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from crm.timeline.transitions import TransitionRefused
from tests.races import together

pytestmark = pytest.mark.django_db

Evening, Invited = Callable[..., Event], Callable[..., Guest]


def fresh(guest: Guest) -> Guest:
    return Guest.objects.select_related("event").get(pk=guest.pk)


def statuses(event: Event) -> list[str]:
    return list(event.guests.order_by("pk").values_list("status", flat=True))


def test_a_yes_takes_a_seat(evening: Evening, invited: Invited, now: dt.datetime) -> None:
    event = evening(seats=3, seats_each=2)
    guest = invited(event)
    say_yes(guest, seats=2, companion="Dimas", at=now, actor=SYSTEM)
    stored = fresh(guest)
    assert (stored.status, stored.seats, stored.companion, stored.answered_at) == ("coming", 2, "Dimas", now)
    assert seats_left(event) == 1
    assert Entry.objects.get(verb="event.guest_coming").sentence_en == "Comes to Lumi Night"


def test_a_yes_beyond_the_seats_waits(evening: Evening, invited: Invited, now: dt.datetime) -> None:
    event = evening(seats=1)
    first, second = invited(event), invited(event)
    say_yes(first, at=now, actor=SYSTEM)
    say_yes(second, at=now, actor=SYSTEM)
    assert statuses(event) == ["coming", "waiting"]


def test_a_seat_given_back_goes_to_whoever_waits_longest_and_fits(
    evening: Evening, invited: Invited, now: dt.datetime
) -> None:
    event = evening(seats=1, seats_each=2)
    there, pair, single = (invited(event) for _each in range(3))
    say_yes(there, at=now, actor=SYSTEM)
    say_yes(pair, seats=2, at=now, actor=SYSTEM)
    say_yes(single, at=now + dt.timedelta(minutes=1), actor=SYSTEM)
    say_no(fresh(there), at=now + dt.timedelta(hours=1), actor=SYSTEM)
    assert statuses(event) == ["not_coming", "waiting", "coming"]


def test_somebody_who_comes_may_take_fewer_seats_and_others_move_up(
    evening: Evening, invited: Invited, now: dt.datetime
) -> None:
    event = evening(seats=2, seats_each=2)
    pair, single = invited(event), invited(event)
    say_yes(pair, seats=2, at=now, actor=SYSTEM)
    say_yes(single, at=now, actor=SYSTEM)
    say_yes(fresh(pair), seats=1, at=now, actor=SYSTEM)
    assert statuses(event) == ["coming", "coming"]


def test_more_seats_than_one_guest_may_have_are_refused(evening: Evening, invited: Invited, now: dt.datetime) -> None:
    guest = invited(evening(seats_each=2))
    with pytest.raises(Refused, match="There are 2 seats for each guest"):
        say_yes(guest, seats=3, at=now, actor=SYSTEM)
    assert (fresh(guest).status, Entry.objects.count()) == ("invited", 0)


def test_whoever_comes_and_asks_for_more_than_is_left_keeps_hers(
    evening: Evening, invited: Invited, now: dt.datetime
) -> None:
    guest = invited(evening(seats=1, seats_each=2))
    say_yes(guest, at=now, actor=SYSTEM)
    with pytest.raises(Refused, match="The seats she has stay hers"):
        say_yes(fresh(guest), seats=2, at=now, actor=SYSTEM)
    assert (fresh(guest).status, fresh(guest).seats) == ("coming", 1)


def test_fewer_seats_than_are_promised_are_refused(evening: Evening, invited: Invited, now: dt.datetime) -> None:
    event = evening(seats=2)
    for guest in (invited(event), invited(event)):
        say_yes(guest, at=now, actor=SYSTEM)
    with pytest.raises(Refused, match="2 seats are promised already"):
        change_seats(event, 1, at=now, actor=SYSTEM)
    assert Event.objects.get(pk=event.pk).seats == 2


def test_more_seats_let_people_move_up(evening: Evening, invited: Invited, now: dt.datetime) -> None:
    event = evening(seats=1)
    for guest in (invited(event), invited(event), invited(event)):
        say_yes(guest, at=now, actor=SYSTEM)
    assert [guest.status for guest in change_seats(event, 2, at=now, actor=SYSTEM)] == ["coming"]
    assert statuses(event) == ["coming", "coming", "waiting"]


def test_nobody_answers_an_event_that_was_cancelled(evening: Evening, invited: Invited, now: dt.datetime) -> None:
    event = evening()
    guest = invited(event)
    event.cancel(at=now, actor=SYSTEM)
    with pytest.raises(Refused, match="over or was cancelled"):
        say_yes(guest, at=now, actor=SYSTEM)
    assert fresh(guest).status == "invited"


def test_a_no_show_is_put_right_when_she_was_there_after_all(
    evening: Evening, invited: Invited, now: dt.datetime
) -> None:
    guest = invited(evening(), status=Guest.Status.COMING)
    note_attendance(guest, False, at=now, actor=SYSTEM)
    assert fresh(guest).came_at is None
    note_attendance(fresh(guest), True, at=now, actor=SYSTEM)
    assert (fresh(guest).status, fresh(guest).came_at) == ("came", now)


@pytest.mark.parametrize("to", sorted(Guest.MOVES))
def test_a_guest_moves_only_as_the_table_says(to: str, evening: Evening, invited: Invited, now: dt.datetime) -> None:
    event = evening()
    for start in Guest.Status.values:
        guest = invited(event, status=start, came_at=now)
        if start in Guest.MOVES[to]:
            guest.take(to, at=now, actor=SYSTEM)
            assert fresh(guest).status == to
        else:
            with pytest.raises(TransitionRefused):
                guest.take(to, at=now, actor=SYSTEM)
            assert fresh(guest).status == start


def last_seat(evening: Evening, invited: Invited, now: dt.datetime) -> list[str]:
    event = evening(seats=1)
    guests = [invited(event), invited(event)]
    ready = threading.Barrier(2)

    def yes(guest: Guest) -> None:
        mine = fresh(guest)
        ready.wait(timeout=10)
        say_yes(mine, at=now, actor=SYSTEM)

    assert together(*(lambda guest=guest: yes(guest) for guest in guests)) == []  # type: ignore[misc]
    return sorted(statuses(event))


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_of_two_who_want_the_last_seat_one_waits(evening: Evening, invited: Invited, now: dt.datetime) -> None:
    assert [last_seat(evening, invited, now) for _round in range(4)] == [["coming", "waiting"]] * 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_control_without_holding_the_event_both_get_it(
    evening: Evening, invited: Invited, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both count before either has committed."""
    both_counted = threading.Barrier(2)
    count = rooms.seats_left

    @contextmanager
    def not_held(event: Event) -> Iterator[Event]:
        with transaction.atomic():
            yield event

    def slowly(event: Event) -> int | None:
        left = count(event)
        both_counted.wait(timeout=10)
        return left

    monkeypatch.setattr(rooms, "held", not_held)
    monkeypatch.setattr(rooms, "seats_left", slowly)
    assert last_seat(evening, invited, now) == ["coming", "coming"]
