"""Orders counted: by code, by post, by way they came, each currency by itself and less what came back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, Sum

from campaigns.planning.models import Campaign, Deliverable
from campaigns.results.models import Order, OrderReturn
from campaigns.results.models.orders import OrderQuerySet
from campaigns.tracking.models import VoucherCode
from campaigns.tracking.shown import Visits, visits_of
from crm.base.formats import money_full

ZERO = Decimal(0)
CODE, LINK = Order.Via.CODE, Order.Via.LINK


@dataclass
class Sold:
    """How many orders, and what they came to by currency after what came back."""

    orders: int = 0
    sums: dict[str, Decimal] = field(default_factory=dict)
    last_on: dt.date | None = None

    def add(self, currency: str, orders: int, amount: Decimal | None, last_on: dt.date | None) -> None:
        self.orders += orders
        self.sums[currency] = self.sums.get(currency, ZERO) + (amount or ZERO)
        self.last_on = max(filter(None, (self.last_on, last_on)), default=None)

    @property
    def says(self) -> str:
        """`Rp5.940.000`, `Rp5.940.000 + US$12,00`."""
        return " + ".join(money_full(amount, currency) for currency, amount in sorted(self.sums.items()) if amount)


@dataclass(frozen=True)
class OfCode:
    """One code and what was sold by it."""

    code: VoucherCode
    sold: Sold


@dataclass(frozen=True)
class OfPost:
    """One post with a link: who came by it, and what was sold through it."""

    row: Deliverable
    visits: Visits
    sold: Sold


@dataclass(frozen=True)
class Shares:
    """How many orders came by a code and how many by a link; a whole hundred where there are any."""

    code: int
    link: int

    @property
    def percent(self) -> int | None:
        """Of a hundred orders, how many came by a code, half up."""
        total = self.code + self.link
        return (self.code * 200 + total) // (2 * total) if total else None


def sold_by(orders: OrderQuerySet, by: str) -> dict[Any, Sold]:
    """Orders summed by a column of theirs, less what came back. Two queries."""
    found: dict[Any, Sold] = {}
    rows = orders.order_by().values_list(by, "amount_currency").annotate(Count("pk"), Sum("amount"), Max("ordered_on"))
    for key, currency, count, amount, last_on in rows:
        found.setdefault(key, Sold()).add(currency, count, amount, last_on)
    back = OrderReturn.objects.filter(order__in=orders).order_by()
    for key, currency, amount in back.values_list(f"order__{by}", "order__amount_currency").annotate(Sum("amount")):
        found[key].add(currency, 0, -amount, None)
    return found


@dataclass(frozen=True)
class OfCampaign:
    """What one campaign sold, as far as codes and links tell."""

    total: Sold
    shares: Shares
    codes: Sequence[OfCode]
    posts: Sequence[OfPost]
    nobodys: int


def of_campaign(campaign: Campaign) -> OfCampaign:
    """Everything a campaign sold. A fixed number of queries."""
    mine = Order.objects.attributed().filter(collaboration__campaign=campaign)
    by_via, by_code = sold_by(mine, "via"), sold_by(mine, "code")
    codes = campaign.codes.select_related("collaboration__influencer").order_by("code")
    return OfCampaign(
        total=_together(by_via),
        shares=Shares(*(by_via[via].orders if via in by_via else 0 for via in (CODE, LINK))),
        codes=sorted((OfCode(code, by_code.get(code.pk, Sold())) for code in codes), key=lambda one: -one.sold.orders),
        posts=_posts(campaign, mine),
        nobodys=Order.objects.unattributed().filter(brand=campaign.brand_id).count(),
    )


def _together(parts: Mapping[Any, Sold]) -> Sold:
    whole = Sold()
    for part in parts.values():
        whole.orders += part.orders
        for currency, amount in part.sums.items():
            whole.add(currency, 0, amount, part.last_on)
    return whole


def _posts(campaign: Campaign, mine: OrderQuerySet) -> list[OfPost]:
    """Posts with a link, or with orders that name them."""
    sold = sold_by(mine.filter(deliverable__isnull=False), "deliverable")
    rows = Deliverable.objects.filter(Q(tracked_link__isnull=False) | Q(pk__in=sold), collaboration__campaign=campaign)
    made = list(rows.select_related("format__platform", "tracked_link", "collaboration__influencer").order_by("pk"))
    links = {row.pk: getattr(row, "tracked_link", None) for row in made}
    visits = visits_of(link.pk for link in links.values() if link is not None)
    posts = [
        OfPost(row, visits.get(link.pk, Visits()) if link is not None else Visits(), sold.get(row.pk, Sold()))
        for row in made
        for link in [links[row.pk]]
    ]
    return sorted(posts, key=lambda one: (-one.sold.orders, -one.visits.people))
