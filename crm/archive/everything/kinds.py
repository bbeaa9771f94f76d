"""How a value of each kind of column is written in the file, and put into either database again.

The file says the same whichever database it was written from: instants in UTC with a Z, days as 2026-11-23, decimals as
text with all their places, sets of numbers as sorted lists, JSON as it is. So its checksum can be worked out again from
the rows after they were brought into another database, and must be equal.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType

Convert = Callable[[Any], Any]


class Kind(StrEnum):
    """The types of the file; the words stand in schema.json."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    DECIMAL = "decimal as text"
    TRUTH = "true or false"
    INSTANT = "instant, ISO 8601 in UTC"
    DAY = "day, ISO 8601"
    TIME = "time of day, ISO 8601"
    JSON = "JSON"
    SET = "list of integers"
    TABLE_NAME = "name of a table"
    PERMISSION = "name of a permission"


BY_TYPE = {
    **dict.fromkeys(("CharField", "TextField", "SlugField", "FileField", "GenericIPAddressField"), Kind.TEXT),
    **dict.fromkeys(
        ("AutoField", "BigAutoField", "IntegerField", "BigIntegerField", "SmallIntegerField"), Kind.INTEGER
    ),
    **dict.fromkeys(("PositiveIntegerField", "PositiveBigIntegerField", "PositiveSmallIntegerField"), Kind.INTEGER),
    "FloatField": Kind.NUMBER,
    "DecimalField": Kind.DECIMAL,
    "BooleanField": Kind.TRUTH,
    "DateTimeField": Kind.INSTANT,
    "DateField": Kind.DAY,
    "TimeField": Kind.TIME,
    "JSONField": Kind.JSON,
    "IntSetField": Kind.SET,
}
"""A type of column that is not here has no form in the file yet: KeyError, and a test fails."""


def kind_of(field: Any) -> Kind:
    """The kind of a column; of a foreign key that of the key it holds."""
    if field.remote_field is None:
        return BY_TYPE[field.get_internal_type()]
    if field.remote_field.model is ContentType:
        return Kind.TABLE_NAME
    return Kind.PERMISSION if field.remote_field.model is Permission else kind_of(field.target_field)


# ---- Out of a row, into the file -------------------------------------------------------------------------------------


def written(kind: Kind) -> Convert | None:
    """What turns a value of a row into one of the file; None where it is that already."""
    if kind is Kind.TABLE_NAME:
        return _names_of_tables().__getitem__
    return _names_of_permissions().__getitem__ if kind is Kind.PERMISSION else WRITTEN.get(kind)


def _instant(value: dt.datetime) -> str:
    return f"{value.astimezone(dt.UTC).replace(tzinfo=None).isoformat()}Z"


def _same_json(value: Any) -> Any:
    """PostgreSQL writes 1e16 out, so it comes back as a whole number, and knows no minus zero; so SQLite says the same."""
    if isinstance(value, float):
        return int(Decimal(repr(value))) if abs(value) >= 1e16 else value or 0.0
    if isinstance(value, dict):
        return {key: _same_json(one) for key, one in value.items()}
    return [_same_json(one) for one in value] if isinstance(value, list) else value


WRITTEN: dict[Kind, Convert] = {
    Kind.TEXT: str,
    Kind.DECIMAL: "{:f}".format,
    Kind.TRUTH: bool,
    Kind.INSTANT: _instant,
    Kind.DAY: dt.date.isoformat,
    Kind.TIME: dt.time.isoformat,
    Kind.JSON: _same_json,
    Kind.SET: sorted,
}


# ---- Out of the file, into a row -------------------------------------------------------------------------------------


def stored(kind: Kind, vendor: str, *, nullable: bool) -> Convert | None:
    """What turns a value of the file into what the driver takes; None where it is that already."""
    if kind is Kind.JSON:
        return _json_or_null if nullable else json.dumps
    if kind is Kind.TABLE_NAME:
        return _by_name(_names_of_tables())
    if kind is Kind.PERMISSION:
        return _by_name(_names_of_permissions())
    return (TO_POSTGRESQL if vendor == "postgresql" else TO_SQLITE).get(kind)


def _json_or_null(value: Any) -> str | None:
    return None if value is None else json.dumps(value)


def _no_nul(value: str) -> str:
    """Raises ValueError for what PostgreSQL has no way to hold."""
    if "\x00" in value:
        raise ValueError("a text holds the character NUL, which PostgreSQL cannot keep")
    return value


def _as_array(value: list[int]) -> str:
    return f"{{{','.join(map(str, value))}}}"


def _instant_of_sqlite(value: str) -> str:
    return f"{value[:10]} {value[11:].removesuffix('Z')}"


def _exact(value: str) -> str:
    """Raises ValueError for a decimal that SQLite, which keeps fifteen digits, would round."""
    if len(Decimal(value).normalize().as_tuple().digits) > 15:
        raise ValueError(f"{value} has more digits than SQLite keeps; bring this file into PostgreSQL")
    return value


TO_POSTGRESQL: dict[Kind, Convert] = {Kind.TEXT: _no_nul, Kind.SET: _as_array}
TO_SQLITE: dict[Kind, Convert] = {Kind.INSTANT: _instant_of_sqlite, Kind.DECIMAL: _exact, Kind.SET: json.dumps}


# ---- Rows every installation numbers for itself ----------------------------------------------------------------------


def _names_of_tables() -> dict[int, str]:
    return {pk: f"{app}.{model}" for pk, app, model in ContentType.objects.values_list("pk", "app_label", "model")}


def _names_of_permissions() -> dict[int, str]:
    found = Permission.objects.values_list("pk", "content_type__app_label", "content_type__model", "codename")
    return {pk: f"{app}.{model}.{code}" for pk, app, model, code in found}


def _by_name(names: dict[int, str]) -> Convert:
    return {name: pk for pk, name in names.items()}.__getitem__


def know_tables(names: Iterable[str]) -> None:
    """Also tables that are gone: what was written about their rows stays readable."""
    for app, _dot, model in (name.partition(".") for name in names):
        ContentType.objects.get_or_create(app_label=app, model=model)
