"""She says yes while the courier says delivered: it arrives once, dates move once; a control shows what would happen else."""

import datetime as dt
import threading

import pytest
from django.db import transaction

from campaigns.planning.models import Deliverable, DeliverableHold
from campaigns.samples.arriving.actions import delivered, lost
from campaigns.samples.arriving.counts import came, is_complete
from campaigns.samples.models import Courier, SampleRequest, Shipment
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.campaigns.samples.arriving.conftest import parcel_with
from tests.campaigns.samples.arriving.test_arrivals import LATE, THREE_LATER, days_of
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def fresh(parcel: Shipment) -> Shipment:
    return Shipment.objects.with_request().get(pk=parcel.pk)


def test_her_yes_and_the_couriers_news_at_once_arrive_once(parcel: Shipment, reel: Deliverable) -> None:
    def she() -> None:
        delivered(fresh(parcel), on_at=LATE, at=LATE, actor=SYSTEM, confirmed=True)

    def courier() -> None:
        delivered(fresh(parcel), on_at=LATE, at=LATE, actor=SYSTEM)

    assert together(she, courier, she) == []
    row = fresh(parcel)
    assert (row.status, row.request.status, days_of(reel)) == ("confirmed", "arrived", THREE_LATER)
    assert Entry.objects.filter(verb="sample.arrived").count() == 1


def halves(sent: SampleRequest, parcel: Shipment, courier: Courier, now: dt.datetime) -> tuple[Shipment, Shipment]:
    """The serum in one parcel, the masks in another."""
    other = parcel_with(sent, courier, now, waybill="JNE-REST")
    serum, masks = parcel.items.order_by("pk")
    masks.delete()
    other.items.filter(item=serum.item_id).delete()
    return parcel, other


def test_two_halves_at_once_make_the_request_arrive_once(
    sent: SampleRequest, parcel: Shipment, courier: Courier, reel: Deliverable, now: dt.datetime
) -> None:
    one, two = halves(sent, parcel, courier, now)
    acts = [lambda row=row: delivered(fresh(row), on_at=LATE, at=LATE, actor=SYSTEM) for row in (one, two)]  # type: ignore[misc]
    assert together(*acts) == []
    assert (SampleRequest.objects.get().status, days_of(reel)) == ("arrived", THREE_LATER)
    assert list(DeliverableHold.objects.values_list("moved_days", flat=True)) == [3]


def test_without_holding_the_request_neither_half_would_see_the_other(
    sent: SampleRequest, parcel: Shipment, courier: Courier, now: dt.datetime
) -> None:
    """The control: each counts before the other is stored, and nobody notices that everything is there."""
    one, two = halves(sent, parcel, courier, now)
    both_moved, saw = threading.Barrier(2), []

    def arrive(row: Shipment) -> None:
        with transaction.atomic():
            fresh(row).deliver(LATE, at=LATE, actor=SYSTEM)
            both_moved.wait()
            saw.append(is_complete(came([sent.pk])[sent.pk]))

    assert together(lambda: arrive(one), lambda: arrive(two)) == []
    assert (saw, SampleRequest.objects.get().status) == ([False, False], "sent")


def test_lost_and_delivered_at_once_never_both_count_as_gone(parcel: Shipment) -> None:
    def lose() -> None:
        lost(fresh(parcel), at=LATE, actor=SYSTEM)

    def arrive() -> None:
        delivered(fresh(parcel), on_at=LATE, at=LATE, actor=SYSTEM, confirmed=True)

    assert together(lose, arrive) in ([], ["TransitionRefused"])
    row = fresh(parcel)
    assert (row.status, row.request.status) == ("confirmed", "arrived")
