"""EMV at our own rates: off unless the house and the report both want it, printed with its rates, and part of no other figure.

No formula for it is agreed on, and it says nothing of what came of the posts (domain rules, section 8.5).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.results.models import EmvRate
from campaigns.results.reckoning.shape import PostFigure
from crm.base.formats import count_full, money_full
from crm.base.models import Organisation

NAME = _("EMV (own rates)")
CAUTION = _(
    "EMV at our own rates is no result: no formula for it is agreed on, and it is part of no other figure here."
)
NAMES: Mapping[str, Any] = {
    "likes": _("Likes"), "comments": _("Comments"), "saves": _("Saves"), "shares": _("Shares"), "views": _("Views"),
    "reach": _("Reach"), "impressions": _("Impressions"), "clicks": _("Clicks"),
}  # fmt: skip


@dataclass(frozen=True)
class EmvLine:
    """One rate and what it comes to: so many of these at so much each."""

    platform: str
    metric: str
    rate: Decimal
    count: int

    @property
    def label(self) -> str:
        return str(NAMES[self.metric])

    @property
    def worth(self) -> Decimal:
        return self.rate * self.count

    @property
    def where(self) -> str:
        """Likes, Instagram."""
        return f"{self.label}, {self.platform}"


@dataclass(frozen=True)
class Emv:
    """What the counts come to at the rates of the house, with every rate that was used."""

    currency: str
    lines: Sequence[EmvLine]

    @property
    def name(self) -> str:
        return str(NAME)

    @property
    def words(self) -> str:
        return money_full(self.total, self.currency)

    @property
    def rates(self) -> list[tuple[str, str, str, str]]:
        """Every rate that was used: for what, at how much, how often, and what that comes to."""
        return [
            (
                one.where,
                money_full(one.rate, self.currency),
                count_full(one.count),
                money_full(one.worth, self.currency),
            )
            for one in self.lines
        ]

    @property
    def total(self) -> Decimal:
        return sum((line.worth for line in self.lines), Decimal(0))


def emv_of(figures: Iterable[PostFigure], *, wanted: bool, currency: str, on: dt.date) -> Emv | None:
    """The EMV of these posts in one currency. None unless the report wants it, the house does, and there is a rate."""
    if not wanted or not Organisation.load().shows_emv:
        return None
    rates = rates_on(on, currency)
    lines = lines_of(figures, rates) if rates else []
    return Emv(currency, lines) if lines else None


Rates = Mapping[tuple[str, str], Decimal]
"""By (code of the platform, metric); without a platform the rate of all that have none of their own."""


def rates_on(on: dt.date, currency: str) -> Rates:
    """Those in force on a day; of two the later one holds."""
    rows = EmvRate.objects.valid_on(on).filter(currency=currency).select_related("platform")
    return {(row.platform.code if row.platform else "", row.metric): row.value for row in rows}


def lines_of(figures: Iterable[PostFigure], rates: Rates) -> list[EmvLine]:
    """What is not known of a post counts nowhere."""
    counted: dict[tuple[str, str, Decimal], int] = defaultdict(int)
    for one in figures:
        for metric in NAMES:
            rate = rates.get((one.platform, metric), rates.get(("", metric)))
            count = getattr(one.counts, metric)
            if rate is not None and count:
                counted[one.platform_name, metric, rate] += count
    return [EmvLine(platform, metric, rate, count) for (platform, metric, rate), count in counted.items()]
