"""The page of gifts: what was given, what it cost, and what came of it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, F, Sum
from djmoney.money import Money

from campaigns.samples.after.forms import GiftFilter
from campaigns.samples.models import GIFTS, SampleItem, SampleRequest, Shipment
from crm.brands.models import Brand
from crm.team.models import User


@dataclass(frozen=True)
class Figures:
    """What all of them come to, in a fixed number of queries. Sums are one per currency."""

    sent: int
    posted: int
    quiet: int
    rather_not: int
    value: list[Money]
    cost: list[Money]
    shipping: list[Money]


@dataclass(frozen=True)
class Line:
    """One gift of the list."""

    row: SampleRequest
    things: str
    cost: list[Money]


def gifts_seen(user: User, brand: Brand | None = None, outcome: str = "") -> Any:
    """The gifts this colleague may see that were not turned down, of one brand and with one outcome where asked for."""
    rows = SampleRequest.objects.visible_to(user).standing().filter(purpose__in=GIFTS)
    if brand is not None:
        rows = rows.filter(brand=brand)
    if outcome == GiftFilter.OPEN:
        return rows.filter(outcome="")
    return rows.filter(outcome=outcome) if outcome else rows


def figures_of(rows: Any) -> Figures:
    by_outcome = dict(rows.order_by().values_list("outcome").annotate(n=Count("pk")))
    items = SampleItem.objects.filter(request__in=rows).order_by()
    parcels = Shipment.objects.filter(request__in=rows, shipped_at__isnull=False).order_by()
    return Figures(
        sum(by_outcome.values()), by_outcome.get("posted", 0), by_outcome.get("quiet", 0), by_outcome.get("declined", 0),
        _sums(items, "value"), _sums(items, "cost"), _sums(parcels, "cost", one=True),
    )  # fmt: skip


def _sums(rows: Any, column: str, *, one: bool = False) -> list[Money]:
    """What a column comes to, per currency; each line as often as it has pieces."""
    whole = F(column) if one else F(column) * F("quantity")
    summed = Sum(whole, output_field=DecimalField(max_digits=20, decimal_places=2))
    found = rows.filter(**{f"{column}__isnull": False}).values_list(f"{column}_currency").annotate(total=summed)
    return [Money(total, currency) for currency, total in found.order_by(f"{column}_currency")]


def lines_of(rows: list[SampleRequest]) -> list[Line]:
    """Rows with what they are and what they cost, read once for the page."""
    return [_line(row) for row in rows]


def _line(row: SampleRequest) -> Line:
    things = ", ".join(f"{item.quantity} × {item}" if item.quantity > 1 else str(item) for item in row.items.all())
    costs: dict[str, Decimal] = {}
    spent = [(item.cost, item.quantity) for item in row.items.all()]
    spent += [(parcel.cost, 1) for parcel in row.shipments.all() if parcel.shipped_at]
    for money, number in spent:
        if money is not None:
            costs[str(money.currency)] = costs.get(str(money.currency), Decimal(0)) + money.amount * number
    return Line(row, things, [Money(total, currency) for currency, total in costs.items()])


def with_everything(rows: Any) -> Any:
    """With what a line of the page shows, in a fixed number of queries."""
    return rows.with_person().prefetch_related("items__product", "items__variant__product", "shipments").order_by("-pk")
