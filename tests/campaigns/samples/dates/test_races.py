"""Two parcels of one reel arrive in the same second; two colleagues choose in the same second."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from campaigns.planning.models import Collaboration, Deliverable
from campaigns.planning.waiting import moving
from campaigns.planning.waiting.choosing import Way, choose
from campaigns.samples.dates import hold, lift
from campaigns.samples.models import SampleRequest
from crm.reminders.models import Todo
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.samples.dates.conftest import day, days_of, only_hold
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
Ask = Callable[..., SampleRequest]


def both_arrive(ask: Ask, reel: Deliverable, now: dt.datetime, actor: Actor) -> list[str]:
    requests = [ask(), ask()]
    for request in requests:
        hold(request, [reel], days_after=None, at=now, actor=actor)
    ready = threading.Barrier(2)

    def come(pk: int, on: dt.date) -> None:
        mine = SampleRequest.objects.with_person().get(pk=pk)
        ready.wait(timeout=10)
        lift(mine, arrived_on=on, at=now, actor=actor)

    first, second = requests
    return together(lambda: come(first.pk, day(26, 11)), lambda: come(second.pk, day(28, 11)))


def test_two_parcels_at_once_move_the_reel_once_by_the_later(
    ask: Ask, reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    assert both_arrive(ask, reel, now, actor) == []
    assert days_of(reel) == (day(1), day(8))
    assert Entry.objects.filter(verb="deliverable.delayed").count() == 1


def test_control_without_holding_the_card_each_would_wait_for_the_other(
    ask: Ask, reel: Deliverable, now: dt.datetime, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each sees the other parcel on its way, because neither has committed yet: the reel would wait for ever."""
    both_noted = threading.Barrier(2)
    settle = moving.settle

    @contextmanager
    def not_held(self: Collaboration) -> Iterator[None]:
        with transaction.atomic():
            yield

    def slowly(*args: Any, **given: Any) -> list[moving.Settled]:
        both_noted.wait(timeout=10)
        found = settle(*args, **given)
        both_noted.wait(timeout=10)
        return found

    monkeypatch.setattr(Collaboration, "held", not_held)
    monkeypatch.setattr(moving, "settle", slowly)
    assert both_arrive(ask, reel, now, actor) == []
    assert days_of(reel) == (day(27, 11), day(4))
    assert set(reel.holds.values_list("outcome", flat=True)) == {""}


def test_two_colleagues_choose_at_once_and_one_is_told(
    parcel: SampleRequest, reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    lift(parcel, arrived_on=day(1), at=now, actor=actor)
    ready = threading.Barrier(2)

    def take(way: str) -> None:
        mine = Deliverable.objects.with_card().get(pk=reel.pk)
        ready.wait(timeout=10)
        choose(mine, way, at=now, actor=actor)

    assert together(lambda: take(Way.SHORTEN), lambda: take(Way.WIDEN)) == ["Refused"]
    assert only_hold(reel).outcome in ("shortened", "widened")
    assert (Todo.objects.open().count(), Entry.objects.filter(verb="deliverable.delayed").count()) == (0, 1)
