"""Emptying PostgreSQL after a test that really commits: every table is put back to the rows it had before the first of them.

TRUNCATE gives each of two hundred tables, its indexes and its toast a new file each time. Here every table is asked to
delete what it has, in one go and with the foreign keys looking away, since all of them are whole again at the end.

`flush` would then send `post_migrate`, which looks up and lays every content type, permission and seeded row anew, in
most of a second. These are the very rows that stood in a migrated database, so they are kept once and copied back with
their numbers; a counter that a test started anew is led past them. What a test took away of the guards is put up again.
The `flush` of the product stays as it is.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.test import TransactionTestCase

from crm.exclusivity import guard
from crm.timeline import guards

_fixture_setup = TransactionTestCase.__dict__["_fixture_setup"].__func__
_fixture_teardown = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
_kept: dict[str, bytes] = {}
_counters: list[str] = []


def _may_look_away() -> bool:
    """Only a superuser may send the triggers of foreign keys away; the suite's own server has no other user."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        return bool(cursor.fetchone() == ("on",))


def _tables() -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return [connection.ops.quote_name(name) for name in names]


def _rows(cursor: Any, table: str) -> bytes:
    with cursor.copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(copy)


def _keep() -> None:
    with connection.cursor() as cursor:
        _kept.update({table: _rows(cursor, table) for table in _tables()})
        _counters.extend(said for table, rows in _kept.items() if rows for said in _past(cursor, table))


def _past(cursor: Any, table: str) -> Iterator[str]:
    """For each column that counts: on with the counter, and never below a number that is taken."""
    cursor.execute(
        "SELECT quote_ident(attname), pg_get_serial_sequence(%s, attname) FROM pg_attribute "
        "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND pg_get_serial_sequence(%s, attname) IS NOT NULL",
        [table, table, table],
    )
    for column, counter in cursor.fetchall():
        yield (
            f"SELECT setval('{counter}', greatest((SELECT last_value FROM {counter}), (SELECT max({column}) FROM {table})))"  # noqa: S608
        )


def _put_back() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("; ".join(f"DELETE FROM {table}" for table in _kept))  # noqa: S608
        for table, rows in _kept.items():
            if rows:
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(rows)
        cursor.execute("; ".join(_counters))
    if guards.missing(connection):
        guards.install(connection)
    if not guard.present(connection):
        guard.install(connection)


def _set_up(case: type[TransactionTestCase]) -> None:
    if not _kept and _may_look_away():
        _keep()
    _fixture_setup(case)


def _emptied(case: TransactionTestCase) -> None:
    if _kept:
        _put_back()
    else:
        _fixture_teardown(case)


def by_putting_back() -> None:
    """From now on, in this process."""
    TransactionTestCase._fixture_setup = classmethod(_set_up)  # type: ignore[attr-defined]
    TransactionTestCase._fixture_teardown = _emptied  # type: ignore[attr-defined]
