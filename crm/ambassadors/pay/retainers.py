"""The retainer of a period: what it comes to, when it is charged, and what too few or too many posts do to it."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, PeriodQuota, QuotaLine, RetainerCharge
from crm.ambassadors.pay.charging import Kind, State, add_charge, book, held, tell_raised
from crm.ambassadors.pay.days import pay_day
from crm.ambassadors.pay.deciders import ask_somebody
from crm.ambassadors.pay.perks import give_period_perks
from crm.ambassadors.pay.reckoning import Part, Whole, deducted, reckon, total_of
from crm.ambassadors.schedule.laying import rests_of
from crm.ambassadors.schedule.rests import until
from crm.ambassadors.schedule.shares import segments
from crm.timeline.record import SYSTEM

Shortfalls = Mapping[QuotaLine, tuple[int, int]]
"""Of each quota whose retainer shrinks: how many are missing, of how many that were owed."""
Billing = AmbassadorDeal.Billing


def earned(period: DealPeriod, until_on: dt.date | None = None) -> tuple[Money, list[dict[str, Any]]]:
    """The retainer of a period and how it was reckoned, up to its last day or to an earlier one.

    Days before and after the term and paused days do not count; a raise in the middle makes two parts.
    """
    parts, currency = parts_of(period, until_on)
    return Money(total_of(parts), currency), [part.as_json() for part in parts]


def parts_of(period: DealPeriod, until_on: dt.date | None = None) -> tuple[list[Part], str]:
    deal = period.deal
    rates = sorted(deal.retainers.all(), key=lambda rate: rate.from_on)
    if not rates:
        return [], "IDR"
    currency = str(rates[-1].amount.currency)
    last_on = min(period.last_on, until_on or period.last_on)
    if last_on < period.first_on:
        return [], currency
    values = [(rate.from_on, rate.amount.amount) for rate in rates]
    whole = Whole(period.nominal_days, deal.proration, deal.unit, deal.every, currency)
    rests = rests_of(deal) if until_on is None else until(rests_of(deal), last_on)
    return reckon(segments(values, period.first_on, last_on, rests), whole, rests), currency


def raised_of(period: DealPeriod, currency: str) -> Decimal:
    """What of the retainer of a period was charged so far, corrections included. No deductions, no extras."""
    found = period.charges.retainers().filter(amount_currency=currency).aggregate(sum=Sum("amount"))
    return found["sum"] or Decimal(0)


def on_open(period: DealPeriod, *, at: dt.datetime) -> None:
    """A retainer paid at the beginning is charged as the period begins, and its perks are given. Twice does it once."""
    with transaction.atomic():
        period = held(period)
        give_period_perks(period, at=at)
        if period.deal.billing == Billing.ADVANCE and period.deal.retainers.exists():
            _charge_whole(period, period.first_on, at)


def on_close(
    period: DealPeriod,
    *,
    at: dt.datetime,
    shortfalls: Shortfalls | None = None,
    extras: Mapping[QuotaLine, int] | None = None,
) -> None:
    """What a period came to is charged as it closes; what changed since an advance is a correction of its own.

    A deduction for posts that were missed, and posts beyond the quota that have a price, are proposed: somebody who
    decides says yes or no. What a settlement said is final, and nothing is charged after it. Twice charges it once.
    """
    with transaction.atomic():
        period = held(period)
        if _is_settled(period):
            return
        if period.deal.retainers.exists():
            _charge_whole(period, period.last_on, at)
            _correct(period, at)
            _propose_deduction(period, shortfalls or {}, at)
        _propose_extras(period, extras or {}, at)


def on_drop(period: DealPeriod, *, at: dt.datetime) -> None:
    """What was charged for a period that is dropped is corrected to nothing, unless a settlement has said what becomes of it.
    Twice does it once.
    """
    with transaction.atomic():
        period = held(period)
        _whole, currency = parts_of(period)
        raised = raised_of(period, currency)
        if raised and not _is_settled(period):
            _raise(period, Kind.ADJUSTMENT, Money(-raised, currency), [], period.first_on, at)


def _is_settled(period: DealPeriod) -> bool:
    ended = getattr(period.deal, "termination", None)
    return ended is not None and ended.settled_at is not None


def _charge_whole(period: DealPeriod, from_on: dt.date, at: dt.datetime) -> None:
    if period.charges.retainers().exists():
        return
    amount, parts = earned(period)
    _raise(period, Kind.RETAINER, amount, parts, from_on, at)


def _correct(period: DealPeriod, at: dt.datetime) -> None:
    amount, parts = earned(period)
    difference = amount.amount - raised_of(period, str(amount.currency))
    if difference:
        _raise(period, Kind.ADJUSTMENT, Money(difference, amount.currency), parts, period.last_on, at)


def _raise(
    period: DealPeriod, kind: str, amount: Money, parts: list[dict[str, Any]], from_on: dt.date, at: dt.datetime
) -> RetainerCharge:
    charge = add_charge(period, kind, amount, parts, at=at, state=State.RAISED)
    due_on = pay_day(period.deal, from_on)
    book(charge, due_on, on=from_on, at=at, actor=SYSTEM)
    tell_raised(charge, due_on, at=at, actor=SYSTEM)
    return charge


def _propose_deduction(period: DealPeriod, shortfalls: Shortfalls, at: dt.datetime) -> None:
    """Its share of the retainer of everything the period owed, of whatever kind of post."""
    if period.charges.filter(kind=Kind.DEDUCTION).exists():
        return
    whole, _parts = earned(period)
    owed = owed_in(period) or sum(owed for _missed, owed in shortfalls.values())
    missed = sum(missed for missed, _owed in shortfalls.values())
    amount = deducted(whole.amount, missed, owed, str(whole.currency))
    if amount:
        parts = [
            {"line": line.pk, "what": str(line), "missed": gone, "of": owed}
            for line, (gone, _own) in shortfalls.items()
        ]
        ask_somebody(add_charge(period, Kind.DEDUCTION, Money(-amount, whole.currency), parts, at=at))


def owed_in(period: DealPeriod) -> int:
    """How many posts a period owed, carried ones included, of all its quotas together; what was done ahead counts as owed."""
    rows = PeriodQuota.objects.filter(period=period).values_list("granted", "carried")
    return max(sum(granted + max(carried, 0) for granted, carried in rows), 0)


def _propose_extras(period: DealPeriod, extras: Mapping[QuotaLine, int], at: dt.datetime) -> None:
    if period.charges.filter(kind=Kind.EXTRA).exists():
        return
    for line, many in extras.items():
        if line.extra_price and many > 0:
            parts = [{"line": line.pk, "what": str(line), "extra": many, "rate": str(line.extra_price.amount)}]
            ask_somebody(add_charge(period, Kind.EXTRA, line.extra_price * many, parts, at=at))
