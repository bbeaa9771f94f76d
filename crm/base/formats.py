"""How money, counts, days and hours are written for people, in the language that is active.

Indonesian and English differ in signs and order (`Rp7,5 jt`, `IDR 7.5M`); Babel knows both. The blank inside a value is
a no-break space, so that `Rp7,5 jt` never ends one line and begins the next.
"""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import (
    format_compact_decimal,
    format_currency,
    format_decimal,
    get_currency_precision,
    get_currency_symbol,
)
from babel.units import format_unit
from django.conf import settings
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language

from crm.base.zones import zone_info, zone_label

NBSP = "\u00a0"
CODE_AGAINST_FIGURE = re.compile(r"([A-Z]{3})(\d)")
DAY = {"full": "d MMMM y", "long": "EEEE, d MMMM y", "short": "EEE, d MMM y", "brief": "EEE d MMM"}


def locale() -> str:
    """The Babel locale of the active language."""
    return (get_language() or settings.LANGUAGE_CODE).replace("-", "_")


def _sum_of(value: Any, currency: str | None) -> tuple[Decimal, str]:
    """Amount and currency of a Money or of a bare number."""
    amount = Decimal(str(getattr(value, "amount", value)))
    return amount, currency or str(getattr(value, "currency", settings.DEFAULT_CURRENCY))


def _signed(written: str) -> str:
    """Indonesian sets the sign against the figures (Rp1.500.000); English parts a code of letters (IDR 1,500,000)."""
    if locale().startswith("id"):
        return written.replace(NBSP, "")
    return CODE_AGAINST_FIGURE.sub(rf"\1{NBSP}\2", written)


def money_full(value: Any, currency: str | None = None) -> str:
    """`Rp1.500.000`, `IDR 1,500,000`, `US$1.500,50`. Rupiah show cents only when there are any."""
    amount, code = _sum_of(value, currency)
    whole = amount == amount.to_integral_value() and (code == "IDR" or not get_currency_precision(code))
    pattern = "¤#,##0" if whole else "¤#,##0.00"
    return _signed(format_currency(amount, code, format=pattern, locale=locale(), currency_digits=False))


def money_short(value: Any, currency: str | None = None) -> str:
    """`Rp7,5 jt`, `IDR 7.5M`: for boards and tiles."""
    amount, code = _sum_of(value, currency)
    if abs(amount) < 1000:
        return money_full(amount, code)
    minus = "-" if amount < 0 else ""
    return _signed(f"{minus}{get_currency_symbol(code, locale=locale())}") + _spaced(code) + count_short(abs(amount))


def _spaced(code: str) -> str:
    letters_alone = get_currency_symbol(code, locale=locale()).isalpha()
    return NBSP if letters_alone and not locale().startswith("id") else ""


def count_short(value: Any) -> str:
    """`34,2 rb`, `34.2k`; small numbers as they are."""
    number = Decimal(str(value))
    if abs(number) < 1000:
        return format_decimal(number, format="#,##0.#", locale=locale())
    unit = Decimal(1000) ** ((len(str(abs(int(number)))) - 1) // 3)
    # Rounded before the unit is chosen, or 999,960 would read "1000 rb".
    rounded = round(number / unit, 1) * unit
    return format_compact_decimal(rounded, format_type="short", locale=locale(), fraction_digits=1).replace("K", "k")


def count_full(value: Any) -> str:
    """`34.200`, `34,200`."""
    return format_decimal(Decimal(str(value)), locale=locale())


def percent(value: Any, digits: int = 1) -> str:
    """`4,6%`, `4.6%`, from a share: 0.046."""
    shown = format_decimal(Decimal(str(value)) * 100, format="#,##0." + "#" * digits, locale=locale())
    return f"{shown}%"


def _local(value: dt.datetime, zone: str | None = None) -> dt.datetime:
    if timezone.is_naive(value):
        return value
    return timezone.localtime(value, zone_info(zone) if zone else None)


def day_words(value: dt.date | dt.datetime, width: str = "full") -> str:
    """`24 November 2026`; width "long" adds the weekday, "short" is `Sel, 24 Nov 2026`, "brief" is `Sel 24 Nov`.

    An instant is told as the reader's own calendar day.
    """
    day = _local(value).date() if isinstance(value, dt.datetime) else value
    return str(format_date(day, format=DAY[width], locale=locale()))


day_in_words = lazy(day_words, str)
"""The same in the language of whoever reads it, for sentences that are kept in both."""


def clock(value: dt.datetime, zone: str | None = None) -> str:
    """`09.00` in Indonesian, `09:00` in English."""
    return _local(value, zone).strftime("%H.%M" if locale().startswith("id") else "%H:%M")


def when_zone(value: dt.datetime, zone: str | None = None) -> str:
    """`Sel, 24 Nov 2026 09.00 WITA`: an hour always says whose hour it is. Without a zone, the reader's own."""
    name = zone or timezone.get_current_timezone_name()
    day = format_date(_local(value, name).date(), format=DAY["short"], locale=locale())
    return f"{day} {clock(value, name)} {zone_label(name, value)}"


def age(value: dt.date | dt.datetime, now: dt.datetime) -> str:
    """How far away, in the largest unit: `3 days`, `2 hari`, `5 hours`. Said of the past and of the future alike."""
    if not isinstance(value, dt.datetime):
        return _length(abs(timezone.localtime(now).date() - value), smallest="day")
    return _length(abs(now - value), smallest="minute")


def minutes_until(moment: dt.datetime, now: dt.datetime) -> int:
    """Whole minutes somebody has to wait, rounded up, for "in 12 minutes": never less than one."""
    return max(1, -((now - moment) // dt.timedelta(minutes=1)))


def _length(distance: dt.timedelta, smallest: str) -> str:
    """People count in days up to two months, in months up to two years."""
    days = distance.days
    if days >= 730:
        count, unit = days // 365, "year"
    elif days >= 60:
        count, unit = days // 30, "month"
    elif days or smallest == "day":
        count, unit = days, "day"
    elif distance.seconds >= 3600:
        count, unit = distance.seconds // 3600, "hour"
    else:
        count, unit = max(1, distance.seconds // 60), "minute"
    return str(format_unit(count, f"duration-{unit}", length="long", locale=locale()))
