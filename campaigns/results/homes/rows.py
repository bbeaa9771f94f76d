"""Live campaigns side by side: goals, budget, what an engagement cost, how old the numbers are, and what is at risk."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.planning.campaign_list import CampaignRow, campaign_rows
from campaigns.planning.models import Campaign, Collaboration, Kpi
from campaigns.planning.tiles import time_gone
from campaigns.results.costs.reckoning import costs_of
from campaigns.results.formulas import Counts, added, median_of
from campaigns.results.models import Order
from campaigns.results.reckoning.basis import basis_of
from campaigns.results.reckoning.figures import post_figures
from campaigns.results.reckoning.sales import Sold, sold_and_clicked
from campaigns.results.reckoning.shape import Group, PostFigure
from campaigns.results.reports.against import RATES, bands_for, holds, judged
from campaigns.results.reports.aims import Reached, kpi_line
from campaigns.results.reports.shape import KpiLine
from campaigns.results.reports.words import money_brief, rate
from crm.base.formats import age, money_short
from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.vetting.models import Benchmark, BenchmarkSet

if TYPE_CHECKING:
    from crm.team.models import User

OLD = dt.timedelta(days=8)
"""Numbers older than this say little of a campaign that runs."""
AHEAD = 15
"""So many percent more of the budget than of the days may be gone before that is told."""
MOST = 24


@dataclass(frozen=True)
class Beside:
    """How the posts fare beside the named benchmark most of them fit: where the middle one stands."""

    words: str
    tone: str
    named: str


@dataclass
class LiveRow:
    """One live campaign."""

    row: CampaignRow
    currency: str
    now: dt.datetime
    figures: Sequence[PostFigure] = ()
    kpis: Sequence[KpiLine] = ()
    spent: Decimal = Decimal(0)
    time_gone: int = 0
    each: str = ""
    beside: Beside | None = None
    risks: list[str] = field(default_factory=list)

    @property
    def campaign(self) -> Campaign:
        return self.row.campaign

    @property
    def spent_words(self) -> str:
        return money_short(self.spent, self.currency)

    @property
    def spent_share(self) -> int | None:
        """How much of the budget is gone, in percent; None without a budget."""
        budget = self.campaign.budget
        return round(self.spent * 100 / budget.amount) if budget is not None and budget.amount else None

    @property
    def budget_tone(self) -> str:
        return "" if self.spent_share is None or self.spent_share <= 100 else "bad"

    @property
    def newest_at(self) -> dt.datetime | None:
        return max((one.taken_at for one in self.figures if one.taken_at is not None), default=None)

    @property
    def age_words(self) -> str:
        return age(self.newest_at, self.now) if self.newest_at is not None else ""

    @property
    def main(self) -> KpiLine | None:
        """The first goal with a number to reach."""
        return next((line for line in self.kpis if line.is_aimed), None)


def live_rows(user: "User", now: dt.datetime) -> tuple[list[LiveRow], int]:
    """The live campaigns this colleague may see, what is at risk first; and how many more there are. In a fixed number of
    queries."""
    seen = Campaign.objects.visible_to(user).live().with_an_end().select_related("brand", "owner", "parent")
    found = list(seen.order_by("end_on", "pk")[: MOST + 1])
    more = seen.count() - MOST if len(found) > MOST else 0
    rows = rows_of(found[:MOST], now)
    return sorted(rows, key=lambda one: (-len(one.risks), one.campaign.end_on, one.campaign.pk)), more


def rows_of(campaigns: Sequence[Campaign], now: dt.datetime) -> list[LiveRow]:
    ids = [one.pk for one in campaigns]
    house, costs, bands = Organisation.load().currency, costs_of(ids), bands_for(None)
    posts = _posts(ids)
    sold, clicks = _sold(ids)
    kpis = _kpis(ids)
    made = []
    for row in campaign_rows(campaigns, now):
        pk = row.campaign.pk
        currency = str(row.campaign.budget.currency) if row.campaign.budget is not None else house
        one = LiveRow(row, currency, now, posts.get(pk, ()), spent=costs[pk][currency].total)
        _fill(one, kpis.get(pk, ()), sold.get(pk, ()), clicks.get(pk), bands)
        made.append(one)
    return made


def _fill(one: LiveRow, kpis: Iterable[Kpi], sold: Sequence[Sold], clicks: int | None, bands: list[Benchmark]) -> None:
    basis, group = basis_of(one.figures), _group(one, sold, clicks)
    by_code = sum(row.orders for row in sold if row.via == Order.Via.CODE) if sold else None
    one.kpis = [kpi_line(kpi, Reached(group, basis, by_code), one.currency) for kpi in kpis]
    cost = basis.cost_each(group.counts)
    one.each = money_brief(cost, one.currency) if cost is not None else ""
    one.beside = beside_of(one.figures, bands)
    one.time_gone = time_gone(one.campaign, local_date(one.now, one.campaign.zone))
    one.risks = risks_of(one)


def _group(one: LiveRow, sold: Sequence[Sold], clicks: int | None) -> Group:
    own = [row for row in sold if row.currency == one.currency]
    money = Counts(
        clicks=clicks, orders=sum(row.orders for row in sold) if sold else None, cost=one.spent or None,
        revenue=sum((row.revenue for row in own), Decimal(0)) if own else None,
    )  # fmt: skip
    return Group(
        str(one.campaign.pk), one.campaign.name, one.figures, added(*(row.counts for row in one.figures), money)
    )


def _posts(ids: Collection[int]) -> Mapping[int, list[PostFigure]]:
    found: dict[int, list[PostFigure]] = defaultdict(list)
    for figure in post_figures(ids):
        found[figure.campaign].append(figure)
    return found


def _sold(ids: Collection[int]) -> tuple[Mapping[int, list[Sold]], Mapping[int, int]]:
    """Orders and clicks, by campaign."""
    whose = dict(Collaboration.objects.filter(campaign__in=ids).order_by().values_list("pk", "campaign_id"))
    sold: dict[int, list[Sold]] = defaultdict(list)
    clicks: dict[int, int] = defaultdict(int)
    orders, followed = sold_and_clicked(ids)
    for row in orders:
        sold[whose[row.card]].append(row)
    for card, number in followed.items():
        clicks[whose[card]] += number
    return sold, clicks


def _kpis(ids: Collection[int]) -> Mapping[int, list[Kpi]]:
    found: dict[int, list[Kpi]] = defaultdict(list)
    for kpi in Kpi.objects.filter(campaign__in=ids).select_related("kind").order_by("campaign_id", "position", "pk"):
        found[kpi.campaign_id].append(kpi)
    return found


def beside_of(figures: Sequence[PostFigure], bands: Iterable[Benchmark]) -> Beside | None:
    """Against the band that most of the posts fit and whose rate is known; comments alone say too little."""
    best: tuple[int, Benchmark, Decimal] | None = None
    for band in bands:
        if band.benchmark_set.measure == BenchmarkSet.Measure.COMMENTS:
            continue
        own = RATES[band.benchmark_set.measure]
        rates = [value for one in figures if holds(band, one) and (value := own(one.counts)) is not None]
        middle = median_of(rates)
        if middle is not None and (best is None or len(rates) > best[0]):
            best = (len(rates), band, middle * 100)
    if best is None:
        return None
    _n, band, value = best
    words, tone = judged(value, band)
    of = band.benchmark_set
    year = str(of.source_year or "")
    return Beside(f"{rate(value / 100)}, {words}", tone, of.name if year in of.name else f"{of.name} {year}")


def risks_of(one: LiveRow) -> list[str]:
    """What may go wrong, in words; nothing where all is well."""
    found = []
    if one.row.late:
        found.append(ngettext("%(n)d person late", "%(n)d people late", one.row.late) % {"n": one.row.late})
    if one.spent_share is not None and one.spent_share > 100:
        found.append(_("over the budget"))
    elif one.spent_share is not None and one.spent_share > one.time_gone + AHEAD:
        found.append(_("money runs ahead of time"))
    if one.newest_at is not None and one.now - one.newest_at > OLD:
        found.append(_("numbers are old"))
    elif one.newest_at is None and one.row.posted:
        found.append(_("nobody counted yet"))
    if one.beside is not None and one.beside.tone == "warn":
        found.append(one.beside.words.partition(", ")[2])
    return found
