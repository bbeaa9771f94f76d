"""What is known about a deal when somebody looks at it: what was owed and posted, how it went, what it cost and brought."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Sum
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, DealReview, PeriodQuota, RetainerCharge, Sale
from crm.vetting.facts import figures_in
from crm.vetting.facts_shown import Line, lines_of
from crm.vetting.models import Fact

if TYPE_CHECKING:
    from crm.team.models import User


@dataclass(frozen=True)
class Kept:
    """What was owed and what of it is posted."""

    owed: int = 0
    done: int = 0

    @property
    def missed(self) -> int:
        return max(0, self.owed - self.done)

    @property
    def share(self) -> int | None:
        """Of a hundred; None where nothing was owed."""
        return min(100, 100 * self.done // self.owed) if self.owed else None


@dataclass(frozen=True)
class PeriodFacts:
    """One period that has begun: what it owed, and what it cost."""

    period: DealPeriod
    kept: Kept
    cost: list[Money]


@dataclass(frozen=True)
class Sold:
    """Orders in one currency: how many, what they came to, and her share of it."""

    orders: int
    worth: Money
    commission: Money


@dataclass(frozen=True)
class ReviewFacts:
    """Everything beside the questions of a review."""

    periods: list[PeriodFacts]
    kept: Kept
    cost: list[Money]
    worked: list[Line]
    sold: list[Sold]
    earlier: list[DealReview]


def facts_of(deal: AmbassadorDeal, user: "User", today: dt.date) -> ReviewFacts:
    """In five queries, however long the deal has run."""
    periods = list(deal.periods.standing().filter(first_on__lte=today).order_by("-number"))
    kept, costs = kept_of_periods(periods), costs_of_periods(periods)
    facts = Fact.objects.visible_to(user).of_people([deal.influencer_id]).filter(brand=deal.contract.brand_id)
    return ReviewFacts(
        periods=[PeriodFacts(one, kept.get(one.pk, Kept()), costs.get(one.pk, [])) for one in periods],
        kept=_together(kept.values()),
        cost=_sum(amount for amounts in costs.values() for amount in amounts),
        worked=lines_of(figures_in(facts)),
        sold=sold_of(deal),
        earlier=list(deal.reviews.decided().select_related("decided_by").order_by("-due_on")),
    )


def kept_of_periods(periods: Collection[DealPeriod]) -> dict[int, Kept]:
    rows = PeriodQuota.objects.filter(period__in=periods).order_by().values("period")
    told = rows.annotate(owed=Sum(F("granted") + F("carried") - F("waived")), done=Sum("delivered"))
    return {row["period"]: Kept(max(0, row["owed"]), row["done"]) for row in told}


def costs_of_periods(periods: Collection[DealPeriod]) -> dict[int, list[Money]]:
    rows = RetainerCharge.objects.raised().filter(period__in=periods).order_by()
    told = rows.values("period", "amount_currency").annotate(sum=Sum("amount"))
    found: dict[int, list[Money]] = defaultdict(list)
    for row in told:
        found[row["period"]].append(Money(row["sum"], row["amount_currency"]))
    return dict(found)


def sold_of(deal: AmbassadorDeal) -> list[Sold]:
    """What came through her and was not returned, the largest currency first."""
    rows = Sale.objects.counting().filter(deal=deal).order_by().values("gross_currency")
    told: Any = rows.annotate(orders=Count("pk"), worth=Sum(F("gross") - F("discount")), share=Sum("commission"))
    found = [
        Sold(row["orders"], Money(row["worth"], row["gross_currency"]), Money(row["share"], row["gross_currency"]))
        for row in told
    ]
    return sorted(found, key=lambda one: -one.worth.amount)


def _together(kept: Iterable[Kept]) -> Kept:
    rows = list(kept)
    return Kept(sum(one.owed for one in rows), sum(one.done for one in rows))


def _sum(amounts: Iterable[Money]) -> list[Money]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for one in amounts:
        sums[str(one.currency)] += one.amount
    return [Money(amount, currency) for currency, amount in sorted(sums.items(), key=lambda pair: -pair[1])]
