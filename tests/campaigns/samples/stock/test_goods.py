"""Goods come in, are counted anew, written off and put back; each with who did it and why, never below zero."""

import datetime as dt
from collections.abc import Callable

import pytest

from campaigns.planning.models import Refused
from campaigns.samples.models import Shipment, StockBatch, StockMovement
from campaigns.samples.stock.actions import OutOfStock, count_anew, put_back, reserve, write_off
from crm.brands.models import Brand
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor

Stocked = Callable[..., StockBatch]
DAY = dt.date(2027, 6, 30)


def standing() -> tuple[list[tuple[int, int]], int]:
    return list(StockBatch.objects.values_list("on_hand", "reserved")), StockMovement.objects.count()


def test_goods_of_one_batch_number_come_together(stocked: Stocked) -> None:
    assert [stocked(5, "A1", DAY).pk == stocked(2, "A1", day).pk for day in (DAY, None)] == [True, True]
    assert standing() == ([(14, 0)], 4)


@pytest.mark.parametrize(
    ("known", "typed", "words"),
    [
        (DAY, dt.date(2027, 7, 1), "another best-before day, 30 June 2027"),
        (None, DAY, "without a best-before day"),
        (DAY, None, "another best-before day"),
    ],
)
def test_goods_of_another_day_are_another_batch(
    stocked: Stocked, known: dt.date | None, typed: dt.date | None, words: str
) -> None:
    stocked(5, "", known)
    before = standing()
    with pytest.raises(Refused, match=words):
        stocked(2, "", typed)
    assert standing() == before


def test_counting_anew_says_who_and_why(stocked: Stocked, coordinator: User, now: dt.datetime) -> None:
    batch = stocked(5)
    assert count_anew(batch, 3, "two were lent to the office", at=now, actor=Actor.user(coordinator)) is True
    assert standing() == ([(3, 0)], 2)
    moved = batch.movements.get(kind="adjust")
    assert (moved.quantity, moved.by, moved.note) == (-2, coordinator.get_short_name(), "two were lent to the office")
    told = Entry.objects.get(verb="stock.counted")
    assert (told.sentence_en, told.quote, told.changes, told.brand_id) == (
        "Serum was counted anew: 3", "two were lent to the office", {"on_hand": ["5", "3"]}, batch.product.brand_id,
    )  # fmt: skip
    assert count_anew(batch, 3, "again", at=now, actor=SYSTEM) is False
    assert standing() == ([(3, 0)], 2)


def test_what_parcels_were_promised_is_neither_counted_nor_written_off_away(
    stocked: Stocked, parcel: Callable[..., Shipment], now: dt.datetime
) -> None:
    batch = stocked(5)
    reserve(parcel(3), at=now, actor=SYSTEM)
    with pytest.raises(OutOfStock, match=r"^3 of them are reserved for parcels"):
        count_anew(batch, 2, "", at=now, actor=SYSTEM)
    with pytest.raises(OutOfStock, match=r"^Of Serum there are 5, and 3 of them are reserved for parcels"):
        write_off(batch, 3, "", "broken", at=now, actor=SYSTEM)
    assert standing() == ([(5, 3)], 2)


def test_broken_pieces_go_and_inspected_ones_come_back(stocked: Stocked, now: dt.datetime) -> None:
    batch = stocked(5)
    assert write_off(batch, 2, "campaigns.returnrequest:4", "broken", at=now, actor=SYSTEM) is True
    assert put_back(batch, 1, "campaigns.returnrequest:4", at=now, actor=SYSTEM) is True
    assert standing() == ([(4, 0)], 3)
    told = Entry.objects.filter(verb__startswith="stock.").order_by("pk").values_list("verb", "sentence_en")
    assert list(told) == [
        ("stock.received", "5 of Serum came in"), ("stock.written_off", "2 of Serum were written off"),
        ("stock.came_back", "1 of Serum are on the shelf again"),
    ]  # fmt: skip


def test_nothing_is_counted_for_a_brand_that_does_not_count(stocked: Stocked, now: dt.datetime) -> None:
    stocked(5)
    Brand.objects.update(counts_stock=False)
    batch = StockBatch.objects.get()
    assert [write_off(batch, 2, at=now, actor=SYSTEM), put_back(batch, 2, at=now, actor=SYSTEM)] == [False, False]
    assert [write_off(None, 2, at=now, actor=SYSTEM), put_back(None, 2, at=now, actor=SYSTEM)] == [False, False]
    assert standing() == ([(5, 0)], 1)
