"""Many rows in one go, the fastest way each database offers: COPY on PostgreSQL, one prepared INSERT on SQLite.

A row that breaks a constraint raises IntegrityError like any other INSERT: nothing is passed over.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED

Row = Sequence[Any]


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """That many primary keys nobody else will get. On SQLite the running write transaction keeps others out."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [pk for (pk,) in cursor.fetchall()]
        cursor.execute("SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = %s), 0)", [table])
        (last,) = cursor.fetchone()
        return list(range(last + 1, last + 1 + count))


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Row], *, now: dt.datetime) -> None:
    """Insert rows of the named columns; the columns left out get their default, stamps get `now`."""
    values = list(rows)
    if not values:
        return
    given = [_field(model, name) for name in names]
    constants = _constants(model, frozenset(names), now)
    columns = [*given, *(field for field, _value in constants)]
    tail = tuple(value for _field_, value in constants)
    prepared = _prepared(given, values, tail)
    quoted = ", ".join(connection.ops.quote_name(field.column) for field in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django turns the driver's errors into its own only around execute().
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
                for row in prepared:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({places})", prepared)  # noqa: S608 - own names


def update(model: type[models.Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Set the named columns of rows given as (pk, value, ...)."""
    values = list(rows)
    if not values:
        return
    fields = [_field(model, name) for name in names]
    table = connection.ops.quote_name(model._meta.db_table)
    prepared = _prepared([model._meta.pk, *fields], values, ())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(*_update_from_arrays(table, fields, prepared))
        else:
            sets = ", ".join(f"{connection.ops.quote_name(field.column)} = %s" for field in fields)
            turned = [(*row[1:], row[0]) for row in prepared]
            cursor.executemany(f"UPDATE {table} SET {sets} WHERE id = %s", turned)  # noqa: S608 - own names


def _update_from_arrays(table: str, fields: Sequence[Any], rows: Sequence[Row]) -> tuple[str, list[list[Any]]]:
    columns = [list(column) for column in zip(*rows, strict=True)]
    sets = ", ".join(f"{connection.ops.quote_name(field.column)} = given.c{at}" for at, field in enumerate(fields))
    types = ["bigint[]", *(_array(field) for field in fields)]
    arrays = ", ".join(f"%s::{kind}" for kind in types)
    names = ", ".join(["id", *(f"c{at}" for at in range(len(fields)))])
    sql = f"UPDATE {table} SET {sets} FROM unnest({arrays}) AS given({names}) WHERE {table}.id = given.id"  # noqa: S608
    return sql, columns


def _array(field: Any) -> str:
    if isinstance(field, models.JSONField):
        return "text[]::jsonb[]"
    return f"{field.rel_db_type(connection) if field.is_relation else field.db_type(connection)}[]"


@cache
def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)


def _constants(model: type[models.Model], given: frozenset[str], now: dt.datetime) -> list[tuple[Any, Any]]:
    """Columns nobody gave, with the one value all rows get."""
    constants = []
    for field in model._meta.concrete_fields:
        if {field.name, field.attname} & given or field.primary_key or field.generated:
            continue
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            value: Any = now
        else:
            value = field.get_default() if field.default is not NOT_PROVIDED or field.empty_strings_allowed else None
            value = None if field.null and field.default is NOT_PROVIDED else value
        convert = _converter(field)
        constants.append((field, convert(value) if convert else value))
    return constants


def _prepared(fields: Sequence[Any], rows: Iterable[Row], tail: tuple[Any, ...]) -> list[Row]:
    converters = [(at, convert) for at, convert in enumerate(map(_converter, fields)) if convert]
    if not converters:
        return [(*row, *tail) for row in rows]
    prepared: list[Row] = []
    for row in rows:
        cells = list(row)
        for at, convert in converters:
            cells[at] = convert(cells[at])
        prepared.append((*cells, *tail))
    return prepared


def _converter(field: Any) -> Callable[[Any], Any] | None:
    """How a value becomes what the driver takes; None when it is that already."""
    if isinstance(field, models.JSONField):
        return _json
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, models.DateTimeField | models.DateField | models.DecimalField):
        return _remembering(lambda value: None if value is None else field.get_db_prep_save(value, connection))
    return None


def _remembering(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """One moment stands in thousands of rows: convert it once."""
    known: dict[Any, Any] = {}

    def converted(value: Any) -> Any:
        if value not in known:
            known[value] = convert(value)
        return known[value]

    return converted


_encode = DjangoJSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _json(value: Any) -> str:
    return _encode(value)
