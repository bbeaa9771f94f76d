"""Taking an order: known by its number once per brand, given to whoever it came through, and told to her deal."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from campaigns.results.models import Order, ResultFile
from campaigns.results.orders.attributing import Known, Owner, code_of, slug_of
from campaigns.results.orders.commission import earn_on, hold_earners
from crm.ambassadors.pay.commissions import number_of
from crm.base.inserts import insert_missing
from crm.base.zones import local_date
from crm.brands.models import Brand

ONCE = "(brand_id, number) WHERE undone_at IS NULL"
KNOWN = _("This order is known already.")
NO_NUMBER = _("An order needs a number.")
NEGATIVE = _("No amount of an order can be below zero.")
TOO_MUCH = _("This amount is too large to be an order.")
MOST = Decimal(10) ** 12


@dataclass(frozen=True)
class OrderSaid:
    """One order as a shop tells it. `amount` is what was paid for goods, after discounts, without tax and shipping."""

    number: str
    at: dt.datetime
    amount: Money
    code: str = ""
    link: str = ""
    discount: Decimal = Decimal(0)
    tax: Decimal = Decimal(0)
    shipping: Decimal = Decimal(0)
    cost: Decimal | None = None
    is_new_customer: bool | None = None


@dataclass(frozen=True)
class Taken:
    """What came of it: the order, whether it is new, and why it is nobody's or not counted for her deal."""

    order: Order
    is_new: bool
    why: str = ""


def take_order(
    said: OrderSaid,
    *,
    brand: Brand,
    at: dt.datetime,
    by: str,
    result_file: ResultFile | None = None,
    known: Known | None = None,
) -> Taken:
    """Keep an order once, whoever tells it first. Raises ValidationError for what cannot be an order.

    An order whose code and link nobody has is kept, as nobody's, with the reason; it can be given to somebody later.
    """
    number = checked(said)
    owner = (known or Known(brand.pk, [said.code], [said.link])).owner(said.code, said.link, said.at)
    row = _row(said, number, brand, owner, result_file)
    with transaction.atomic():
        hold_earners([owner.card])
        is_new = bool(insert_missing([row], ONCE))
        order = Order.objects.select_related("brand").get(brand=brand, number=number, undone_at__isnull=True)
        if not is_new:
            return Taken(order, False, str(KNOWN))
        why = earn_on(order, at=at, by=by) if owner.card is not None else owner.why
    return Taken(order, True, why)


def checked(said: OrderSaid) -> str:
    """The number as it is kept. Raises ValidationError."""
    number = number_of(said.number)[:80]
    if not number:
        raise ValidationError({"number": NO_NUMBER})
    sums = (said.amount.amount, said.discount, said.tax, said.shipping, said.cost or Decimal(0))
    if min(sums) < 0:
        raise ValidationError({"amount": NEGATIVE})
    if sum(sums, Decimal(0)) >= MOST:
        raise ValidationError({"amount": TOO_MUCH})
    return number


def _row(said: OrderSaid, number: str, brand: Brand, owner: Owner, file: ResultFile | None) -> Order:
    card = owner.card
    worth: Any = said.amount
    zone = card.campaign.zone if card is not None else brand.zone
    return Order(
        brand=brand, number=number, ordered_at=said.at, ordered_on=local_date(said.at, zone), amount=worth,
        discount=said.discount, tax=said.tax, shipping=said.shipping, cost=said.cost, via=owner.via,
        code_said=code_of(said.code), link_said=slug_of(said.link), code=owner.code, link=owner.link,
        collaboration=card, deliverable_id=owner.deliverable_id, is_new_customer=said.is_new_customer,
        result_file=file,
    )  # fmt: skip
