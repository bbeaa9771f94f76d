"""Putting the rows of one table in, as they are: own keys, no `save()`, every guard and constraint standing."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from django.db import DatabaseError, connection

from crm.archive.everything.boxes import Source
from crm.archive.everything.kinds import Convert, Kind, know_tables, stored
from crm.archive.everything.tables import Table
from crm.archive.refusals import Refused


def put(table: Table, source: Source, name: str) -> None:
    """All rows of the table's file. Refused, with the database's own words, when it does not take one."""
    try:
        _know_tables(table, source, name)
        with source.read(name) as lines:
            _insert(table, _prepared(lines, _converters(table)))
    except (DatabaseError, ValueError, KeyError, TypeError) as error:
        raise Refused(f"{table.label}: {_first_line(error)}. Nothing was brought in.") from error


def empty(table: Table) -> None:
    """Reference rows make room for those of the file."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.db_table)}")  # noqa: S608 - own names


Converter = tuple[str, Convert | None, bool]
"""A column's name, what turns its value into what the driver takes, and whether that knows what to do with null."""


def _know_tables(table: Table, source: Source, name: str) -> None:
    """Before the first row: while PostgreSQL takes rows in, it answers no questions."""
    told_by_name = [column.name for column in table.columns if column.kind is Kind.TABLE_NAME]
    if told_by_name:
        with source.read(name) as lines:
            rows = (json.loads(line) for line in lines)
            know_tables({row[one] for row in rows for one in told_by_name if row[one]})


def _converters(table: Table) -> list[Converter]:
    return [
        (one.name, stored(one.kind, connection.vendor, nullable=one.is_nullable), one.kind is Kind.JSON)
        for one in table.columns
    ]


def _prepared(lines: IO[bytes], columns: Sequence[Converter]) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        row = json.loads(line)
        yield tuple(
            convert(value) if convert and (value is not None or takes_null) else value
            for name, convert, takes_null in columns
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
            lazily: Any = rows  # SQLite takes them one by one
            cursor.executemany(f"INSERT INTO {quote(table.db_table)} ({names}) VALUES ({places})", lazily)  # noqa: S608


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0].rstrip(".")
