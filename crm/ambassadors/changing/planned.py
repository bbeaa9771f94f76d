"""What somebody wants to change in a deal, as plain data and as figures; nothing is written here."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from crm.ambassadors.making.figures import paid_in
from crm.ambassadors.making.terms import QuotaTerms
from crm.ambassadors.models import AmbassadorDeal, QuotaLine, RetainerRate
from crm.ambassadors.schedule.cycles import Cycle, Span, end_ahead, spans
from crm.ambassadors.schedule.rests import Rest
from crm.ambassadors.schedule.shares import Segment, rounded, segments, share
from crm.contracts.diff import amount_said

QUANTITY, RETAINER, NEW_QUOTA = "quantity", "retainer", "new_quota"
DAY = dt.timedelta(days=1)
Change = Mapping[str, Any]
"""One change as it is kept: what, of which quota, what it was and what it becomes."""


@dataclass(frozen=True)
class Wanted:
    """From a day on: other numbers for quotas that are there, kinds of post that come on top, another retainer."""

    from_on: dt.date
    quantities: Mapping[int, int]
    added: Sequence[QuotaTerms] = ()
    retainer: Any = None

    def changes(self, lines: Iterable[tuple[QuotaLine, int]], rate: RetainerRate | None) -> list[Change]:
        """Only what differs from what holds on that day."""
        found: list[Change] = []
        for line, was in lines:
            becomes = self.quantities.get(line.pk, was)
            if becomes != was:
                found.append({"what": QUANTITY, "line": line.pk, "was": was, "becomes": becomes})
        for one in self.added:
            said = {"format": one.format.pk, "quantity": one.quantity, "note": one.note}
            found.append({"what": NEW_QUOTA, "line": None, "was": None, "becomes": said})
        was_paid, paid = amount_said(rate.amount if rate else None), amount_said(self.retainer)
        if paid is not None and paid != was_paid:
            found.append({"what": RETAINER, "line": None, "was": was_paid, "becomes": paid})
        return found


@dataclass(frozen=True)
class Cut:
    """One stretch of the period in which a change begins, and what holds in it."""

    first_on: dt.date
    last_on: dt.date
    days: int
    nominal: int
    value: Any


@dataclass(frozen=True)
class Shown:
    """What one thing comes to: in the period the change begins in, and in a whole one from then on."""

    label: str
    was: Any
    becomes: Any
    cuts: Sequence[Cut]
    here: Any
    is_money: bool = False


def quantities_on(deal: AmbassadorDeal, on: dt.date) -> list[tuple[QuotaLine, int]]:
    """Every quota of a deal and how many of it a whole period owes on that day."""
    lines = deal.quotas.select_related("format__platform").prefetch_related("quantities").order_by("pk")
    return [(line, _latest([(one.from_on, one.quantity) for one in line.quantities.all()], on) or 0) for line in lines]


def rate_on(deal: AmbassadorDeal, on: dt.date) -> RetainerRate | None:
    """What a whole period is paid on that day."""
    rates = [rate for rate in deal.retainers.order_by("from_on") if rate.from_on <= on]
    return rates[-1] if rates else None


def _latest(values: Sequence[tuple[dt.date, Any]], on: dt.date) -> Any:
    held = [value for from_on, value in sorted(values, key=lambda dated: dated[0]) if from_on <= on]
    return held[-1] if held else None


def span_on(deal: AmbassadorDeal, cycle: Cycle, on: dt.date, rests: Sequence[Rest]) -> Span | None:
    """The period a day lies in; one of the next term where it goes on."""
    start_on = deal.contract.start_on
    if start_on is None:
        return None
    last_on = max(deal.contract.end_on or on, on, end_ahead(cycle, on, 1))
    found = spans(cycle, start_on, last_on - dt.timedelta(days=deal.contract.shifted_days), rests)
    return next((span for span in found if span.first_on <= on <= span.last_on), None)


def shown(deal: AmbassadorDeal, wanted: Wanted, cycle: Cycle, rests: Sequence[Rest]) -> tuple[Span | None, list[Shown]]:
    """Each change as the page tells it: the stretches of the period it begins in, and from then on."""
    span = span_on(deal, cycle, wanted.from_on, rests)
    if span is None:
        return None, []
    rows = list(_posts(deal, wanted, span, rests))
    was, becomes = rate_on(deal, wanted.from_on), wanted.retainer
    if becomes is not None and (was is None or was.amount != becomes):
        rows.append(_money(deal, wanted, span, rests))
    return span, rows


def _posts(deal: AmbassadorDeal, wanted: Wanted, span: Span, rests: Sequence[Rest]) -> Iterable[Shown]:
    for line, was in quantities_on(deal, wanted.from_on):
        becomes = wanted.quantities.get(line.pk, was)
        if becomes != was:
            values = [(one.from_on, one.quantity) for one in line.quantities.all() if one.from_on < wanted.from_on]
            yield _counted(str(line), was, becomes, [*values, (wanted.from_on, becomes)], span, rests, line.rounding)
    for one in wanted.added:
        yield _counted(one.label, 0, one.quantity, [(wanted.from_on, one.quantity)], span, rests, "half_up")


def _counted(
    label: str, was: int, becomes: int, values: Sequence[tuple[dt.date, int]], span: Span, rests: Sequence[Rest], how: str
) -> Shown:  # fmt: skip
    found = segments(values, span.first_on, span.last_on, rests)
    exact = sum((share(one.value, one.days, span.nominal_days) for one in found), Fraction(0))
    return Shown(label, was, becomes, _cuts(found, span), rounded(exact, how))


def _money(deal: AmbassadorDeal, wanted: Wanted, span: Span, rests: Sequence[Rest]) -> Shown:
    kept = [(one.from_on, one.amount.amount) for one in deal.retainers.all() if one.from_on < wanted.from_on]
    values = [*kept, (wanted.from_on, wanted.retainer.amount)]
    was, currency = rate_on(deal, wanted.from_on), str(wanted.retainer.currency)
    here = type(wanted.retainer)(paid_in(span, values, deal, currency, rests), currency)
    cuts = _cuts(segments(values, span.first_on, span.last_on, rests), span)
    cuts = [Cut(one.first_on, one.last_on, one.days, one.nominal, type(here)(one.value, currency)) for one in cuts]
    return Shown("", was.amount if was else None, wanted.retainer, cuts, here, is_money=True)


def _cuts(found: Iterable[Segment[Any]], span: Span) -> list[Cut]:
    return [Cut(one.first_on, one.last_on, one.days, span.nominal_days, one.value) for one in found]


def cash_over(
    deal: AmbassadorDeal, rates: Sequence[tuple[dt.date, Decimal]], currency: str, cycle: Cycle, rests: Sequence[Rest]
) -> Decimal | None:
    """All retainers of a term with these rates; None for one without a last day."""
    start_on, end_on = deal.contract.start_on, deal.contract.end_on
    if start_on is None or end_on is None:
        return None
    found = spans(cycle, start_on, end_on - dt.timedelta(days=deal.contract.shifted_days), rests)
    return sum((paid_in(span, rates, deal, currency, rests) for span in found), Decimal(0))
