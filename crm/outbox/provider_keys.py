"""Providers that know a message again by its key, and for how long: within that time asking again delivers nothing twice."""

import datetime as dt

from django.conf import settings

from crm.outbox.backoff import MOST_TRIES
from crm.outbox.models import Email


def knows_again(email: Email, since: dt.datetime, send_at: dt.datetime) -> bool:
    """Whether the provider will still know this message by its key then, and there are tries left."""
    return send_at - since < keys_kept() and email.attempts < MOST_TRIES and not email.may_be_twice


def is_forgotten(email: Email, now: dt.datetime) -> bool:
    """Whether it was in doubt for so long that the provider would take it for a new message."""
    return email.doubted_at is not None and not email.may_be_twice and now - email.doubted_at >= keys_kept()


def keys_kept() -> dt.timedelta:
    return dt.timedelta(hours=settings.EMAIL_KEYS_KEPT_HOURS)
