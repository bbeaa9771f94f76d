"""What is looked at to know whether people can work: one finding a part, each well or not and in a word how."""

import contextlib
import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import override

from crm.base.places import told_by_readyz
from crm.inbox.queries import mailbox_health
from crm.outbox.models import Email
from crm.reminders.models import Beat

OLDEST_BEAT = dt.timedelta(minutes=5)


@dataclass(frozen=True)
class Finding:
    """One thing looked at: is it well, and in a word how."""

    name: str
    is_well: bool
    said: str
    is_vital: bool = True


def database() -> Finding:
    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        return Finding("database", False, f"unreachable ({type(error).__name__})")
    return Finding(
        "database", not waiting, f"{waiting} migrations to apply: run manage.py prepare" if waiting else "ok"
    )


def clock(now: dt.datetime) -> Finding:
    """When the tick last ran. Pages work without it; reminders do not."""
    rang_at = Beat.objects.order_by("-rang_at").values_list("rang_at", flat=True).first()
    if rang_at is None:
        return Finding("clock", False, "has not rung yet: is a beat running?", is_vital=False)
    age = now - rang_at
    return Finding("clock", age <= OLDEST_BEAT, f"rang {age.total_seconds():.0f} s ago", is_vital=False)


def queue() -> Finding:
    """Whether the broker answers. Forms save without it; the next tick makes up for what it missed."""
    if not settings.REDIS_URL:
        return Finding("queue", settings.CELERY_BROKER_URL != "memory://", settings.CELERY_BROKER_URL, is_vital=False)
    with contextlib.suppress(Exception):
        from redis import Redis

        with contextlib.closing(Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)) as line:
            return Finding("queue", bool(line.ping()), "ok", is_vital=False)
    return Finding("queue", False, "the broker does not answer", is_vital=False)


def outbox(now: dt.datetime) -> Finding:
    late = Email.objects.due(now - OLDEST_BEAT).count()
    return Finding("outbox", not late, f"{late} messages wait longer than they should", is_vital=False)


def mailbox() -> Finding:
    """When answers were last read. Without a named mailbox there is nothing to be well."""
    with override("en"):
        found = mailbox_health()
    if not found.is_named:
        return Finding("mailbox", True, "none is named: answers go to colleagues", is_vital=False)
    read = f"last read {found.read_at:%Y-%m-%d %H:%M} UTC" if found.read_at else "not read yet"
    return Finding("mailbox", not found.why, f"{found.why} {read}".strip(), is_vital=False)


def look(now: dt.datetime) -> list[Finding]:
    """Everything, the database first: without it the rest cannot be asked."""
    first = database()
    if not first.is_well:
        return [first]
    more = [Finding(placed.key, *placed.call(now), is_vital=False) for placed in told_by_readyz.all()]
    return [first, clock(now), queue(), outbox(now), mailbox(), *more]
