"""A parcel that comes late moves the days of the work that waits for it."""

import datetime as dt
from collections.abc import Callable

import pytest

from campaigns.planning.models import Collaboration, Deliverable, DeliverableHold, Refused
from campaigns.samples.dates import hold, let_go, lift
from campaigns.samples.models import Purpose, SampleRequest
from crm.reminders.models import Todo
from crm.reminders.registry import Asked, dues
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.samples.dates.conftest import day, days_of, only_hold
from tests.factories import CollaborationFactory, DeliverableFactory

pytestmark = pytest.mark.django_db
Ask = Callable[..., SampleRequest]
PLANNED = (day(27, 11), day(4))


def test_what_waits_for_a_parcel_is_not_due(parcel: SampleRequest, reel: Deliverable, now: dt.datetime) -> None:
    asked = ["deliverable.draft", "deliverable.post"]
    assert list(dues(Asked(now=now), asked)) == []
    named = list(dues(Asked(now=now, subjects=[reel.pk]), asked))
    assert [(str(one.stopped_why), one.on_hold) for one in named] == [("Waits for the parcel", True)] * 2


def test_three_days_late_moves_draft_and_post_three_days_and_says_why(
    parcel: SampleRequest, reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    """Rule 4.5.6."""
    moved = lift(parcel, arrived_on=day(27, 11), at=now, actor=actor)
    assert days_of(reel) == (day(30, 11), day(7))
    found = only_hold(reel)
    assert (found.outcome, found.moved_days, found.draft_moved_days, found.is_our_fault) == ("moved", 3, 3, True)
    assert moved.words == "1 thing moved."
    told = Entry.objects.get(verb="deliverable.delayed")
    assert told.sentence_en == "New dates of Instagram Reel for Glow, because the parcel came 3 days late"
    assert told.changes == {"draft_due_on": ["2026-11-27", "2026-11-30"], "post_due_on": ["2026-12-04", "2026-12-07"]}


@pytest.mark.parametrize("on", [day(20, 11), day(24, 11)])
def test_early_or_in_time_moves_nothing_and_it_is_due_again(
    on: dt.date, parcel: SampleRequest, reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    lift(parcel, arrived_on=on, at=now, actor=actor)
    assert (days_of(reel), only_hold(reel).outcome) == (PLANNED, "in_time")
    assert [one.kind for one in dues(Asked(now=now), ["deliverable.draft"])] == ["deliverable.draft"]


def test_told_twice_moves_once(parcel: SampleRequest, reel: Deliverable, now: dt.datetime, actor: Actor) -> None:
    for _time in range(2):
        lift(parcel, arrived_on=day(27, 11), at=now, actor=actor)
    assert days_of(reel) == (day(30, 11), day(7))
    assert Entry.objects.filter(verb="deliverable.delayed").count() == 1


def test_days_after_the_arrival_set_the_draft_and_the_post_follows(
    ask: Ask, reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    request = ask()
    hold(request, [reel], days_after=5, at=now, actor=actor)
    assert only_hold(reel).expected_on == day(22, 11)
    lift(request, arrived_on=day(26, 11), at=now, actor=actor)
    assert days_of(reel) == (day(1), day(8))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_parcels_move_it_once_both_came_by_the_later_never_both(
    order: tuple[int, int], ask: Ask, reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    requests, came = (ask(), ask()), (day(26, 11), day(28, 11))
    for request in requests:
        hold(request, [reel], days_after=None, at=now, actor=actor)
    first, second = order
    assert lift(requests[first], arrived_on=came[first], at=now, actor=actor).words == "1 thing still waits."
    assert days_of(reel) == PLANNED
    lift(requests[second], arrived_on=came[second], at=now, actor=actor)
    assert days_of(reel) == (day(1), day(8))
    assert sorted(DeliverableHold.objects.values_list("moved_days", flat=True)) == [0, 4]


def test_one_of_two_cancelled_leaves_the_other_to_move_it(
    ask: Ask, reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    came, gone = ask(), ask()
    for request in (came, gone):
        hold(request, [reel], days_after=None, at=now, actor=actor)
    lift(came, arrived_on=day(25, 11), at=now, actor=actor)
    assert let_go(gone, at=now, actor=actor).words == "1 thing moved."
    assert days_of(reel) == (day(28, 11), day(5))


def test_a_corrected_day_moves_the_difference_only(
    parcel: SampleRequest, reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    lift(parcel, arrived_on=day(26, 11), at=now, actor=actor)
    lift(parcel, arrived_on=day(28, 11), at=now, actor=actor)
    assert (days_of(reel), only_hold(reel).moved_days) == ((day(1), day(8)), 4)
    lift(parcel, arrived_on=day(20, 11), at=now, actor=actor)
    assert (days_of(reel), only_hold(reel).moved_days, only_hold(reel).outcome) == (PLANNED, 0, "in_time")


def test_a_day_moved_by_hand_meanwhile_is_not_counted_twice(
    parcel: SampleRequest, reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    reel.reschedule(draft_due_on=day(29, 11), post_due_on=day(6), at=now, actor=actor)
    assert only_hold(reel).expected_on == day(26, 11)
    lift(parcel, arrived_on=day(27, 11), at=now, actor=actor)
    assert days_of(reel) == (day(30, 11), day(7))


def test_days_set_by_hand_after_it_came_stay_and_a_correction_moves_the_difference(
    parcel: SampleRequest, reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    lift(parcel, arrived_on=day(26, 11), at=now, actor=actor)
    fresh = Deliverable.objects.with_card().get(pk=reel.pk)
    fresh.reschedule(draft_due_on=day(2), post_due_on=day(8), at=now, actor=actor)
    lift(parcel, arrived_on=day(27, 11), at=now, actor=actor)
    assert days_of(reel) == (day(3), day(9))


def test_after_the_campaign_nothing_moves_and_one_task_asks(
    parcel: SampleRequest, reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    for _time in range(2):
        moved = lift(parcel, arrived_on=day(1), at=now, actor=actor)
        assert moved.words == "1 thing waits for a choice."
    assert days_of(reel) == PLANNED
    assert [one.is_undecided for one in DeliverableHold.objects.all()] == [True]
    assert list(dues(Asked(now=now), ["deliverable.draft", "deliverable.post"])) == []
    task = Todo.objects.open().get()
    assert task.text == "The parcel came 7 days too late: Instagram Reel would fall after Glow"
    assert Entry.objects.filter(verb="deliverable.too_late").count() == 1


def test_a_gift_holds_no_work(ask: Ask, reel: Deliverable, now: dt.datetime, actor: Actor) -> None:
    gift = ask(purpose=Purpose.GIFT_SOFT_ASK, given_as=Purpose.GIFT_SOFT_ASK)
    with pytest.raises(Refused, match="A gift is no obligation"):
        hold(gift, [reel], days_after=None, at=now, actor=actor)
    assert not DeliverableHold.objects.exists()


def test_work_of_another_collaboration_and_what_is_dropped_wait_for_nothing(
    ask: Ask, reel: Deliverable, card: Collaboration, now: dt.datetime, actor: Actor
) -> None:
    other = DeliverableFactory(collaboration=CollaborationFactory(campaign=card.campaign))
    with pytest.raises(Refused, match="belongs to the same collaboration"):
        hold(ask(), [other], days_after=None, at=now, actor=actor)
    reel.drop(at=now, actor=actor)
    with pytest.raises(Refused, match="waits for nothing"):
        hold(ask(), [reel], days_after=None, at=now, actor=actor)
    assert not DeliverableHold.objects.exists()


def test_let_go_makes_it_due_on_its_planned_days(
    parcel: SampleRequest, reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    assert let_go(parcel, at=now, actor=actor).words == ""
    assert (days_of(reel), only_hold(reel).outcome) == (PLANNED, "let_go")
    (due,) = dues(Asked(now=now), ["deliverable.draft"])
    assert (due.due_on, due.went_on_at) == (day(27, 11), now)
    lift(parcel, arrived_on=day(1), at=now, actor=actor)
    assert days_of(reel) == PLANNED
