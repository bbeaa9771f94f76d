"""Heartbeats: a service outside hears of each good outcome, and raises the alarm when it hears nothing for too long.

Told after work that came out well, never because somebody was running. No answer is kept beside the outcome, tried
again with the next ring, and never in the way of anything.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable

import httpx
import structlog
from django.conf import settings
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.outcomes import Outcome
from crm.outbox.reasons import in_words, reason

log = structlog.get_logger(__name__)

Clock = Callable[[], dt.datetime]
TIMEOUT = httpx.Timeout(5.0)
ANSWERED = _("It answered %(code)s.")
SILENT = _("No answer within 5 seconds.")
OUT_OF_REACH = _("It cannot be reached (%(how)s).")


def tell_all(clock: Clock) -> Counter[str]:
    """Tell of every good outcome nobody outside has heard of yet; how many were told, and how many not."""
    report: Counter[str] = Counter()
    if not settings.HEARTBEATS:
        return report
    untold = Outcome.objects.good().filter(Q(heartbeat_at=None) | Q(heartbeat_at__lt=F("ok_at")))
    for outcome in untold.filter(name__in=settings.HEARTBEATS):
        trouble = _told(settings.HEARTBEATS[outcome.name])
        mine = Outcome.objects.filter(pk=outcome.pk)
        if trouble:
            mine.update(heartbeat_trouble=trouble)
            log.warning("heartbeat_not_heard", part=outcome.name, why=in_words(trouble))
        else:
            mine.update(heartbeat_at=clock(), heartbeat_trouble="")
        report["not heard" if trouble else "told"] += 1
    return report


def _told(url: str) -> str:
    """Empty when it was heard, else a stored reason why not; the address is a key and stands in no word of it."""
    try:
        # Only the first line is of interest: whatever follows it is not read.
        with httpx.Client(timeout=TIMEOUT, trust_env=False) as client, client.stream("GET", url) as answer:
            return "" if answer.is_success else reason(ANSWERED, code=answer.status_code)
    except httpx.TimeoutException:
        return reason(SILENT)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return reason(OUT_OF_REACH, how=type(error).__name__)
