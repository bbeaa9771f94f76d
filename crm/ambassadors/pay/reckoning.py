"""What a period comes to, in plain figures: no rows, no clock."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from crm.ambassadors.models import AmbassadorDeal
from crm.ambassadors.schedule.rests import Rest, live
from crm.ambassadors.schedule.shares import Segment, money_share, thirty_360

Proration, Unit = AmbassadorDeal.Proration, AmbassadorDeal.Unit
Piece = Segment[Decimal]
"""A stretch of a period at one retainer."""
MONTHS: dict[str, int] = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


@dataclass(frozen=True)
class Part:
    """One stretch of a period at one retainer: so many days of a whole period, and what they come to."""

    first_on: dt.date
    last_on: dt.date
    rate: Decimal
    days: int
    of: int
    amount: Decimal

    def as_json(self) -> dict[str, Any]:
        days = {"from": self.first_on.isoformat(), "to": self.last_on.isoformat(), "days": self.days, "of": self.of}
        return {**days, "rate": str(self.rate), "amount": str(self.amount)}


@dataclass(frozen=True)
class Whole:
    """A whole period, and how parts of it are reckoned."""

    days: int
    proration: str = Proration.ACTUAL_DAYS
    unit: str = Unit.MONTH
    every: int = 1
    currency: str = "IDR"

    @property
    def counts_thirty(self) -> bool:
        """Months of 30 days mean something for periods made of months only; days and weeks are counted as they are."""
        return self.proration == Proration.THIRTY_360 and self.unit in MONTHS

    @property
    def nominal(self) -> int:
        return 30 * MONTHS[self.unit] * self.every if self.counts_thirty else self.days


def reckon(segments: Sequence[Piece], whole: Whole, rests: Sequence[Rest] = ()) -> list[Part]:
    """What these stretches come to. Their sum is rounded once, half up, and the last one takes what rounding left over.

    Reckoned always in full, the retainer of the first day that counts is owed for any part of a period.
    """
    segments = [one for one in segments if one.days]
    if not segments:
        return []
    if whole.proration == Proration.NONE:
        return [_in_full(segments, whole)]
    shares = [Fraction(days, whole.nominal) for days in _days_of(segments, whole, rests)]
    exact = sum((Fraction(one.value) * share for one, share in zip(segments, shares, strict=True)), Fraction(0))
    total, found = money_share(Decimal(1), exact, whole.currency), list[Part]()
    for one, share in zip(segments, shares, strict=True):
        amount = money_share(one.value, share, whole.currency)
        found.append(_part(one, whole, share, amount))
    return _made_exact(found, total)


def total_of(parts: Iterable[Part]) -> Decimal:
    return sum((part.amount for part in parts), Decimal(0))


def _in_full(segments: Sequence[Piece], whole: Whole) -> Part:
    first, last, days = segments[0], segments[-1], sum(one.days for one in segments)
    return Part(first.first_on, last.last_on, first.value, days, whole.days, first.value)


def _days_of(segments: Sequence[Piece], whole: Whole, rests: Sequence[Rest]) -> list[int]:
    """The days of each stretch as they are counted; a period that is whole has all of its 30 days a month."""
    if not whole.counts_thirty:
        return [one.days for one in segments]
    stretches = ([*live(one.first_on, one.last_on, rests)] for one in segments)
    counted = [min(sum(thirty_360(*days) for days in found), whole.nominal) for found in stretches]
    if sum(one.days for one in segments) == whole.days:
        counted[-1] = whole.nominal - sum(counted[:-1])
    return counted


def _part(one: Piece, whole: Whole, share: Fraction, amount: Decimal) -> Part:
    return Part(one.first_on, one.last_on, one.value, int(share * whole.nominal), whole.nominal, amount)


def _made_exact(parts: list[Part], total: Decimal) -> list[Part]:
    last = parts[-1]
    left = total - total_of(parts[:-1])
    return [*parts[:-1], Part(last.first_on, last.last_on, last.rate, last.days, last.of, left)]


def deducted(earned: Decimal, missed: int, owed: int, currency: str) -> Decimal:
    """What too few posts take off a retainer: its share of everything that was owed, and never more than all of it."""
    if owed <= 0 or missed <= 0 or earned <= 0:
        return Decimal(0)
    return money_share(earned, Fraction(min(missed, owed), owed), currency)
