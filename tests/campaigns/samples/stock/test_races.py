"""Twenty parcels want the last five pieces at the same moment: five get one each."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import transaction

from campaigns.samples.models import Shipment, StockBatch, StockMovement
from campaigns.samples.stock.actions import count_anew, release, reserve
from crm.timeline.record import SYSTEM, subject_of
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

Stocked = Callable[..., StockBatch]
Parcel = Callable[..., Shipment]


def test_five_of_twenty_parcels_get_the_last_five_pieces(stocked: Stocked, parcel: Parcel, now: dt.datetime) -> None:
    batches = stocked(3, "A", dt.date(2027, 1, 31)), stocked(2, "B")
    parcels = [parcel() for _twenty in range(20)]
    raised = together(*[lambda one=one: reserve(one, at=now, actor=SYSTEM) for one in parcels])  # type: ignore[misc]
    assert raised == ["OutOfStock"] * 15
    found = StockBatch.objects.in_bulk([batch.pk for batch in batches])
    assert [(found[one.pk].on_hand, found[one.pk].reserved) for one in batches] == [(3, 3), (2, 2)]
    assert StockMovement.objects.filter(kind="reserve").count() == 5


def test_without_the_conditional_update_more_get_one_than_there_are(
    stocked: Stocked, parcel: Parcel, now: dt.datetime
) -> None:
    """The control: who reads first and writes afterwards promises the same piece to several."""
    batch = stocked(5)
    parcels = [parcel() for _twenty in range(20)]

    def read_then_write(one: Shipment) -> None:
        with transaction.atomic():
            seen = StockBatch.objects.get(pk=batch.pk)
            if not seen.available:
                raise LookupError
            StockBatch.objects.filter(pk=batch.pk).update(reserved=seen.reserved + 1)
            StockMovement.objects.create(
                batch=batch, kind="reserve", quantity=1, ref=subject_of(one), at=now, by="control"
            )

    together(*[lambda one=one: read_then_write(one) for one in parcels])  # type: ignore[misc]
    promised = StockMovement.objects.filter(kind="reserve").count()
    assert promised > StockBatch.objects.get(pk=batch.pk).reserved


def test_setting_free_twice_at_once_sets_free_once(stocked: Stocked, parcel: Parcel, now: dt.datetime) -> None:
    batch, made, other = stocked(5), parcel(2), parcel(2)
    for one in (made, other):
        reserve(one, at=now, actor=SYSTEM)
    assert together(*[lambda: release(made, at=now, actor=SYSTEM)] * 4) == []
    batch.refresh_from_db()
    assert (batch.on_hand, batch.reserved) == (5, 2)


def test_counting_while_a_parcel_reserves_loses_neither(stocked: Stocked, parcel: Parcel, now: dt.datetime) -> None:
    batch, made = stocked(5), parcel(2)
    together(lambda: count_anew(batch, 4, "shelf", at=now, actor=SYSTEM), lambda: reserve(made, at=now, actor=SYSTEM))
    batch.refresh_from_db()
    assert (batch.on_hand, batch.reserved) == (4, 2)
