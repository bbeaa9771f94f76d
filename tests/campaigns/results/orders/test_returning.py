"""Refunds: several of one order, each once by its number, together never more than the order."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from campaigns.results.models import Order, OrderReturn
from campaigns.results.orders.returning import give_back, returned_of
from campaigns.tracking.models import VoucherCode
from tests.campaigns.results.orders.conftest import Take

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 11, 22)


@pytest.fixture
def order(take: Take, code: VoucherCode) -> Order:
    return take("1001", 270_000, code="KIRANA10").order


def back(order: Order, amount: int | None, number: str, now: dt.datetime, on: dt.date = ON) -> OrderReturn | None:
    return give_back(order, Decimal(amount) if amount is not None else None, number=number, on=on, at=now, by="shop")


def test_two_refunds_add_up_and_the_same_number_counts_once(order: Order, now: dt.datetime) -> None:
    assert back(order, 70_000, "R-1", now) is not None
    assert back(order, 70_000, " R-1", now) is None
    assert back(order, 100_000, "R-2", now) is not None
    assert returned_of(order) == Decimal(170_000)


def test_without_an_amount_all_that_is_left_comes_back(order: Order, now: dt.datetime) -> None:
    back(order, 70_000, "R-1", now)
    row = back(order, None, "R-2", now)
    assert row is not None and row.amount == Decimal(200_000)


def test_a_refund_of_more_than_is_left_is_refused(order: Order, now: dt.datetime) -> None:
    back(order, 70_000, "R-1", now)
    with pytest.raises(ValidationError, match="200,000 of this order is left"):
        back(order, 200_001, "R-2", now)
    assert returned_of(order) == Decimal(70_000)


@pytest.mark.parametrize(
    ("amount", "number", "on"),
    [(0, "R", ON), (-1, "R", ON), (1, " ", ON), (1, "R", dt.date(2026, 11, 19)), (1, "R", dt.date.max)],
)
def test_what_cannot_be_a_refund_is_refused(
    order: Order, now: dt.datetime, amount: int, number: str, on: dt.date
) -> None:
    with pytest.raises(ValidationError):
        back(order, amount, number, now, on)
    assert OrderReturn.objects.count() == 0
