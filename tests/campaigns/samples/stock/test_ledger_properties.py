"""Whatever happens in whatever order, the stored sums are what the movements add up to, and never below zero."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.samples.models import Shipment, StockBatch, StockMovement
from campaigns.samples.stock.actions import OutOfStock, count_anew, put_back, release, reserve, ship_out, write_off
from crm.timeline.record import SYSTEM

Act = tuple[str, int]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["receive", "reserve", "release", "ship", "return", "write_off", "adjust"]), st.integers(1, 6)
    ),
    min_size=3,
    max_size=9,
)


def replayed(batch: StockBatch) -> tuple[int, int]:
    """The sums, from nothing but the movements."""
    on_hand = reserved = 0
    for moved in batch.movements.order_by("pk"):
        of_hand, of_reserved = StockMovement.SIGNS[moved.kind]
        on_hand, reserved = on_hand + of_hand * moved.quantity, reserved + of_reserved * moved.quantity
    return on_hand, reserved


def carried_out(act: Act, batch: StockBatch, shop: Any, now: dt.datetime) -> bool:
    what, number = act
    told = {"at": now, "actor": SYSTEM}
    parcels: list[Shipment] = shop["parcels"]
    if what == "receive":
        shop["stocked"](number, "A1")
    elif what == "reserve":
        parcels.append(shop["parcel"](number))
        return reserve(parcels[-1], **told)
    elif what in ("release", "ship"):
        return bool(parcels) and (release if what == "release" else ship_out)(parcels[number % len(parcels)], **told)
    elif what == "adjust":
        return count_anew(batch, number, "shelf", **told)
    else:
        return (put_back if what == "return" else write_off)(batch, number, **told)
    return True


@pytest.mark.django_db
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_the_movements_add_up_to_the_sums(
    stocked: Callable[..., StockBatch], parcel: Callable[..., Shipment], now: dt.datetime, acts: list[Act]
) -> None:
    with transaction.atomic():
        batch = stocked(3, "A1")
        shop: dict[str, Any] = {"stocked": stocked, "parcel": parcel, "parcels": []}
        for act in acts:
            before = replayed(batch)
            try:
                carried_out(act, batch, shop, now)
            except OutOfStock:
                assert replayed(batch) == before
            batch.refresh_from_db()
            assert (batch.on_hand, batch.reserved) == replayed(batch)
            assert 0 <= batch.reserved <= batch.on_hand
        transaction.set_rollback(True)
