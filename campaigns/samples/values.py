"""What samples are worth: what was promised, what arrived, what it cost. Delivered pieces only count (domain 4.5.8)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext as _
from djmoney.money import Money

from campaigns.planning.models import Collaboration
from campaigns.samples.arriving.counts import COUNTED, WHOLE
from campaigns.samples.models import SampleItem, SampleRequest, Shipment, ShipmentItem
from campaigns.samples.models.purposes import MEANINGS
from crm.base.formats import money_full


@dataclass
class Sums:
    """Amounts, each currency by itself."""

    by_currency: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def add(self, money: Money | None, times: int = 1) -> None:
        if money is not None and times:
            self.by_currency[str(money.currency)] += money.amount * times

    def __bool__(self) -> bool:
        return any(self.by_currency.values())

    def __str__(self) -> str:
        return " + ".join(
            money_full(amount, currency) for currency, amount in sorted(self.by_currency.items()) if amount
        )


@dataclass(frozen=True)
class Line:
    """One line of a request: so many were asked for, so many came."""

    item: SampleItem
    came: int

    @property
    def is_pay(self) -> bool:
        return MEANINGS[self.item.request.purpose].is_pay


def lines_of(requests: "QuerySet[SampleRequest, Any]") -> list[Line]:
    """Every line of requests that stand, with what of it came. One query."""
    return [Line(one, one.came) for one in with_came(requests).select_related("request__pay_line")]


def with_came(requests: "QuerySet[SampleRequest, Any]") -> "QuerySet[SampleItem, Any]":
    """The lines of requests that stand, with `came`: never more than was promised, and of what needs no parcel all of it
    once somebody said so.
    """
    pieces = Sum(Coalesce("arrived", WHOLE, output_field=IntegerField()))
    parcels = ShipmentItem.objects.filter(item=OuterRef("pk"), shipment__status__in=COUNTED).order_by()
    in_parcels = Coalesce(Subquery(parcels.values("item").annotate(n=pieces).values("n")), 0)
    by_parcel = Q(request__way=SampleRequest.Way.PARCEL)
    came = Case(
        When(by_parcel, then=Least(in_parcels, F("quantity"))),
        When(request__status=SampleRequest.Status.ARRIVED, then=F("quantity")),
        default=Value(0), output_field=IntegerField(),
    )  # fmt: skip
    return SampleItem.objects.filter(request__in=requests.standing()).annotate(came=came)  # type: ignore[attr-defined,no-any-return]


def shipping_of(requests: "QuerySet[SampleRequest, Any]") -> Sums:
    """What couriers cost, whatever became of the parcel. One query."""
    left = Shipment.objects.filter(request__in=requests, cost__isnull=False).exclude(status=Shipment.Status.CANCELLED)
    return totalled((Money(amount, currency), 1) for amount, currency in left.values_list("cost", F("cost_currency")))


def totalled(amounts: Iterable[tuple[Money | None, int]]) -> Sums:
    sums = Sums()
    for money, times in amounts:
        sums.add(money, times)
    return sums


@dataclass(frozen=True)
class Worth:
    """What the samples of one collaboration are worth."""

    lines: Sequence[Line]
    shipping: Sums

    @property
    def promised(self) -> Sums:
        """As pay: what was asked for."""
        return totalled((one.item.value, one.item.quantity) for one in self.lines if one.is_pay)

    @property
    def delivered(self) -> Sums:
        """As pay: what arrived. This is what counts to the contract's value."""
        return totalled((one.item.value, one.came) for one in self.lines if one.is_pay)

    @property
    def agreed(self) -> Sums:
        """What the lines of the contract name."""
        lines = {one.item.request.pay_line for one in self.lines if one.is_pay and one.item.request.pay_line}
        return totalled((line.amount, 1) for line in lines)

    @property
    def not_pay(self) -> Sums:
        """Gifts, loans, what stays at the shoot: arrived, and never counted as pay."""
        return totalled((one.item.value, one.came) for one in self.lines if not one.is_pay)

    @property
    def says(self) -> str:
        """All of it in one line; empty where nothing has a value."""
        return ". ".join([*self._pay(), *self._beside()])

    def _pay(self) -> list[str]:
        if not self.promised:
            return []
        arrived = str(self.delivered) or _("nothing")
        told = {"promised": self.promised, "delivered": arrived, "agreed": self.agreed}
        if self.agreed:
            return [_("As pay %(promised)s, arrived %(delivered)s, the contract says %(agreed)s") % told]
        return [_("As pay %(promised)s, arrived %(delivered)s") % told]

    def _beside(self) -> list[str]:
        said = [_("Arrived and not pay: %(value)s") % {"value": self.not_pay}] if self.not_pay else []
        return [*said, *([_("Shipping: %(cost)s") % {"cost": self.shipping}] if self.shipping else [])]


def worth_of(card: Collaboration) -> Worth:
    """Value in kind promised and delivered, and what shipping cost, of one collaboration. Two queries."""
    requests = SampleRequest.objects.filter(collaboration=card)
    return Worth(lines_of(requests), shipping_of(requests))
