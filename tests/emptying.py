"""Emptying PostgreSQL after a test that really commits: to delete some rows costs far less than to truncate all tables.

TRUNCATE gives each of two hundred tables, its indexes and its toast a new file each time. Here every table is asked to
delete what it has, in one go and with the foreign keys looking away, since all of them end up empty. What Django does
before and after stays as it is, and so does the `flush` of the product.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.test import TransactionTestCase

_fixture_teardown = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def _may_look_away() -> bool:
    """Only a superuser may send the triggers of foreign keys away; the suite's own server has no other user."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        return bool(cursor.fetchone() == ("on",))


def _deletions(style: Any, tables: Sequence[str], **_options: Any) -> list[str]:
    deletions = "; ".join(f"DELETE FROM {connection.ops.quote_name(table)}" for table in tables)  # noqa: S608
    return ["SET LOCAL session_replication_role = replica", deletions] if tables else []


def _emptied(case: TransactionTestCase) -> None:
    if not _may_look_away():
        return _fixture_teardown(case)
    connection.ops.sql_flush = _deletions  # type: ignore[method-assign]
    try:
        _fixture_teardown(case)
    finally:
        del connection.ops.sql_flush


def by_deleting() -> None:
    """From now on, in this process."""
    TransactionTestCase._fixture_teardown = _emptied  # type: ignore[attr-defined]
