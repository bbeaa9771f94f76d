"""The pictures of a report as places in percent: what templates draw, each with the words for those who do not see it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.results.formulas import divided
from campaigns.results.reckoning.shape import Group
from campaigns.results.reports.burning import burn_of
from campaigns.results.reports.ground import Ground
from campaigns.results.reports.pieces import BenchmarkRow, KpiLine
from campaigns.results.reports.plotting import bubbles_of, reach_of
from campaigns.results.reports.shape import Report
from campaigns.results.reports.words import count, money, rate, short
from crm.base.plots import across, lanes, top_of

DOT_APART = 2.4
MOST_DOTS = 60
LANE_HEIGHT = 7
LEAST_WIDTH = 0.6


@dataclass(frozen=True)
class Bullet:
    """One target as a bar: how far it is filled, where the target stands."""

    line: KpiLine
    fill: float
    mark: float

    @property
    def tone(self) -> str:
        if self.line.is_met:
            return "is-met"
        return "is-over" if self.line.less_is_better and self.line.reached is not None else ""


@dataclass(frozen=True)
class Range:
    """One benchmark band as a stretch, our posts as dots on it, the one in the middle as a mark."""

    row: BenchmarkRow
    start: float
    width: float
    middle: float
    dots: Sequence[tuple[float, int]]
    ours_words: str
    usual_words: str

    @property
    def is_point(self) -> bool:
        """A set that gives one number, not a stretch."""
        return self.width < LEAST_WIDTH

    @property
    def shown_width(self) -> float:
        return max(self.width, LEAST_WIDTH)


@dataclass(frozen=True)
class TierBar:
    """One tier by what an engagement of it cost, with its effective reach."""

    label: str
    n: str
    value: str
    width: float
    reach: str
    effective: str
    rate: str
    cost: str
    per_thousand: str


@dataclass(frozen=True)
class Step:
    """One step of the way from being seen to an order."""

    label: str
    value: str
    width: float
    rate: str


def charts_of(report: Report, ground: Ground) -> Report:
    """The same report with its pictures; those with nothing to show are left out."""
    charts: dict[str, object] = {
        "bullets": bullets_of(report.kpis),
        "ranges": ranges_of(report.benchmarks),
        "tiers": tiers_of(report, ground),
        "funnel": funnel_of(report.total),
        "reach": reach_of(ground),
        "bubbles": bubbles_of(ground),
        "burn": None if report.client else burn_of(ground),
    }
    return replace(report, charts={name: chart for name, chart in charts.items() if chart})


def bullets_of(kpis: Sequence[KpiLine]) -> list[Bullet]:
    return [bullet_of(one) for one in kpis if one.target is not None]


def bullet_of(one: KpiLine) -> Bullet:
    assert one.target is not None
    reached = one.reached or Decimal(0)
    end = max(reached, one.target) * Decimal("1.08")
    return Bullet(one, across(reached, end), across(one.target, end))


def ranges_of(rows: Sequence[BenchmarkRow]) -> list[Range]:
    """Rows of one platform and measure share a scale."""
    tops: dict[tuple[str, str], Decimal] = {}
    for row in rows:
        key = (row.platform, row.measure)
        tops[key] = max(tops.get(key, Decimal(0)), row.high, *row.rates)
    return [range_of(row, top_of(tops[row.platform, row.measure])) for row in rows]


def range_of(row: BenchmarkRow, top: float) -> Range:
    start, end = across(row.low, top), across(row.high, top)
    places = [across(one, top) for one in sampled(row.rates)]
    dots = [(place, lane * LANE_HEIGHT) for place, lane in zip(places, lanes(places, DOT_APART), strict=True)]
    low, high = rate(row.low / 100), rate(row.high / 100)
    usual = low if low == high else f"{low} – {high}"
    return Range(row, start, round(end - start, 2), across(row.ours, top), dots, rate(row.ours / 100), usual)


def sampled(rates: Sequence[Decimal]) -> Sequence[Decimal]:
    """A thousand dots are a blot: then evenly picked ones, the least and the largest among them."""
    if len(rates) <= MOST_DOTS:
        return rates
    return [rates[place * (len(rates) - 1) // (MOST_DOTS - 1)] for place in range(MOST_DOTS)]


def tiers_of(report: Report, ground: Ground) -> list[TierBar]:
    """Two tiers or more whose posts were counted; which is cheapest depends on what is wanted, so all lines stand there."""
    groups = [group for group in report.by_tier if group.counted]
    costs = [ground.basis.cost_each(group.counts) for group in groups]
    most = max((cost for cost in costs if cost is not None), default=None)
    if ground.client and most is None:
        return []
    return [tier_bar(group, cost, most, ground) for group, cost in zip(groups, costs, strict=True)]


def tier_bar(group: Group, cost: Decimal | None, most: Decimal | None, ground: Ground) -> TierBar:
    counts, currency, match = group.counts, ground.currency, ground.chosen.match
    per_thousand = counts.cost_per_thousand_reached if match is None else counts.cost_per_thousand_meant(match)
    effective = counts.effective_reach(match)
    return TierBar(
        group.label, posts_of(group), money(cost, currency), across(cost, most) if cost and most else 0,
        short(counts.reach), "" if match is None else short(effective), rate(group.median(ground.basis.rate)),
        money(counts.cost, currency), money(per_thousand, currency),
    )  # fmt: skip


def posts_of(group: Group) -> str:
    n = group.counted
    posts = ngettext("%(n)s post", "%(n)s posts", n) % {"n": count(n)}
    return _("%(posts)s, %(people)s") % {
        "posts": posts,
        "people": ngettext("%(n)s person", "%(n)s people", group.people) % {"n": count(group.people)},
    }


def funnel_of(group: Group) -> list[Step]:
    """From reach to orders; nothing where nobody clicked or bought."""
    counts = group.counts
    known = [
        (_("Reach"), counts.reach),
        (_("Clicks"), counts.clicks),
        (_("Orders"), counts.orders),
    ]
    steps = [(label, value) for label, value in known if value is not None]
    if len(steps) < 2:
        return []
    top = max(value for _label, value in steps)
    return [
        Step(label, count(value), max(0.6, across(value, top)), next_rate(steps, place))
        for place, (label, value) in enumerate(steps)
    ]


def next_rate(steps: Sequence[tuple[str, int]], place: int) -> str:
    if place == 0:
        return ""
    share = divided(steps[place][1], steps[place - 1][1])
    return _("%(rate)s of the step before") % {"rate": rate(share)} if share is not None else ""
