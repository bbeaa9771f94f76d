"""What happens when a parcel came, came half, broke, was lost or turned down (rules 4.5.6, 4.5.7, 4.5.8, 4.5.11)."""

import datetime as dt

import pytest

from campaigns.planning.models import Deliverable, DeliverableHold
from campaigns.planning.models.told import Refused
from campaigns.samples.arriving.actions import correct, damaged, delivered, lost, not_there, returned
from campaigns.samples.arriving.replacing import let_be
from campaigns.samples.models import Courier, ReturnRequest, SampleRequest, Shipment
from crm.reminders.models import Todo
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused
from tests.campaigns.samples.arriving.conftest import DAY, parcel_with

pytestmark = pytest.mark.django_db


def stands(parcel: Shipment) -> tuple[str, str, list[int | None]]:
    """How the parcel and its request stand, and what of each line came whole."""
    row = Shipment.objects.with_request().get(pk=parcel.pk)
    return row.status, row.request.status, list(row.items.order_by("pk").values_list("arrived", flat=True))


def days_of(reel: Deliverable) -> tuple[dt.date | None, dt.date]:
    reel.refresh_from_db()
    return reel.draft_due_on, reel.post_due_on


PLANNED = (dt.date(2026, 12, 5), dt.date(2026, 12, 12))
THREE_LATER = (dt.date(2026, 12, 8), dt.date(2026, 12, 15))
LATE = dt.datetime(2026, 12, 1, 5, 0, tzinfo=dt.UTC)
"""Three days after the day it was needed by."""


def test_a_parcel_three_days_late_moves_what_waited_by_three_days(
    parcel: Shipment, reel: Deliverable, actor: Actor
) -> None:
    """Rule 4.5.6."""
    delivered(parcel, on_at=LATE, at=LATE, actor=actor)
    assert (stands(parcel), days_of(reel)) == (("delivered", "arrived", [None, None]), THREE_LATER)
    assert list(DeliverableHold.objects.values_list("moved_days", "is_our_fault")) == [(3, True)]


def test_said_again_nothing_changes_and_her_yes_confirms_it(parcel: Shipment, reel: Deliverable, actor: Actor) -> None:
    for _time in range(2):
        delivered(parcel, on_at=LATE, at=LATE, actor=actor)
    delivered(parcel, on_at=LATE + 5 * DAY, at=LATE + 5 * DAY, actor=actor)
    told = Entry.objects.filter(verb="parcel.delivered").count()
    assert (stands(parcel)[0], days_of(reel), told) == ("delivered", THREE_LATER, 1)
    for _time in range(2):
        delivered(parcel, on_at=LATE, at=LATE + DAY, actor=actor, confirmed=True)
    told = Entry.objects.filter(verb="parcel.confirmed").count()
    assert (stands(parcel), days_of(reel), told) == (("confirmed", "arrived", [1, 2]), THREE_LATER, 1)


def test_the_day_counts_where_the_campaign_is(parcel: Shipment, reel: Deliverable, actor: Actor) -> None:
    """17.30 UTC on 30 November is 1 December in Jakarta."""
    at = dt.datetime(2026, 11, 30, 17, 30, tzinfo=dt.UTC)
    delivered(parcel, on_at=at, at=at, actor=actor)
    assert days_of(reel) == THREE_LATER


def test_a_day_corrected_later_moves_by_the_difference_alone(parcel: Shipment, reel: Deliverable, actor: Actor) -> None:
    delivered(parcel, on_at=LATE, at=LATE, actor=actor)
    correct(parcel, on_at=LATE + DAY, at=LATE + 2 * DAY, actor=actor)
    assert days_of(reel) == (dt.date(2026, 12, 9), dt.date(2026, 12, 16))
    assert Entry.objects.filter(verb="parcel.another_day").count() == 1


def test_of_a_parcel_that_came_half_only_what_came_counts(parcel: Shipment, reel: Deliverable, actor: Actor) -> None:
    """Rule 4.5.8: nothing waits on after somebody says that it is enough, counted from the day it came."""
    masks = parcel.items.order_by("pk").last()
    assert masks is not None
    delivered(parcel, on_at=LATE, at=LATE, actor=actor, confirmed=True, arrived={masks.pk: 1})
    assert (stands(parcel), days_of(reel)) == (("confirmed", "sent", [1, 1]), PLANNED)
    assert list(Todo.objects.open().values_list("key", flat=True)) == [f"parcel_missing:{parcel.pk}"]
    let_be(parcel.request, at=LATE + DAY, actor=actor)
    assert (stands(parcel), days_of(reel)) == (("confirmed", "arrived", [1, 1]), THREE_LATER)
    assert list(Todo.objects.open()) == []


def test_more_than_was_in_it_cannot_arrive(parcel: Shipment, actor: Actor) -> None:
    line = parcel.items.order_by("pk").first()
    assert line is not None
    with pytest.raises(Refused, match="There was 1 Glow Serum in it, not more"):
        delivered(parcel, on_at=LATE, at=LATE, actor=actor, arrived={line.pk: 2})
    assert stands(parcel) == ("shipped", "sent", [None, None])


def test_nothing_arrives_before_it_left(parcel: Shipment, actor: Actor, now: dt.datetime) -> None:
    with pytest.raises(Refused, match="The parcel was shipped on Tuesday, 24 November"):
        delivered(parcel, on_at=now - DAY, at=now, actor=actor)
    assert stands(parcel)[0] == "shipped"


def test_with_two_parcels_the_last_one_counts(
    parcel: Shipment, sent: SampleRequest, courier: Courier, reel: Deliverable, actor: Actor, now: dt.datetime
) -> None:
    serum, masks = parcel.items.order_by("pk")
    rest = parcel_with(sent, courier, now, waybill="JNE-REST")
    parcel.items.filter(pk=masks.pk).delete()
    rest.items.filter(item=serum.item_id).delete()
    delivered(parcel, on_at=now + DAY, at=now + DAY, actor=actor)
    assert (sent.status, days_of(reel)) == ("sent", PLANNED)
    delivered(rest, on_at=LATE, at=LATE, actor=actor)
    assert days_of(reel) == THREE_LATER


def test_lost_is_written_off_and_waits_to_be_sent_again(parcel: Shipment, reel: Deliverable, actor: Actor) -> None:
    """Rule 4.5.7: what waited waits on."""
    lost(parcel, at=LATE, actor=actor)
    assert stands(parcel) == ("lost", "to_send", [None, None])
    parcel.refresh_from_db()
    assert (parcel.written_off_at, DeliverableHold.objects.open().count()) == (LATE, 1)


def test_what_was_lost_may_turn_up_after_all(parcel: Shipment, reel: Deliverable, actor: Actor) -> None:
    lost(parcel, at=LATE - DAY, actor=actor)
    delivered(parcel, on_at=LATE, at=LATE, actor=actor, confirmed=True)
    assert (stands(parcel), days_of(reel)) == (("confirmed", "arrived", [1, 2]), THREE_LATER)


def test_of_what_arrived_broken_nothing_counts_that_was_not_counted(parcel: Shipment, actor: Actor) -> None:
    serum = parcel.items.order_by("pk").first()
    assert serum is not None
    damaged(parcel, at=LATE, actor=actor, arrived={serum.pk: 1})
    assert stands(parcel) == ("damaged", "to_send", [1, 0])


def test_what_nobody_took_asks_for_her_address_anew(parcel: Shipment, actor: Actor, now: dt.datetime) -> None:
    """Rule 4.5.11."""
    home = parcel.request.influencer.addresses.create(
        recipient="Kirana", phone="+628123456789", street="Jl. Melati 5", city="Bandung", postcode="40111",
        confirmed_at=now - DAY,
    )  # fmt: skip
    for _time in range(2):
        returned(parcel, at=LATE, actor=actor)
    home.refresh_from_db()
    assert (stands(parcel)[:2], home.confirmed_at) == (("returned_to_sender", "to_send"), None)
    assert Entry.objects.filter(verb="parcel.returned_to_sender").count() == 1
    assert list(ReturnRequest.objects.values_list("reason", "status")) == [("refused", "asked")]


def test_looking_for_it_is_a_task_until_it_is_there(parcel: Shipment, actor: Actor) -> None:
    not_there(parcel, at=LATE, actor=actor, quote="Belum sampai")
    task = Todo.objects.open().get()
    assert (task.key, task.owner, task.quote) == (f"parcel_trace:{parcel.pk}", parcel.request.owner, "Belum sampai")
    with pytest.raises(Refused, match="It is being looked for already"):
        not_there(parcel, at=LATE, actor=actor)
    delivered(parcel, on_at=LATE, at=LATE, actor=actor)
    assert list(Todo.objects.open()) == []


ENDINGS = ("delivered", "confirmed", "returned_to_sender", "lost", "damaged")


@pytest.mark.parametrize("ends", ENDINGS)
def test_a_parcel_ends_only_the_ways_the_table_allows(parcel: Shipment, actor: Actor, ends: str) -> None:
    """From every status there is: either it moves and is told once, or nothing changes."""
    allowed = []
    for begins in Shipment.Status.values:
        Shipment.objects.filter(pk=parcel.pk).update(status=begins, delivered_at=LATE)
        mine, told = Shipment.objects.with_request().get(pk=parcel.pk), Entry.objects.count()
        steps = {
            "delivered": lambda: mine.deliver(LATE, at=LATE, actor=actor),  # noqa: B023  called at once
            "confirmed": lambda: mine.deliver(LATE, at=LATE, actor=actor, confirmed=True),  # noqa: B023
            "returned_to_sender": lambda: mine.turn_back(at=LATE, actor=actor),  # noqa: B023
            "lost": lambda: mine.lose(at=LATE, actor=actor),  # noqa: B023
            "damaged": lambda: mine.break_(at=LATE, actor=actor),  # noqa: B023
        }
        try:
            steps[ends]()
        except TransitionRefused:
            assert (stands(parcel)[0], Entry.objects.count()) == (begins, told)
        else:
            assert (stands(parcel)[0], Entry.objects.count()) == (ends, told + 1)
            allowed.append(begins)
    assert sorted(allowed) == sorted(Shipment.MOVES[ends])
