"""A shop tells an order while a file has it, and sends two refunds at once: everything counts once."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.db import connections, transaction
from djmoney.money import Money

from campaigns.planning.models import Campaign, Collaboration
from campaigns.results.files.actions import bring_in
from campaigns.results.models import Order, OrderReturn
from campaigns.results.orders.returning import give_back, returned_of
from campaigns.results.orders.taking import take_order
from campaigns.tracking.models import VoucherCode
from crm.payments.models import LedgerLine
from crm.team.models import User
from crm.timeline.record import Actor
from tests.campaigns.results.orders.conftest import NOON, Take, said
from tests.campaigns.results.orders.test_files import bring
from tests.factories import CollaborationFactory
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


def test_a_file_and_a_shop_that_tell_the_same_orders_do_not_wait_for_each_other_forever(
    code: VoucherCode, share: Collaboration, coordinator: User, now: dt.datetime
) -> None:
    """A shop tells the second order and then waits for her, whom the file holds since the first one."""
    both = threading.Barrier(2)

    def by_file() -> None:
        both.wait()
        bring_in(file, at=now, actor=Actor.user(coordinator))

    def by_shop() -> None:
        both.wait()
        for number in reversed(numbers):
            take_order(said(number, 1_000, code="KIRANA10"), brand=share.campaign.brand, at=now, by="shop")

    numbers = [str(number) for number in range(1001, 1061)]
    rows = "".join(f"{number};20/11/2026;1000;KIRANA10\n" for number in numbers)
    file = bring(f"Order;Tanggal;Subtotal;Kode voucher\n{rows}", share.campaign, coordinator)
    assert together(by_file, by_shop) == []
    assert (Order.objects.count(), LedgerLine.objects.count()) == (60, 60)


def test_the_same_orders_of_two_people_in_two_files_come_in_once(
    code: VoucherCode, share: Collaboration, coordinator: User, now: dt.datetime
) -> None:
    other = CollaborationFactory(campaign=share.campaign)
    VoucherCode.objects.create(
        campaign=share.campaign, collaboration=other, code="RANI10",
        valid_from_on=dt.date(2026, 11, 1), valid_to_on=dt.date(2026, 12, 31),
    )  # fmt: skip
    codes = ("KIRANA10", "RANI10")
    rows = [f"{number};20/11/2026;1000;{codes[number % 2]}\n" for number in range(1001, 1031)]
    head = "Order;Tanggal;Subtotal;Kode voucher\n"
    files = [bring(head + "".join(said), share.campaign, coordinator) for said in (rows, rows[::-1])]
    assert together(*(lambda file=file: bring_in(file, at=now, actor=Actor.user(coordinator)) for file in files)) in (  # type: ignore[misc]
        [], ["Refused"],
    )  # fmt: skip
    assert Order.objects.count() == 30


def test_the_same_refund_told_by_four_at_once_counts_once(
    take: Take, code: VoucherCode, share: Collaboration, now: dt.datetime
) -> None:
    order = take("1001", 100_000, code="KIRANA10").order
    acts = [lambda: give_back(order, Decimal(40_000), number="R-1", on=ON, at=now, by="shop")] * 4
    assert together(*acts) == []
    assert (returned_of(order), OrderReturn.objects.count()) == (Decimal(40_000), 1)
