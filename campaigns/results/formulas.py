"""Every figure a report names, as one formula each (domain rules, section 8.2).

Pure: numbers in, numbers out. A missing part, or nothing to divide by, gives None: pages then say "n/a", never 0.
Formulas of the engagement rates: https://blog.hootsuite.com/calculate-engagement-rate/.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from operator import attrgetter
from statistics import median
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.influencers.rates import Counts as AccountCounts

Number = int | Decimal
THOUSAND, HUNDRED = Decimal(1000), Decimal(100)


def divided(part: Number | None, by: Number | None) -> Decimal | None:
    """The quotient; None when either is unknown or there is nothing to divide by."""
    return Decimal(part) / Decimal(by) if part is not None and by else None


def less(whole: Number | None, part: Number | None) -> Decimal | None:
    return Decimal(whole) - Decimal(part) if whole is not None and part is not None else None


@dataclass(frozen=True, slots=True)
class Counts(AccountCounts):
    """What was counted of one post, or of many together, and what it cost. Money is in one currency throughout.

    `revenue` is what buyers paid for goods through codes and links, `margin` the same less what those goods cost us.
    """

    impressions: int | None = None
    clicks: int | None = None
    orders: int | None = None
    positive: int | None = None
    neutral: int | None = None
    negative: int | None = None
    revenue: Decimal | None = None
    margin: Decimal | None = None
    cost: Decimal | None = None

    @property
    def public_engagements(self) -> int | None:
        """Likes and comments: what everybody can see."""
        return None if self.likes is None or self.comments is None else self.likes + self.comments

    @property
    def by_impressions(self) -> Decimal | None:
        return divided(self.engagements, self.impressions)

    @property
    def cpm(self) -> Decimal | None:
        """Cost per thousand impressions."""
        return _per_thousand(self.cost, self.impressions)

    @property
    def cost_per_thousand_reached(self) -> Decimal | None:
        return _per_thousand(self.cost, self.reach)

    @property
    def cpe(self) -> Decimal | None:
        """Cost per engagement."""
        return divided(self.cost, self.engagements)

    @property
    def public_cpe(self) -> Decimal | None:
        """Cost per like or comment, where saves and shares are not known."""
        return divided(self.cost, self.public_engagements)

    @property
    def cpv(self) -> Decimal | None:
        return divided(self.cost, self.views)

    @property
    def cpc(self) -> Decimal | None:
        return divided(self.cost, self.clicks)

    @property
    def cpa(self) -> Decimal | None:
        return divided(self.cost, self.orders)

    @property
    def ctr(self) -> Decimal | None:
        return divided(self.clicks, self.impressions)

    @property
    def cvr(self) -> Decimal | None:
        return divided(self.orders, self.clicks)

    @property
    def average_order(self) -> Decimal | None:
        return divided(self.revenue, self.orders)

    @property
    def roas(self) -> Decimal | None:
        """Revenue per unit of cost. Above 1 may still be a loss: goods cost something, too."""
        return divided(self.revenue, self.cost)

    @property
    def roi(self) -> Decimal | None:
        """By margin: what was earned on the goods, less the cost, per unit of cost."""
        return divided(less(self.margin, self.cost), self.cost)

    @property
    def roi_by_revenue(self) -> Decimal | None:
        """The flattering one, only where nobody knows what the goods cost; say which it is wherever it is shown."""
        return divided(less(self.revenue, self.cost), self.cost)

    @property
    def sentiment(self) -> Decimal | None:
        """From -1, all against, to 1, all in favour; of the comments somebody classified."""
        parts = (self.positive, self.neutral, self.negative)
        known = [part for part in parts if part is not None]
        return divided(less(self.positive, self.negative), sum(known)) if len(known) == len(parts) else None

    def effective_reach(self, match: Number | None) -> Decimal | None:
        """How many of those reached are the target, at a match in percent (domain rule R1-39)."""
        return None if self.reach is None or match is None else self.reach * Decimal(match) / HUNDRED

    def cost_per_thousand_meant(self, match: Number | None) -> Decimal | None:
        return _per_thousand(self.cost, self.effective_reach(match))


def _per_thousand(cost: Number | None, of: Number | None) -> Decimal | None:
    one = divided(cost, of)
    return None if one is None else one * THOUSAND


def share_of_target(reached: Number | None, target: Number | None) -> Decimal | None:
    """How much of a target is reached; above 1 when it is passed."""
    return divided(reached, target)


def change(before: Number | None, after: Number | None) -> Decimal | None:
    """How far a figure moved, as a share of where it began."""
    return None if before is None else divided(less(after, before), abs(Decimal(before)))


def mean_of(values: Iterable[Decimal | None]) -> Decimal | None:
    """The average of those that are known; None when none is."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) / len(known) if known else None


def median_of(values: Iterable[Decimal | None]) -> Decimal | None:
    """The one in the middle of those that are known: one post that went through the roof does not move it."""
    known = [value for value in values if value is not None]
    return median(known) if known else None


PARTS = attrgetter(*(field.name for field in fields(Counts)))


def added(*counts: Counts) -> Counts:
    """Many as one: each part over those where it is known; a part that nobody knows stays unknown."""
    return Counts(*map(_sum, zip(*map(PARTS, counts), strict=True)))


def _sum(column: tuple[Any, ...]) -> Any:
    known = [part for part in column if part is not None] if None in column else column
    return sum(known) if known else None


@dataclass(frozen=True)
class Metric:
    """One figure: its name, its formula, and whether it is a share, money, or a bare number."""

    code: str
    label: Promise
    of: Callable[[Counts], Decimal | None]
    unit: str = "share"


METRICS: tuple[Metric, ...] = (
    Metric("like_rate", _("Like rate"), lambda one: one.like_rate),
    Metric("comment_rate", _("Comment rate"), lambda one: one.comment_rate),
    Metric("public", _("Likes and comments per follower"), lambda one: one.public),
    Metric("full", _("Engagements per follower"), lambda one: one.full),
    Metric("by_reach", _("Engagements per person reached"), lambda one: one.by_reach),
    Metric("by_impressions", _("Engagements per impression"), lambda one: one.by_impressions),
    Metric("by_views", _("Engagements per view"), lambda one: one.by_views),
    Metric("reach_rate", _("Reach per follower"), lambda one: one.reach_rate),
    Metric("amplification", _("Shares per follower"), lambda one: one.amplification),
    Metric("ctr", _("Clicks per impression"), lambda one: one.ctr),
    Metric("cvr", _("Orders per click"), lambda one: one.cvr),
    Metric("cpm", _("Cost per 1,000 impressions"), lambda one: one.cpm, "money"),
    Metric("reached", _("Cost per 1,000 reached"), lambda one: one.cost_per_thousand_reached, "money"),
    Metric("cpe", _("Cost per engagement"), lambda one: one.cpe, "money"),
    Metric("cpv", _("Cost per view"), lambda one: one.cpv, "money"),
    Metric("cpc", _("Cost per click"), lambda one: one.cpc, "money"),
    Metric("cpa", _("Cost per order"), lambda one: one.cpa, "money"),
    Metric("roas", _("Revenue per cost (ROAS)"), lambda one: one.roas, "number"),
    Metric("roi", _("Return on cost, by margin (ROI)"), lambda one: one.roi),
    Metric("sentiment", _("Sentiment of comments"), lambda one: one.sentiment),
)
"""All of them, in the order tables show them."""

METRIC: dict[str, Metric] = {one.code: one for one in METRICS}
