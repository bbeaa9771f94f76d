"""What a deal comes to: its periods with what each owes and pays, and the sums over its term. Nothing is stored."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from crm.ambassadors.making.terms import DealTerms
from crm.ambassadors.models import AmbassadorDeal, QuotaLine
from crm.ambassadors.pay.reckoning import Whole, reckon, total_of
from crm.ambassadors.schedule.cycles import Span, end_ahead, spans
from crm.ambassadors.schedule.rests import Rest
from crm.ambassadors.schedule.shares import rounded, segments, share

AHEAD = 11
"""Without a last day, so many periods behind the first are shown."""


@dataclass(frozen=True)
class PeriodShown:
    """One period: how many of each quota, and what it pays."""

    span: Span
    quantities: Sequence[int]
    retainer: Decimal | None

    labels: Sequence[str] = ()

    @property
    def posts(self) -> int:
        return sum(self.quantities)

    @property
    def counted(self) -> list[tuple[str, int]]:
        """Each quota by its name with how many it owes here."""
        return list(zip(self.labels, self.quantities, strict=True))


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
    labels = [one.label for one in terms.quotas]
    if terms.retainer is None:
        return PeriodShown(span, counted, None, labels)
    amount, currency = terms.retainer.amount, str(terms.retainer.currency)
    return PeriodShown(span, counted, paid_in(span, [(terms.start_on, amount)], terms.blank_deal(), currency), labels)


def paid_in(
    span: Span,
    rates: Sequence[tuple[dt.date, Decimal]],
    deal: AmbassadorDeal,
    currency: str,
    rests: Sequence[Rest] = (),
) -> Decimal:
    """What a period pays where retainers hold from a day on."""
    whole = Whole(span.nominal_days, deal.proration, deal.unit, deal.every, currency)
    return total_of(reckon(segments(rates, span.first_on, span.last_on, rests), whole, rests))
