"""When a sign-in that was tried too often opens again, in words that are the same for everybody, known here or not."""

import datetime as dt

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.base.formats import minutes_until

WHERE = {"app": "allauth.account", "action": "login_failed"}


def opens_at(request: HttpRequest, key: str) -> dt.datetime | None:
    """When the throttle counts a try for this key again, by what it remembers; None when it remembers too little."""
    opens = []
    for rate in ratelimit.get_rates(**WHERE):
        tries = cache.get(ratelimit.get_cache_key(request, **WHERE, rate=rate, key=key), [])
        if len(tries) >= rate.amount:  # the newest first
            opens.append(tries[rate.amount - 1] + rate.duration)
    return dt.datetime.fromtimestamp(max(opens), dt.UTC) if opens else None


def too_often(request: HttpRequest, key: str, now: dt.datetime) -> ValidationError:
    """The refusal of one more try. It says how long to wait in minutes: a time of day would tell somebody's zone."""
    opens = opens_at(request, key)
    if opens is None:
        return ValidationError(_("Too many tries. Try again in a few minutes."), code="too_often")
    minutes = minutes_until(opens, now)
    said = ngettext(
        "Too many tries. Try again in %(minutes)s minute.", "Too many tries. Try again in %(minutes)s minutes.", minutes
    )
    return ValidationError(said % {"minutes": minutes}, code="too_often")
