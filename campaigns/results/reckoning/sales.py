"""Orders and clicks of some campaigns, by card: each in one query."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from campaigns.results.models import Order, OrderReturn
from campaigns.tracking.models import LinkClick

CARD = "link__deliverable__collaboration"


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
    back = OrderReturn.objects.filter(order=OuterRef("pk")).order_by().values("order").annotate(sum=Sum("amount"))
    zero = Decimal(0)
    rows = Order.objects.attributed().filter(collaboration__campaign__in=list(campaigns)).order_by()
    rows = rows.annotate(back=Coalesce(Subquery(back.values("sum")), zero))
    kept = Q(back__lt=F("amount")) | Q(amount=0)
    found = rows.values("collaboration_id", "via", "amount_currency").annotate(
        kept=Count("pk", filter=kept), unknown=Count("pk", filter=kept & Q(cost=None)), sum=Coalesce(Sum("amount"), zero),
        returned=Coalesce(Sum("back"), zero), goods=Coalesce(Sum("cost", filter=kept), zero),
    )  # fmt: skip
    return [
        Sold(
            row["collaboration_id"], row["via"], row["amount_currency"], row["kept"], row["sum"] - row["returned"],
            row["returned"], None if row["unknown"] else row["sum"] - row["returned"] - row["goods"],
        )
        for row in found
    ]  # fmt: skip


def clicks_by_card(campaigns: Collection[int]) -> dict[int, int]:
    """Visits of tracked links by people: previews, scanners and crawlers left out."""
    rows = LinkClick.objects.by_people().filter(**{f"{CARD}__campaign__in": list(campaigns)})
    return dict(rows.order_by().values_list(f"{CARD}_id").annotate(n=Count("pk")))
