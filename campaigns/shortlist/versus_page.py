"""The comparison in lines: what stands on both sides, and what people of a shortlist come to as one side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean, median
from typing import Any

from django.utils.translation import gettext as _

from campaigns.shortlist.fit_page import Row
from campaigns.shortlist.versus import Side, rounded, whole
from crm.base.formats import count_full, money_full

EXAMPLE = {
    "counted": "likes", "a_people": "1", "a_followers": "3000000", "a_price": "150000000", "a_rate": "1.66",
    "a_reach": "20", "a_match": "15", "b_people": "50", "b_followers": "40000", "b_price": "3000000",
    "b_rate": "2.37", "b_reach": "20", "b_match": "60",
}  # fmt: skip
"""The example of the articles: 150 million on one celebrity or on fifty micro-influencers."""


@dataclass(frozen=True)
class Line:
    """One figure of both sides, with what it is counted in."""

    label: str
    a: str
    b: str
    hint: str = ""


def lines_of(a: Side, b: Side, counted: str, currency: str) -> list[Line]:
    """Everything both articles argue with, in this order: what it costs, brings, reaches, and how much work it is."""

    def money(amount: Decimal | None) -> str:
        return _("n/a") if amount is None else money_full(amount, currency)

    def number(count: int | None) -> str:
        return _("n/a") if count is None else count_full(count)

    return [
        Line(_("Cost together"), money(a.cost), money(b.cost)),
        Line(counted, number(a.engagements), number(b.engagements), _("the same definition on both sides")),
        Line(_("Cost of each of them"), money(a.cost_each), money(b.cost_each)),
        Line(_("Reach"), number(a.reach), number(b.reach), _("followers times reach rate, not followers")),
        Line(_("Cost per 1,000 people reached"), money(a.cost_per_thousand), money(b.cost_per_thousand)),
        Line(_("Coordination"), number(a.contracts), number(b.contracts), _("contracts, briefs and approvals")),
        Line(_("Effective reach"), number(a.effective), number(b.effective), _("of the audience looked for")),
        Line(
            _("Cost per 1,000 of that audience"), money(a.cost_per_thousand_wanted), money(b.cost_per_thousand_wanted)
        ),
    ]


def side_of(rows: Sequence[Row], name: str, currency: str) -> Mapping[str, Any]:
    """People of the shortlist as one side: means, and the middle of the reach rates. What nobody knows stays empty."""
    followers = [row.known.followers for row in rows if row.known.followers is not None]
    costs = [row.cost.amount for row in rows if row.cost is not None and str(row.cost.currency) == currency]
    rates = [rate for row in rows if (rate := row.facts.counts.like_rate) is not None]
    reach = [Decimal(row.forecast.reach) / row.known.followers for row in rows if row.forecast and row.known.followers]
    match = [float(row.forecast.match) for row in rows if row.forecast and row.forecast.match is not None]
    return {
        f"{name}_people": len(rows) or None,
        f"{name}_followers": whole(Decimal(sum(followers)) / len(followers)) if followers else None,
        f"{name}_price": rounded(sum(costs, Decimal(0)) / len(costs)) if costs else None,
        f"{name}_rate": round(sum(rates, Decimal(0)) / len(rates) * 100, 3) if rates else None,
        f"{name}_reach": round(median(reach) * 100, 3) if reach else None,
        f"{name}_match": round(Decimal(str(fmean(match))) * 100, 3) if match else None,
    }
