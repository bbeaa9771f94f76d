"""What came back of an order: each refund once by the shop's own number, together never more than the order."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from campaigns.results.models import Order, OrderReturn
from campaigns.results.orders.commission import lose_on
from crm.base.formats import money_full
from crm.base.inserts import insert_missing
from crm.timeline.record import subject_of

TOO_MUCH = _("Only %(amount)s of this order is left to give back.")
NOTHING = _("A refund is more than nothing.")
NO_NUMBER = _("A refund needs the number the shop gave it.")
EARLY = _("The order is younger than its refund.")
AHEAD = _("This day has not come yet.")
A_DAY = dt.timedelta(days=1)
GONE = _("This order does not count any more.")


def give_back(
    order: Order, amount: Decimal | None, *, number: str, on: dt.date, at: dt.datetime, by: str
) -> OrderReturn | None:
    """Note a refund; without an amount all that is left. None when the shop's number is known: one refund counts once.

    Raises ValidationError, and then nothing is written. Of two refunds at once, the second sees the first.
    """
    said = "".join(number.split())[:80]
    if not said:
        raise ValidationError({"number": NO_NUMBER})
    with transaction.atomic():
        rows = Order.objects.select_for_update(of=("self",)).select_related("collaboration__party__contract", "brand")
        stored = rows.get(pk=order.pk)
        key = f"{subject_of(stored)}:{said}"
        if OrderReturn.objects.filter(key=key).exists():
            return None
        before = returned_of(stored)
        if on > at.date() + A_DAY:
            raise ValidationError({"on": AHEAD})
        part = _part(stored, amount, before, on)
        row = OrderReturn(order=stored, number=said, key=key, amount=part, on=on, at=at)
        if not insert_missing([row], "(key)"):
            return None
        lose_on(stored, part, before, number=said, on=on, at=at, by=by)
    return OrderReturn.objects.get(key=key)


def returned_of(order: Order) -> Decimal:
    """How much of it came back so far."""
    found: Any = OrderReturn.objects.filter(order=order).aggregate(sum=Sum("amount"))["sum"]
    return found or Decimal(0)


def _part(order: Order, amount: Decimal | None, before: Decimal, on: dt.date) -> Decimal:
    if order.undone_at is not None:
        raise ValidationError(GONE)
    left = order.amount.amount - before
    part = left if amount is None else amount
    if on < order.ordered_on:
        raise ValidationError({"on": EARLY})
    if amount is not None and amount <= 0:
        raise ValidationError({"amount": NOTHING})
    if part > left or not left:
        said = {"amount": money_full(Money(left, order.amount.currency))}
        raise ValidationError({"amount": ValidationError(TOO_MUCH, code="more_than_left", params=said)})
    return part
