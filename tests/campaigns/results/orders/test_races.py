"""A shop tells an order while a file has it, and sends two refunds at once: everything counts once."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.db import connections, transaction
from djmoney.money import Money

from campaigns.planning.models import Campaign
from campaigns.results.models import Order, OrderReturn
from campaigns.results.orders.returning import give_back, returned_of
from campaigns.results.orders.taking import take_order
from campaigns.tracking.models import VoucherCode
from tests.campaigns.results.orders.conftest import NOON, Take, said
from tests.races import let_go, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ON = dt.date(2026, 11, 22)


def test_the_same_order_told_twenty_times_at_once_is_one(campaign: Campaign, now: dt.datetime) -> None:
    fresh: list[bool] = []
    acts = [
        lambda by=by: fresh.append(take_order(said(), brand=campaign.brand, at=now, by=f"shop {by}").is_new)  # type: ignore[misc]
        for by in range(20)
    ]
    assert together(*acts) == []
    assert (sorted(fresh), Order.objects.count()) == ([False] * 19 + [True], 1)


def test_refunds_at_once_never_come_to_more_than_the_order(take: Take, code: VoucherCode, now: dt.datetime) -> None:
    order = take("1001", 100_000, code="KIRANA10").order
    acts = [
        lambda number=number: give_back(order, Decimal(40_000), number=f"R-{number}", on=ON, at=now, by="shop")  # type: ignore[misc]
        for number in range(8)
    ]
    assert together(*acts) == ["ValidationError"] * 6
    assert returned_of(order) == Decimal(80_000)


def test_without_the_lock_more_comes_back_than_was_paid(take: Take, code: VoucherCode, now: dt.datetime) -> None:
    """The control: who sums first and writes afterwards gives the same money back twice."""
    order = take("1001", 100_000, code="KIRANA10").order
    summed = threading.Barrier(2)

    def sum_then_write(number: int) -> None:
        with transaction.atomic():
            before = returned_of(order)
            summed.wait()
            if before + 60_000 <= order.amount.amount:
                OrderReturn.objects.create(
                    order=order, number=str(number), key=f"control {number}", amount=60_000, on=ON, at=now
                )
        connections.close_all()

    let_go([threading.Thread(target=sum_then_write, args=[number]) for number in range(2)])
    assert returned_of(order) == Decimal(120_000)


def test_without_the_unique_number_the_same_order_would_count_twice(campaign: Campaign) -> None:
    """The control: who looks first and writes afterwards is stopped by the constraint alone."""
    looked = threading.Barrier(2)

    def look_then_write() -> None:
        there = Order.objects.filter(brand=campaign.brand, number="1001").exists()
        looked.wait()
        if not there:
            Order.objects.create(
                brand=campaign.brand, number="1001", ordered_at=NOON, ordered_on=NOON.date(), via="code",
                amount=Money(1, "IDR"),
            )  # fmt: skip

    assert together(look_then_write, look_then_write) == ["IntegrityError"]
