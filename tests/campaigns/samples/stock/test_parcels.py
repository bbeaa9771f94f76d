"""Parcels reserve what ends first, set it free when they stay, and take it out when they leave."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import Error, IntegrityError, transaction

from campaigns.samples.models import SampleRequest, Shipment, StockBatch, StockLocation, StockMovement
from campaigns.samples.stock.actions import OutOfStock, release, reserve, ship_out
from campaigns.samples.stock.queries import availability, missing_of
from crm.brands.models import Brand, Product, ProductVariant
from crm.timeline.record import SYSTEM

Stocked = Callable[..., StockBatch]
Parcel = Callable[..., Shipment]
SOON, LATER = dt.date(2027, 1, 31), dt.date(2027, 6, 30)


def sums(*batches: StockBatch) -> list[tuple[int, int]]:
    found = StockBatch.objects.in_bulk([batch.pk for batch in batches])
    return [(found[batch.pk].on_hand, found[batch.pk].reserved) for batch in batches]


def contents(parcel: Shipment) -> list[tuple[int | None, int]]:
    return list(parcel.items.order_by("pk").values_list("batch", "quantity"))


def test_what_ends_first_among_what_keeps_long_enough_leaves_first(
    stocked: Stocked, parcel: Parcel, now: dt.datetime
) -> None:
    """Rule 4.5.3."""
    forever, late = stocked(9), stocked(9, "B", LATER)
    edge, ends = stocked(9, "C", dt.date(2026, 12, 31)), stocked(9, "D", dt.date(2026, 12, 30))
    made = parcel(2)
    assert reserve(made, at=now, actor=SYSTEM) is True
    assert sums(forever, late, edge, ends) == [(9, 0), (9, 0), (9, 2), (9, 0)]
    assert contents(made) == [(edge.pk, 2)]


def test_a_line_that_needs_several_batches_becomes_several(stocked: Stocked, parcel: Parcel, now: dt.datetime) -> None:
    late, soon, forever = stocked(2, "B", LATER), stocked(3, "A", SOON), stocked(5)
    made = parcel(6)
    reserve(made, at=now, actor=SYSTEM)
    assert contents(made) == [(soon.pk, 3), (late.pk, 2), (forever.pk, 1)]
    assert sums(soon, late, forever) == [(3, 3), (2, 2), (5, 1)]


def test_what_is_not_there_is_refused_with_words_and_nothing_is_written(
    stocked: Stocked, parcel: Parcel, now: dt.datetime
) -> None:
    batch, made = stocked(2), parcel(3)
    with pytest.raises(OutOfStock, match=r"^Serum: 3 wanted, 2 available that keep long enough\.$"):
        reserve(made, at=now, actor=SYSTEM)
    assert (sums(batch), contents(made)) == ([(2, 0)], [(None, 3)])
    assert [one.kind for one in StockMovement.objects.all()] == ["receipt"]


def test_a_parcel_leaves_from_one_place(
    stocked: Stocked, parcel: Parcel, shelf: StockLocation, now: dt.datetime
) -> None:
    bandung = StockLocation.objects.create(name="Bandung")
    stocked(2), stocked(2, location=bandung)
    with pytest.raises(OutOfStock, match=r"^Serum: 3 wanted, 2 available"):
        reserve(parcel(3), at=now, actor=SYSTEM)
    there = stocked(3, location=bandung)
    made = parcel(3)
    reserve(made, at=now, actor=SYSTEM)
    assert (Shipment.objects.get(pk=made.pk).location_id, contents(made)) == (bandung.pk, [(there.pk, 3)])


def test_reserving_twice_reserves_once(stocked: Stocked, parcel: Parcel, now: dt.datetime) -> None:
    batch, made = stocked(5), parcel(2)
    assert [reserve(made, at=now, actor=SYSTEM) for _twice in range(2)] == [True, False]
    assert sums(batch) == [(5, 2)]


def test_a_parcel_that_stays_sets_free_what_it_had_and_only_once(
    stocked: Stocked, parcel: Parcel, now: dt.datetime
) -> None:
    """Rule 4.5.12."""
    batch, made, other = stocked(5), parcel(2), parcel(1)
    for one in (made, other):
        reserve(one, at=now, actor=SYSTEM)
    assert [release(made, at=now, actor=SYSTEM) for _twice in range(2)] == [True, False]
    assert (sums(batch), contents(made), ship_out(made, at=now, actor=SYSTEM)) == ([(5, 1)], [(None, 2)], False)


def test_what_leaves_is_gone_and_keeps_its_batch(stocked: Stocked, parcel: Parcel, now: dt.datetime) -> None:
    batch, made = stocked(5), parcel(2)
    reserve(made, at=now, actor=SYSTEM)
    assert [ship_out(made, at=now, actor=SYSTEM) for _twice in range(2)] == [True, False]
    assert (sums(batch), contents(made), release(made, at=now, actor=SYSTEM)) == ([(3, 0)], [(batch.pk, 2)], False)


def test_a_brand_that_does_not_count_has_no_movements(lumi: Brand, parcel: Parcel, now: dt.datetime) -> None:
    Brand.objects.update(counts_stock=False)
    made = Shipment.objects.get(pk=parcel(3).pk)
    assert [act(made, at=now, actor=SYSTEM) for act in (reserve, ship_out, release)] == [False] * 3
    assert StockMovement.objects.count() == 0


def test_a_brand_that_stops_counting_still_lets_its_parcels_leave(
    stocked: Stocked, parcel: Parcel, now: dt.datetime
) -> None:
    batch, made = stocked(5), parcel(2)
    reserve(made, at=now, actor=SYSTEM)
    Brand.objects.update(counts_stock=False)
    assert ship_out(Shipment.objects.get(pk=made.pk), at=now, actor=SYSTEM) is True
    assert sums(batch) == [(3, 0)]


def test_what_a_request_lacks_is_told_in_words_in_three_queries(
    stocked: Stocked, parcel: Parcel, sand: ProductVariant, now: dt.datetime, django_assert_num_queries: object
) -> None:
    stocked(2)
    made = [parcel(2), parcel(3), parcel(1, sand.product, sand)]
    Shipment.objects.update(status="cancelled")
    requests = SampleRequest.objects.select_related("brand").prefetch_related(
        "items__product", "items__variant__product"
    )
    found = list(requests.order_by("pk"))
    with django_assert_num_queries(3):  # type: ignore[operator]
        said = missing_of(found, now)
    assert said == {
        made[1].request_id: ["Serum: 3 wanted, 2 available that keep long enough."],
        made[2].request_id: ["Tint, 02 Sand: 1 wanted, 0 available that keep long enough."],
    }


def test_what_stands_in_a_parcel_is_not_wanted_again(stocked: Stocked, parcel: Parcel, now: dt.datetime) -> None:
    stocked(2)
    made = parcel(2)
    reserve(made, at=now, actor=SYSTEM)
    assert missing_of(SampleRequest.objects.filter(pk=made.request_id), now) == {}


def test_availability_is_what_one_place_has_free(
    stocked: Stocked, parcel: Parcel, serum: Product, now: dt.datetime
) -> None:
    stocked(4, "A", SOON), stocked(3), stocked(5, location=StockLocation.objects.create(name="Bandung"))
    reserve(parcel(2), at=now, actor=SYSTEM)
    stock = availability(product_ids=[serum.pk])
    assert [stock.free(serum.pk, None), stock.free(serum.pk, None, LATER), stock.free(serum.pk, 7)] == [5, 5, 0]


def test_the_database_refuses_a_sum_below_zero_and_a_changed_movement(stocked: Stocked) -> None:
    batch = stocked(2)
    for wrong in ({"on_hand": -1}, {"reserved": 3}, {"reserved": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StockBatch.objects.filter(pk=batch.pk).update(**wrong)
    for act in (lambda rows: rows.update(quantity=9), lambda rows: rows.delete()):
        with pytest.raises(Error, match="append-only"), transaction.atomic():
            act(StockMovement.objects.all())
    assert (sums(batch), StockMovement.objects.get().quantity) == ([(2, 0)], 2)
