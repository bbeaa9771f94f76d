"""The shelves as a list: one line for each thing, with what is free, what ends soon and what runs low."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Min, Q, Sum
from django.utils.translation import gettext as _

from campaigns.samples.models import SampleTerm, StockBatch, terms_on

if TYPE_CHECKING:
    from crm.team.models import User

Rows = Any
"""A QuerySet of one dict a line, narrowed further by whoever shows it."""

NAMES = {
    "brand": F("product__brand__name"),
    "colour": F("product__brand__colour"),
    "product_name": F("product__name"),
    "variant_name": F("variant__name"),
    "sku": F("variant__sku"),
    "swatch": F("variant__swatch"),
}
ORDER = ("brand", "product_name", "variant__position", "variant_name")
LOW, SOON = 5, 60
"""Pieces and days, where no term says otherwise."""


@dataclass(frozen=True)
class Limits:
    """From when on a shelf is worth a look."""

    low: int
    soon_on: dt.date

    @classmethod
    def on(cls, today: dt.date) -> "Limits":
        terms = terms_on(today)
        soon = terms.get(SampleTerm.Code.ENDS_SOON, SOON)
        return cls(terms.get(SampleTerm.Code.STOCK_LOW, LOW), today + dt.timedelta(days=soon))


def shelves(user: "User") -> Rows:
    """Each thing that was ever received, of brands that count and that this colleague may see. One query."""
    there = Q(on_hand__gt=0)
    rows = StockBatch.objects.visible_to(user).filter(product__brand__counts_stock=True, product__archived_at=None)
    summed = rows.order_by().values("product", "variant", "variant__position", **NAMES)
    return summed.annotate(
        hand=Sum("on_hand"),
        promised=Sum("reserved"),
        free=Sum(F("on_hand") - F("reserved")),
        ends_on=Min("expires_on", filter=there),
        places=Count("location", distinct=True, filter=there),
    ).order_by(*ORDER)


TABS: Mapping[str, Any] = {
    "all": lambda rows, limits: rows,
    "low": lambda rows, limits: rows.filter(free__lte=limits.low),
    "soon": lambda rows, limits: rows.filter(ends_on__lte=limits.soon_on),
}


def matching(rows: Rows, tab: str, words: str, limits: Limits) -> Rows:
    """Rows of a tab whose brand, product, variant or SKU has the words in it."""
    if words:
        fields = ("brand", "product_name", "variant_name", "sku")
        asked = Q()
        for name in fields:
            asked |= Q(**{f"{name}__icontains": words})
        rows = rows.filter(asked)
    return TABS.get(tab, TABS["all"])(rows, limits)


@dataclass(frozen=True)
class Shelf:
    """One line of the list."""

    row: Mapping[str, Any]
    limits: Limits

    @property
    def name(self) -> str:
        return ", ".join(name for name in (self.row["product_name"], self.row["variant_name"]) if name)

    @property
    def marks(self) -> list[tuple[str, str]]:
        """What is worth a look, each with its tone."""
        said = []
        if self.row["free"] <= 0:
            said.append((_("None left"), "bad"))
        elif self.row["free"] <= self.limits.low:
            said.append((_("Low"), "warn"))
        if self.row["ends_on"] and self.row["ends_on"] <= self.limits.soon_on:
            said.append((_("Ends soon"), "warn"))
        return said


def lines_of(rows: Sequence[Mapping[str, Any]], limits: Limits) -> list[Shelf]:
    return [Shelf(row, limits) for row in rows]
