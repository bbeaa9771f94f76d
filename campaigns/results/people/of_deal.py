"""What an ambassador deal brought: its quota, its posts and what a result cost, period by period."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum

from campaigns.approvals.models import LivePost
from campaigns.planning.models import QuotaPost
from campaigns.results.formulas import added
from campaigns.results.people.outcome import Outcome
from campaigns.results.reckoning.basis import basis_of
from campaigns.results.reckoning.figures import figures_of
from campaigns.results.reckoning.shape import PostFigure
from crm.ambassadors.models import AmbassadorDeal, DealPeriod, RetainerCharge
from crm.ambassadors.showing.owed import name_of, rings_in, together, with_balances
from crm.base.zones import local_date

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from crm.team.models import User


@dataclass(frozen=True)
class PeriodRow(Outcome):
    """One period: what it owed, what came of it, and what it cost."""

    period: DealPeriod
    done: int
    owed: int
    figures: Sequence[PostFigure]

    @property
    def name(self) -> str:
        return name_of(self.period)

    @property
    def has_begun(self) -> bool:
        """Or was posted for, or charged, before its first day; of the others there is nothing to tell."""
        return bool(self.period.opened_at or self.figures or self.counts.cost)

    @property
    def is_short(self) -> bool:
        return self.period.is_closed and self.done < self.owed


@dataclass(frozen=True)
class DealReport(Outcome):
    """Everything on the page."""

    deal: AmbassadorDeal
    rows: Sequence[PeriodRow]
    figures: Sequence[PostFigure]

    @property
    def begun(self) -> list[PeriodRow]:
        return [row for row in self.rows if row.has_begun]

    @property
    def posts(self) -> int:
        return len(self.figures)

    @property
    def kept(self) -> int:
        return sum(1 for row in self.closed if not row.is_short)

    @property
    def closed(self) -> list[PeriodRow]:
        """Those that are over and owed something."""
        return [row for row in self.rows if row.period.is_closed and row.owed]

    @property
    def reach_over_time(self) -> list[tuple[dt.date, int]]:
        return [(row.period.first_on, row.counts.reach) for row in self.rows if row.counts.reach is not None]


def deal_report(deal: AmbassadorDeal, user: "User") -> DealReport:
    """In a fixed number of queries. Cost is what was charged for the periods, in the deal's own currency."""
    periods = list(with_balances(deal.periods.standing()).order_by("number"))
    counting = dict(_counting(deal, user).values_list("deliverable_id", "period_id"))
    figures = figures_of(LivePost.objects.filter(deliverable__in=counting))
    costs, currency = _charged(periods)
    basis = basis_of(figures)
    whose = {one.post: _period_of(one, counting[one.deliverable], periods, deal) for one in figures}
    rows = []
    for period in periods:
        own = [one for one in figures if whose[one.post] == period.pk]
        done, owed = together(rings_in(period))
        counts = replace(added(*(one.counts for one in own)), cost=costs.get(period.pk))
        rows.append(PeriodRow(counts, basis, currency, period, done, owed, own))
    total = replace(added(*(one.counts for one in figures)), cost=sum(costs.values(), Decimal(0)) or None)
    return DealReport(total, basis, currency, deal, rows, figures)


def has_posts(deal: AmbassadorDeal, user: "User") -> bool:
    """Whether anything went out for it. One query."""
    return LivePost.objects.filter(deliverable__in=_counting(deal, user).values("deliverable")).exists()


def _counting(deal: AmbassadorDeal, user: "User") -> "QuerySet[QuotaPost]":
    return QuotaPost.objects.visible_to(user).standing().filter(line__deal=deal).order_by()


def _period_of(one: PostFigure, planned: int | None, periods: Sequence[DealPeriod], deal: AmbassadorDeal) -> int | None:
    """The one it was planned for; else the one its day falls into."""
    on = local_date(one.published_at, deal.contract.zone)
    return planned or next((period.pk for period in periods if period.first_on <= on <= period.last_on), None)


def _charged(periods: Sequence[DealPeriod]) -> tuple[Mapping[int, Decimal], str]:
    """By period, in the currency most was charged in; others are never added."""
    sums: dict[str, dict[int, Decimal]] = defaultdict(dict)
    rows = RetainerCharge.objects.raised().filter(period__in=periods).order_by()
    for period, currency, amount in rows.values_list("period_id", "amount_currency").annotate(sum=Sum("amount")):
        sums[currency][period] = amount
    chosen = max(sums, key=lambda code: len(sums[code]), default="IDR")
    return sums.get(chosen, {}), chosen
