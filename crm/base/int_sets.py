"""A column that holds a set of whole numbers: an array on PostgreSQL, where an index can ask whether two sets meet,
and JSON text on SQLite, where `json_each` can.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Lookup

LARGEST = 2**31 - 1


class IntSetField(models.Field[Any, Any]):
    """A frozenset of integers from 0 to 2,147,483,647. Never null; kept sorted, so equal sets are stored alike."""

    empty_strings_allowed = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", frozenset)
        super().__init__(*args, **kwargs)

    def db_type(self, connection: Any) -> str:
        return "integer[]" if connection.vendor == "postgresql" else "text"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> frozenset[int]:
        return frozenset(json.loads(value) if isinstance(value, str) else value or ())

    def to_python(self, value: Any) -> frozenset[int]:
        return frozenset(json.loads(value) if isinstance(value, str) else value or ())

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None or isinstance(value, str):
            return value
        numbers = checked(value)
        return numbers if connection.vendor == "postgresql" else json.dumps(numbers)

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        return "%s::integer[]" if connection.vendor == "postgresql" else "%s"

    def value_to_string(self, obj: models.Model) -> str:
        return json.dumps(checked(self.value_from_object(obj)))


def checked(numbers: Iterable[int]) -> list[int]:
    """The numbers in order, each once; ValueError for one the column cannot hold."""
    found = sorted(set(numbers))
    if found and not 0 <= found[0] <= found[-1] <= LARGEST:
        raise ValueError(f"Outside of 0 to {LARGEST}: {found[0]}, {found[-1]}")
    return found


@IntSetField.register_lookup
class Meets(Lookup[Any]):
    """`subjects__meets={1, 2}`: the rows whose set holds at least one of these numbers."""

    lookup_name = "meets"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        numbers = checked(self.rhs)
        if connection.vendor == "postgresql":
            return f"{column} && %s::integer[]", [*params, numbers]
        return (
            f"EXISTS (SELECT 1 FROM json_each({column}) a JOIN json_each(%s) b ON a.value = b.value)",  # noqa: S608 - a column
            [*params, json.dumps(numbers)],
        )
