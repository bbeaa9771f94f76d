"""What a deal comes to: its periods with what each owes and pays, and the sums over its term. Nothing is stored."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from crm.ambassadors.making.terms import DealTerms
from crm.ambassadors.models import AmbassadorDeal, QuotaLine
from crm.ambassadors.schedule.cycles import Cycle, Span, end_ahead, spans
from crm.ambassadors.schedule.shares import money_share, rounded, share, thirty_360

AHEAD = 11
"""Without a last day, so many periods behind the first are shown."""
Proration = AmbassadorDeal.Proration
MONTH = 30


@dataclass(frozen=True)
class PeriodShown:
    """One period: how many of each quota, and what it pays."""

    span: Span
    quantities: Sequence[int]
    retainer: Decimal | None

    @property
    def posts(self) -> int:
        return sum(self.quantities)


@dataclass(frozen=True)
class Figures:
    """The whole term, or its beginning where it has no last day. Sums are None where nothing of the kind is given."""

    periods: Sequence[PeriodShown]
    is_whole: bool
    currency: str
    cash: Decimal | None
    in_kind: Decimal | None
    in_kind_currency: str

    @property
    def posts(self) -> int:
        return sum(period.posts for period in self.periods)

    @property
    def stubs(self) -> list[PeriodShown]:
        return [period for period in self.periods if period.span.is_stub]


def figures_of(terms: DealTerms) -> Figures:
    """What the asked-for deal comes to."""
    last_on = terms.end_on or end_ahead(terms.cycle, terms.start_on, AHEAD)
    found = [_shown(terms, span) for span in spans(terms.cycle, terms.start_on, last_on)]
    paid = [period.retainer for period in found if period.retainer is not None]
    kind = terms.in_kind
    return Figures(
        periods=found,
        is_whole=terms.end_on is not None,
        currency=str(terms.retainer.currency) if terms.retainer else "",
        cash=sum(paid, Decimal(0)) if paid else None,
        in_kind=kind.amount * len(found) if kind else None,
        in_kind_currency=str(kind.currency) if kind else "",
    )


def _shown(terms: DealTerms, span: Span) -> PeriodShown:
    how = terms.rules.get("rounding") or QuotaLine.Rounding.HALF_UP
    counted = [rounded(share(one.quantity, span.active_days, span.nominal_days), how) for one in terms.quotas]
    if terms.retainer is None:
        return PeriodShown(span, counted, None)
    part = part_paid(terms.cycle, span, terms.blank_deal().proration)
    return PeriodShown(span, counted, money_share(terms.retainer.amount, part, str(terms.retainer.currency)))


def part_paid(cycle: Cycle, span: Span, proration: str) -> Fraction:
    """How much of a whole period's retainer a period pays."""
    if proration == Proration.NONE or not span.is_stub:
        return Fraction(1)
    if proration == Proration.THIRTY_360 and cycle.months:
        return Fraction(min(_days_360(span), MONTH * cycle.months), MONTH * cycle.months)
    return Fraction(span.active_days, span.nominal_days)


def _days_360(span: Span) -> int:
    return thirty_360(span.first_on, span.last_on)


def months_between(start_on: dt.date, end_on: dt.date) -> int:
    """Months a term touches, for saying how long it is."""
    return (end_on.year - start_on.year) * 12 + end_on.month - start_on.month + 1
