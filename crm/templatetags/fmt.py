"""Filters that write money, counts, days and hours in the reader's language. The words are made in crm/base/formats.py.

An empty value stays empty: templates need not ask first.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import template
from django.utils import timezone

from crm.base import formats

register = template.Library()


def _unless_empty(write: Callable[..., str], value: Any, *rest: Any) -> str:
    return "" if value is None or value == "" else write(value, *rest)


@register.filter
def money_full(value: Any, currency: str | None = None) -> str:
    """{{ fee|money_full }}: Rp1.500.000. A bare number is rupiah unless told: {{ n|money_full:"USD" }}."""
    return _unless_empty(formats.money_full, value, currency)


@register.filter
def money_short(value: Any, currency: str | None = None) -> str:
    """{{ fee|money_short }}: Rp7,5 jt."""
    return _unless_empty(formats.money_short, value, currency)


@register.filter
def count_short(value: Any) -> str:
    """{{ followers|count_short }}: 34,2 rb."""
    return _unless_empty(formats.count_short, value)


@register.filter
def count_full(value: Any) -> str:
    """{{ followers|count_full }}: 34.200."""
    return _unless_empty(formats.count_full, value)


@register.filter
def percent(value: Any, digits: int = 1) -> str:
    """{{ rate|percent }}, from a share: 0.046 is 4,6%."""
    return _unless_empty(formats.percent, value, digits)


@register.filter
def day_words(value: dt.date | dt.datetime | None, width: str = "full") -> str:
    """{{ on|day_words }}: 24 November 2026. Widths: "full", "long" (weekday), "short" (Sel, 24 Nov 2026), "brief"."""
    return _unless_empty(formats.day_words, value, width)


@register.filter
def clock(value: dt.datetime | None, zone: str | None = None) -> str:
    """{{ at|clock }}: 09.00 in the reader's zone, {{ at|clock:zone }} in another."""
    return _unless_empty(formats.clock, value, zone)


@register.filter
def when_zone(value: dt.datetime | None, zone: str | None = None) -> str:
    """{{ at|when_zone:person.zone }}: Sel, 24 Nov 2026 09.00 WITA."""
    return _unless_empty(formats.when_zone, value, zone)


@register.filter
def age(value: dt.date | dt.datetime | None, now: dt.datetime | None = None) -> str:
    """{{ at|age }}: 3 days. A view that has the clock hands it in: {{ at|age:now }}."""
    return _unless_empty(formats.age, value, now or timezone.now())


@register.filter
def unlocalized(value: Any) -> str:
    """{{ pk|unlocalized }}: a number for an attribute or an address, without separators."""
    return _unless_empty(str, value)
