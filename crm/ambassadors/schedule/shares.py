"""Parts of a whole: of a quota, of an amount, of a period. Exact until the last step, which says how it rounds."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Generic, TypeVar

from crm.ambassadors.schedule.rests import Rest, live

DAY = dt.timedelta(days=1)
HALF = Fraction(1, 2)
WITHOUT_CENTS = frozenset({"IDR", "JPY", "KRW", "VND", "CLP", "ISK", "PYG", "UGX", "XAF", "XOF", "XPF"})
"""Currencies nobody pays in parts of: rupiah have had no coins below one since long before anybody wrote a contract."""

V = TypeVar("V")


@dataclass(frozen=True)
class Segment(Generic[V]):
    """A part of a period in which one value is in force: from when to when, and on how many days that count."""

    first_on: dt.date
    last_on: dt.date
    days: int
    value: V


def share(quantity: int, active: int, nominal: int) -> Fraction:
    """How many of a whole period's are owed in a part of it, exactly."""
    return Fraction(quantity * active, nominal)


def rounded(part: Fraction, how: str) -> int:
    """As a quota says it rounds; a half goes up."""
    if how == "floor":
        return floor(part)
    return ceil(part) if how == "ceil" else floor(part + HALF)


def money_share(amount: Decimal, part: Fraction, currency: str) -> Decimal:
    """That part of an amount, to the smallest unit people pay in; a half goes up, away from zero."""
    exact = Fraction(amount) * part * _units(currency)
    units = floor(abs(exact) + HALF)
    return _in_money(units if exact >= 0 else -units, currency)


def split(amount: Decimal, parts: int, currency: str) -> list[Decimal]:
    """One amount in equal parts; what does not divide is in the last, so that they come to the amount exactly."""
    each = _in_money(int(Fraction(amount) * _units(currency) / parts), currency)
    return [*[each] * (parts - 1), amount - each * (parts - 1)]


def _units(currency: str) -> int:
    return 1 if currency in WITHOUT_CENTS else 100


def _in_money(units: int, currency: str) -> Decimal:
    return Decimal(units) if currency in WITHOUT_CENTS else Decimal(units).scaleb(-2)


def thirty_360(first_on: dt.date, last_on: dt.date) -> int:
    """Days between two where every month has 30: parts of a month always come to 30, and the 31st counts for nothing."""
    return _in_360(last_on + DAY) - _in_360(first_on)


def _in_360(on: dt.date) -> int:
    return 360 * on.year + 30 * on.month + min(on.day - 1, 30)


def segments(
    values: Iterable[tuple[dt.date, V]], first_on: dt.date, last_on: dt.date, rests: Sequence[Rest] = ()
) -> list[Segment[V]]:
    """A period cut by values that each hold from a day on, days of rest left out. Before the first value there is none."""
    ordered = sorted(values, key=lambda dated: dated[0])
    ends = [*(from_on - DAY for from_on, _value in ordered[1:]), last_on]
    found = (
        _segment(max(from_on, first_on), min(until_on, last_on), value, rests)
        for (from_on, value), until_on in zip(ordered, ends, strict=False)
    )
    return [segment for segment in found if segment.days]


def _segment(first_on: dt.date, last_on: dt.date, value: V, rests: Sequence[Rest]) -> Segment[V]:
    stretches = live(first_on, last_on, rests) if first_on <= last_on else []
    days = sum((last - first).days + 1 for first, last in stretches)
    return Segment(first_on, last_on, days, value)
