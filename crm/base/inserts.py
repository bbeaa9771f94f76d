"""Inserting rows of which some may be there already, without hiding any other violation."""

from collections.abc import Sequence
from itertools import islice
from typing import TypeVar

from django.db import connection, models
from django.db.models.sql import InsertQuery

Row = TypeVar("Row", bound=models.Model)

AT_ONCE = 200

ANY_UNIQUE = ""
"""Any unique index may say that the row is there. Of several that a twin breaks, PostgreSQL may meet the one that was not named first."""


def insert_missing(rows: Sequence[Row], conflict_target: str) -> int:
    """Insert the rows except those the named unique index already has; returns how many are new.

    `conflict_target` is what stands between ON CONFLICT and DO NOTHING, for example
    `(contact_id, subject) WHERE NOT (state = 'void')`, spelled like the index, or ANY_UNIQUE. Unlike `ignore_conflicts`, any other violation still raises.
    The rows' primary keys are not filled in.
    """
    waiting, inserted = iter(rows), 0
    while batch := list(islice(waiting, AT_ONCE)):
        inserted += _insert(batch, conflict_target)
    return inserted


def _insert(rows: Sequence[models.Model], conflict_target: str) -> int:
    fields = [field for field in rows[0]._meta.local_concrete_fields if not field.primary_key and not field.generated]
    query = InsertQuery(type(rows[0]))
    query.insert_values(fields, [*rows])
    ((sql, params),) = query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ON CONFLICT {conflict_target} DO NOTHING", params)
        return int(cursor.rowcount)
