"""Many rows in one go, the fastest way each database offers: COPY on PostgreSQL, one prepared INSERT on SQLite.

A row that breaks a constraint raises IntegrityError like any other INSERT: nothing is passed over, and either all rows
are written or none. No signals, no primary keys filled in, no `save()`: for rows whose maker knows every column.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.models.fields import NOT_PROVIDED
from django.db.models.lookups import Lookup

Row = Sequence[Any]


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """That many primary keys nobody else will get. On SQLite the running write transaction keeps others out."""
    if not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # The name of the sequence is looked up once, not once for each key.
            cursor.execute(
                "SELECT nextval(own.name) FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS name OFFSET 0) own "
                "CROSS JOIN generate_series(1, %s)",
                [table, count],
            )
            return [pk for (pk,) in cursor.fetchall()]
        cursor.execute("SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = %s), 0)", [table])
        (last,) = cursor.fetchone()
        return list(range(last + 1, last + 1 + count))


def by_index() -> None:
    """Until the transaction ends, find rows by index only.

    A table that grows by a batch a second outruns its statistics, and PostgreSQL would read all of it for each batch.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")


def insert(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Row],
    *,
    now: dt.datetime | None = None,
    alike: Mapping[str, Any] | None = None,
) -> None:
    """Insert rows of the named columns; `alike` are columns with one value for all rows.

    Columns left out get their default, stamps get `now`.
    """
    values = list(rows)
    if not values:
        return
    given = [_field(model, name) for name in names]
    constants = _constants(model, frozenset(names), alike or {}, now)
    columns = [*given, *(field for field, _value in constants)]
    prepared = _prepared(given, values, tuple(value for _field_, value in constants))
    quoted = ", ".join(connection.ops.quote_name(field.column) for field in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django turns the driver's errors into its own only around execute().
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
                for row in prepared:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({places})", prepared)  # noqa: S608 - own names


def insert_objects(objects: Sequence[models.Model]) -> None:
    """Insert unsaved objects of one model, as they are; `bulk_create` without its cost per row."""
    if not objects:
        return
    fields = [field for field in objects[0]._meta.concrete_fields if not field.primary_key and not field.generated]
    row_of = attrgetter(*(field.attname for field in fields))
    insert(type(objects[0]), [field.attname for field in fields], map(row_of, objects))


def update(model: type[models.Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Set the named columns of rows given as (pk, value, ...)."""
    values = list(rows)
    if not values:
        return
    fields = [_field(model, name) for name in names]
    table = connection.ops.quote_name(model._meta.db_table)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_update_from_json(table, fields), [_rows_as_json(values)])
        else:
            sets = ", ".join(f"{connection.ops.quote_name(field.column)} = %s" for field in fields)
            turned = [(*row[1:], row[0]) for row in _prepared([model._meta.pk, *fields], values, ())]
            cursor.executemany(f"UPDATE {table} SET {sets} WHERE id = %s", turned)  # noqa: S608 - own names


def remove(rows: "models.QuerySet[Any]") -> int:
    """Delete rows in one statement; how many they were.

    Nothing that hangs on them is looked for: where something does, the database refuses with IntegrityError.
    """
    return int(rows._raw_delete(rows.db))


def _update_from_json(table: str, fields: Sequence[Any]) -> str:
    """One parameter for all rows: the driver quotes arrays element by element, which costs more than the UPDATE."""
    sets = ", ".join(f"{connection.ops.quote_name(field.column)} = given.c{at}" for at, field in enumerate(fields, 1))
    types = ", ".join(["c0 bigint", *(f"c{at} {_type(field)}" for at, field in enumerate(fields, 1))])
    given = f"json_to_recordset(%s::json) AS given({types})"
    return f"UPDATE {table} SET {sets} FROM {given} WHERE {table}.id = given.c0"  # noqa: S608 - own names


def _type(field: Any) -> str:
    return str(field.rel_db_type(connection) if field.is_relation else field.db_type(connection))


def _rows_as_json(rows: Iterable[Row]) -> str:
    return _json([{f"c{at}": value for at, value in enumerate(row)} for row in rows])


@cache
def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)


def _constants(
    model: type[models.Model], given: frozenset[str], alike: Mapping[str, Any], now: dt.datetime | None
) -> list[tuple[Any, Any]]:
    """Columns with the one value all rows get."""
    constants = []
    for field in model._meta.concrete_fields:
        if {field.name, field.attname} & given or field.primary_key or field.generated:
            continue
        value = alike[field.attname] if field.attname in alike else _value_of_nobody(field, now)
        convert = _converter(field)
        constants.append((field, convert(value) if convert else value))
    return constants


def _value_of_nobody(field: Any, now: dt.datetime | None) -> Any:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return now
    if field.default is not NOT_PROVIDED:
        return field.get_default()
    return None if field.null or not field.empty_strings_allowed else field.get_default()


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
    if isinstance(field, models.DateTimeField | models.DateField):
        if connection.vendor == "postgresql":
            return _remembering(lambda value: None if value is None else value.isoformat())
        return _remembering(lambda value: None if value is None else field.get_db_prep_save(value, connection))
    if isinstance(field, models.DecimalField) and connection.vendor != "postgresql":
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


class _Encoder(DjangoJSONEncoder):
    """Moments to the microsecond, as columns keep them."""

    def default(self, o: Any) -> Any:
        if isinstance(o, dt.date):
            return o.isoformat()
        return str(o) if isinstance(o, Decimal) else super().default(o)


_encode = _Encoder(ensure_ascii=False, separators=(",", ":")).encode


def _json(value: Any) -> str:
    if not value and isinstance(value, list | dict):
        return "[]" if isinstance(value, list) else "{}"
    return _encode(value)


@models.ForeignObject.register_lookup
@models.Field.register_lookup
class Among(Lookup[Any]):
    """`handle__among=[...]`: what `in` says, with one parameter for thousands of values instead of one for each."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        found = "(SELECT value FROM json_each(%s))"
        return f"{column} IN {found}", (*params, json.dumps(list(self.rhs)))

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        field = self.lhs.output_field
        kind = "text" if isinstance(field, models.CharField | models.TextField) else _type(field)
        found = f"(SELECT given.one::{kind} FROM json_array_elements_text(%s::json) AS given(one))"  # noqa: S608
        return f"{column} IN {found}", (*params, json.dumps(list(self.rhs)))


class Gathered(models.Aggregate):
    """`Gathered("territory__name")`: all values of a group as one list, in no order of their own."""

    function = "JSON_GROUP_ARRAY"
    output_field = models.JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **also: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **also)
