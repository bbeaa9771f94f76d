"""Two colleagues look at the same return: what came back is counted once."""

import datetime as dt
import threading

import pytest
from django.db import transaction

from campaigns.samples.after.inspection import Found, check
from campaigns.samples.models import ReturnItem, ReturnRequest, Shipment, ShipmentItem, StockBatch
from campaigns.samples.stock.actions import put_back
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, subject_of
from tests.campaigns.samples.after.test_returns import counted
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def line() -> ShipmentItem:
    return ShipmentItem.objects.select_related("batch__product__brand", "item__product").get()


def test_two_who_look_at_once_bring_the_stock_back_once(back: ReturnRequest, loan: Shipment, now: dt.datetime) -> None:
    counted(loan, 3)
    back.arrived(at=now, actor=SYSTEM)

    def look() -> None:
        row = ReturnRequest.objects.with_request().get()
        check(row, [Found(line(), ok=3)], used_go_back=False, at=now, actor=SYSTEM)

    assert together(look, look) == ["TransitionRefused"]
    assert (StockBatch.objects.get().on_hand, ReturnItem.objects.count()) == (5, 1)
    assert Entry.objects.filter(verb="return.checked").count() == 1


def test_without_the_move_that_only_one_wins_it_would_come_back_twice(
    back: ReturnRequest, loan: Shipment, now: dt.datetime
) -> None:
    """The control: both read that it waits to be looked at, and both count."""
    counted(loan, 3)
    back.arrived(at=now, actor=SYSTEM)
    both_read = threading.Barrier(2)

    def look() -> None:
        row = ReturnRequest.objects.get()
        both_read.wait()
        if row.status == ReturnRequest.Status.BACK:
            with transaction.atomic():
                put_back(line().batch, 3, subject_of(row), at=now, actor=SYSTEM)

    assert together(look, look) == []
    assert StockBatch.objects.get().on_hand == 8
