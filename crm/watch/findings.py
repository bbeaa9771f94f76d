"""What is looked at to know whether people can work: one finding a part, each well or not and in a word how."""

import contextlib
import datetime as dt
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models.functions import Coalesce
from django.utils.translation import override

from crm.base.models import Organisation
from crm.base.places import told_by_readyz
from crm.exclusivity import guard
from crm.inbox.queries import mailbox_health
from crm.outbox.models import Email
from crm.reminders.models import Beat, Reminder
from crm.timeline import guards
from crm.watch.reach import database_said

OLDEST_BEAT = dt.timedelta(minutes=5)
OLDEST_REMINDER = dt.timedelta(minutes=15)
"""A reminder whose moment has come leaves with the next tick; three ticks that broke are a reason to look."""
LEAST_ROOM = 500 * 1024 * 1024
"""Bytes: what a day of pictures and a copy of a small database take."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at: is it well, and in a word how. `mend` says what to do when it is not."""

    name: str
    is_well: bool
    said: str
    is_vital: bool = True
    mend: str = ""


def database() -> Finding:
    """Whether it answers within two seconds, and is as new as the code."""
    wrong = database_said()
    return Finding(
        "database", not wrong, wrong or "ok", mend="" if not wrong else "Run manage.py prepare once it answers."
    )


def promises_kept() -> Finding:
    """Both guards of the database: without them a promise or a ledger could be broken by whoever forgets to ask."""
    missing = [*guards.missing(connection), *([] if guard.present(connection) else ["exclusivity"])]
    said = f"missing for {', '.join(missing)}" if missing else "ok"
    return Finding("guards", not missing, said, mend="Run manage.py migrate --skip-checks: it puts them back.")


def media() -> Finding:
    """Whether a file can be kept on this machine; also with a bucket, where uploads on their way stand here."""
    folder = Path(settings.MEDIA_ROOT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        mend = f"Give {folder} to the user who runs Mitra."
        return Finding("media", False, f"cannot be written ({type(error).__name__})", is_vital=False, mend=mend)
    return Finding("media", True, "ok", is_vital=False)


def disk() -> Finding:
    try:
        free = min(shutil.disk_usage(one).free for one in (settings.VAR_DIR, settings.MEDIA_ROOT))
    except OSError as error:
        return Finding("disk", False, f"not measured ({type(error).__name__})", is_vital=False)
    mend = "Make room before it is full: SQLite and uploads stop then."
    return Finding("disk", free >= LEAST_ROOM, f"{free / 2**30:.1f} GiB free", is_vital=False, mend=mend)


def clock(now: dt.datetime) -> Finding:
    """When the tick last ran. Pages work without it; reminders do not."""
    mend = "Start a worker and a beat, or let cron run manage.py tick every minute."
    rang_at = Beat.objects.filter(name="tick").values_list("rang_at", flat=True).first()
    if rang_at is None:
        return Finding("clock", False, "has not rung yet: is a beat running?", is_vital=False, mend=mend)
    age = now - rang_at
    return Finding("clock", age <= OLDEST_BEAT, f"rang {age.total_seconds():.0f} s ago", is_vital=False, mend=mend)


def queue() -> Finding:
    """Whether the broker answers. Forms save without it; the next tick makes up for what it missed."""
    mend = "Start Redis, or look at REDIS_URL."
    if not settings.REDIS_URL:
        is_named = settings.CELERY_BROKER_URL != "memory://"
        return Finding("queue", is_named, settings.CELERY_BROKER_URL.partition(":")[0], is_vital=False, mend=mend)
    with contextlib.suppress(Exception):
        from redis import Redis

        with contextlib.closing(Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)) as line:
            return Finding("queue", bool(line.ping()), "ok", is_vital=False, mend=mend)
    return Finding("queue", False, "the broker does not answer", is_vital=False, mend=mend)


def outbox(now: dt.datetime) -> Finding:
    late = Email.objects.due(now - OLDEST_BEAT).count()
    mend = "Look at the clock, and at Outbox for what the mail server answered."
    return Finding("outbox", not late, f"{late} messages wait longer than they should", is_vital=False, mend=mend)


def oldest_reminder(now: dt.datetime) -> dt.timedelta | None:
    """How long the oldest reminder has waited whose moment has come and for which there is room."""
    ready = Reminder.objects.due(now).with_room(now).annotate(ready_at=Coalesce("waits_until", "send_at"))
    ready_at = ready.order_by("ready_at").values_list("ready_at", flat=True).first()
    return None if ready_at is None else now - ready_at


def reminders(now: dt.datetime) -> Finding:
    """The one figure that says whether reminders leave, whatever else seems well."""
    age = oldest_reminder(now)
    if age is None:
        return Finding("reminders", True, "none waits", is_vital=False)
    said = f"the oldest waits {age.total_seconds():.0f} s"
    if Organisation.load().mail_paused_at:
        return Finding("reminders", True, f"{said}: outgoing mail is paused", is_vital=False)
    mend = "Run manage.py tick and read what it says: a stage that broke is named there."
    return Finding("reminders", age <= OLDEST_REMINDER, said, is_vital=False, mend=mend)


def mailbox() -> Finding:
    """When answers were last read. Without a named mailbox there is nothing to be well."""
    with override("en"):
        found = mailbox_health()
    if not found.is_named:
        return Finding("mailbox", True, "none is named: answers go to colleagues", is_vital=False)
    read = f"last read {found.read_at:%Y-%m-%d %H:%M} UTC" if found.read_at else "not read yet"
    mend = "Look at IMAP_URL and at Outbox, Received."
    return Finding("mailbox", not found.why, f"{found.why} {read}".strip(), is_vital=False, mend=mend)


def look(now: dt.datetime) -> list[Finding]:
    """Everything, the database first: without it the rest cannot be asked."""
    first = database()
    if not first.is_well:
        return [first]
    more = [Finding(placed.key, *placed.call(now), is_vital=False) for placed in told_by_readyz.all()]
    here = [promises_kept(), media(), disk()]
    return [first, *here, clock(now), queue(), reminders(now), outbox(now), mailbox(), *more]
