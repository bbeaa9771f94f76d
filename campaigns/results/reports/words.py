"""How figures of a report are written: shares with two decimals, money in its smallest unit, and n/a where nothing is known."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.utils.translation import gettext as _

from campaigns.planning.client_prices import WHOLE
from campaigns.planning.models import KpiKind
from crm.base.formats import count_full, count_short, money_full, money_short, percent

Number = int | Decimal
LEAST = Decimal("0.0001")
"""The smallest share that two decimals of a percentage can tell."""


def not_available() -> str:
    return _("n/a")


def count(value: Number | None) -> str:
    return not_available() if value is None else count_full(_whole(value))


def short(value: Number | None) -> str:
    return not_available() if value is None else count_short(_whole(value))


def rate(value: Number | None) -> str:
    """A share as a percentage: 0.02546 reads 2.55%. What would round to nothing says how little it is."""
    if value is None:
        return not_available()
    share = rounded(Decimal(value), 4)
    return percent(share, digits=2) if share or not value else f"< {percent(LEAST, digits=2)}"


def times(value: Number | None) -> str:
    """A plain ratio: 1.32."""
    return not_available() if value is None else count_full(rounded(Decimal(value), 2))


def money(value: Number | None, currency: str) -> str:
    return not_available() if value is None else money_full(to_unit(Decimal(value), currency), currency)


def money_brief(value: Number | None, currency: str) -> str:
    return not_available() if value is None else money_short(to_unit(Decimal(value), currency), currency)


def in_unit(value: Number | None, unit: str, currency: str) -> str:
    """A KPI in the unit of its kind; percentages are kept as such (4.5), not as shares."""
    if unit == KpiKind.Unit.MONEY:
        return money(value, currency)
    if unit == KpiKind.Unit.PERCENT:
        return not_available() if value is None else rate(Decimal(value) / 100)
    return count(value)


def to_unit(value: Decimal, currency: str) -> Decimal:
    """Rounded to the smallest unit people pay in."""
    return rounded(value, 0 if currency in WHOLE else get_currency_precision(currency))


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _whole(value: Any) -> Decimal:
    number = Decimal(value)
    return number if number == number.to_integral_value() else rounded(number, 2)
