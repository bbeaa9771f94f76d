"""Putting the rows of one table in, as they are: own keys, no `save()`, every guard and constraint standing."""

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.db import DatabaseError, connection

from crm.archive.everything.kinds import stored
from crm.archive.everything.tables import Table
from crm.archive.refusals import Refused

CHUNK = 2000


def put(table: Table, lines: IO[bytes]) -> None:
    """All rows of the table's file. Refused, with the database's own words, when it does not take one."""
    try:
        _insert(table, _prepared(table, lines))
    except (DatabaseError, ValueError, KeyError, TypeError) as error:
        raise Refused(f"{table.label}: {_first_line(error)}. Nothing was brought in.") from error


def empty(table: Table) -> None:
    """Reference rows make room for those of the file."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.db_table)}")  # noqa: S608 - own names


def _prepared(table: Table, lines: IO[bytes]) -> Iterator[tuple[Any, ...]]:
    vendor = connection.vendor
    columns = [(one.name, stored(one.kind, vendor, nullable=one.is_nullable)) for one in table.columns]
    nested = {name for name, convert in columns if convert in (json.dumps,)}
    for line in lines:
        row = json.loads(line)
        yield tuple(
            convert(value) if convert and (value is not None or name in nested) else value
            for name, convert in columns
            for value in (row[name],)
        )


def _insert(table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(quote(column.field.column) for column in table.columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = f"COPY {quote(table.db_table)} ({names}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(table.columns))
            cursor.executemany(f"INSERT INTO {quote(table.db_table)} ({names}) VALUES ({places})", rows)  # noqa: S608


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0].rstrip(".")
