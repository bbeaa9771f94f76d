"""Which platforms are asked for figures, and what went wrong last: for the page that tells whether all is well."""

import datetime as dt

from campaigns.results.fetching.providers import PROVIDERS
from campaigns.results.models import FetchTry

RECENT = dt.timedelta(days=1)


def platforms_said(now: dt.datetime) -> str:
    """`instagram off, youtube on (asked 2026-11-24 03:00 UTC, 2 failed within a day)`. Never a key."""
    return ", ".join(f"{one.name} {_said(one.name, now) if one.is_on() else 'off'}" for one in PROVIDERS.values())


def _said(name: str, now: dt.datetime) -> str:
    rows = FetchTry.objects.filter(provider=name)
    last = rows.order_by("-asked_at").values_list("asked_at", flat=True).first()
    failed = rows.filter(asked_at__gt=now - RECENT).exclude(error="").count()
    asked = f"asked {last:%Y-%m-%d %H:%M} UTC" if last else "not asked yet"
    return f"on ({asked}, {failed} failed within a day)"
