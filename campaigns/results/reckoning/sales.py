"""Orders and clicks of some campaigns, by card: each in one query."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, F, IntegerField, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from campaigns.results.models import Order, OrderReturn
from campaigns.tracking.models import LinkClick

CARD = "link__deliverable__collaboration"
CLICK = "click"
NONE = Value(0, output_field=IntegerField())
ZERO = Value(Decimal(0), output_field=DecimalField(max_digits=16, decimal_places=2))


@dataclass(frozen=True)
class Sold:
    """What came by one way of one card, in one currency. `margin` is None where the cost of some goods is not known."""

    card: int
    via: str
    currency: str
    orders: int
    revenue: Decimal
    returned: Decimal
    margin: Decimal | None


def sold_by_card(campaigns: Collection[int]) -> list[Sold]:
    """Orders that stand, what came back of them taken off: a whole refund leaves no order, a part of one leaves less."""
    return [_sold(*row) for row in _orders(campaigns)]


def sold_and_clicked(campaigns: Collection[int]) -> tuple[list[Sold], dict[int, int]]:
    """Both in one query; visits of tracked links are those by people: previews, scanners and crawlers left out."""
    rows = list(_orders(campaigns).union(_clicks(campaigns), all=True))
    return [_sold(*row) for row in rows if row[1] != CLICK], {row[0]: row[3] for row in rows if row[1] == CLICK}


def _sold(
    card: int, via: str, currency: str, kept: int, unknown: int, amount: Decimal, returned: Decimal, goods: Decimal
) -> Sold:
    revenue = amount - returned
    return Sold(card, via, currency, kept, revenue, returned, None if unknown else revenue - goods)


def _orders(campaigns: Collection[int]) -> Any:
    back = OrderReturn.objects.filter(order=OuterRef("pk")).order_by().values("order").annotate(sum=Sum("amount"))
    rows = Order.objects.attributed().filter(collaboration__campaign__in=list(campaigns)).order_by()
    rows = rows.annotate(back=Coalesce(Subquery(back.values("sum")), Decimal(0)))
    kept = Q(back__lt=F("amount")) | Q(amount=0)
    summed = rows.values("collaboration_id", "via", "amount_currency").annotate(
        kept=Count("pk", filter=kept), unknown=Count("pk", filter=kept & Q(cost=None)), sum=Coalesce(Sum("amount"), ZERO),
        returned=Coalesce(Sum("back"), ZERO), goods=Coalesce(Sum("cost", filter=kept), ZERO),
    )  # fmt: skip
    return summed.values_list(
        "collaboration_id", "via", "amount_currency", "kept", "unknown", "sum", "returned", "goods"
    )


def _clicks(campaigns: Collection[int]) -> Any:
    rows = LinkClick.objects.by_people().filter(**{f"{CARD}__campaign__in": list(campaigns)}).order_by()
    summed = rows.values(f"{CARD}_id").annotate(n=Count("pk"))
    return summed.values_list(f"{CARD}_id", Value(CLICK), Value(""), "n", NONE, ZERO, ZERO, ZERO)
