"""The two marks of a message on its way: "handing over now" and "the server took it".

They are written one statement a message, so they are plain SQL, and their commits need not reach the disk at once:
that survives the death of the process, which is the fault they bound. Everything else commits as usual.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from crm.outbox.models import Email

STAMP = """
UPDATE {table} SET
    state = CASE WHEN id = %s THEN 'sent' ELSE state END,
    sent_at = CASE WHEN id = %s THEN %s ELSE sent_at END,
    data_started_at = CASE WHEN id = %s THEN %s ELSE data_started_at END,
    to_address = CASE WHEN id = %s THEN %s ELSE to_address END,
    updated_at = %s
WHERE id IN (%s, %s) AND lease_token = %s AND state = 'sending'
"""
NOBODY = 0


def stamp(
    *, token: str, taken: int | None, taken_at: dt.datetime | None, starting: int, address: str, now: dt.datetime
) -> bool:
    """Mark the message before as sent and this one as being handed over, in one statement.

    False when a row is no longer under this lease: then nobody knows which, and the caller must find out.
    """
    before = taken or NOBODY
    moment, before_at = _stored(now), _stored(taken_at or now)
    params = [before, before, before_at, starting, moment, starting, address, moment, before, starting, token]
    with connection.cursor() as cursor:
        cursor.execute(STAMP.format(table=Email._meta.db_table), params)
        return bool(cursor.rowcount == (1 if taken is None else 2))


def _stored(at: dt.datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


@contextmanager
def relaxed_commits() -> Iterator[None]:
    """Commits of this connection return before they reach the disk, until the block ends."""
    if connection.in_atomic_block:
        yield
        return
    relax, restore = _words()
    _say(relax)
    try:
        yield
    finally:
        if connection.connection is not None and not connection.needs_rollback:
            _say(restore)


def _words() -> tuple[str, str]:
    if connection.vendor == "postgresql":
        return "SET synchronous_commit TO off", "RESET synchronous_commit"
    return "PRAGMA synchronous=NORMAL", "PRAGMA synchronous=FULL"


def _say(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
