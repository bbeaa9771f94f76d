"""One person whose every word, address and file is a canary, in every table that says it holds something about her."""

import itertools
from collections import Counter
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models

from crm.base.hers import Her
from crm.base.models import StoredFile
from crm.base.places import her_data
from crm.timeline.guards import erasing
from tests.classification_table import TABLE

WORD = "kanari"
COUNT = itertools.count(1000)
NOT_TEXT = ("FileField", "GeneratedField", "DateField")


def fill(her: Her) -> dict[str, dict[str, list[str]]]:
    """Put a canary into every field that is to go, of every row about her: table, field, what was put there."""
    filled: dict[str, dict[str, list[str]]] = {}
    with erasing("canaries"):
        for placed in her_data.all():
            found = list(placed.call(her).order_by("pk"))
            words: dict[str, list[str]] = {"rows": [str(row.pk) for row in found]}
            for row in found:
                _fill_row(row, told(placed), words)
            filled[placed.key] = words
    return filled


def told(placed: Any) -> list[str]:
    """The fields of a table that go."""
    fields = TABLE[placed.key]
    every = [*fields.contact.split(), *fields.content.split()]
    return every if placed.words["goes"] else placed.words["empties"]


def _fill_row(row: models.Model, names: list[str], words: dict[str, list[str]]) -> None:
    values: dict[str, Any] = {}
    for name in names:
        column: Any = row._meta.get_field(name)
        if column.related_model is StoredFile:
            file = a_file()
            words.setdefault(name, []).append(file.label)
            if column.many_to_many:
                getattr(row, name).add(file)
            else:
                values[name] = file
        elif type(column).__name__ not in NOT_TEXT and not column.is_relation:
            values[name] = canary_for(column)
            words.setdefault(name, []).append(_said(values[name]))
    if values:
        type(row)._base_manager.filter(pk=row.pk).update(**values)


def _said(value: Any) -> str:
    """The word in a value."""
    if isinstance(value, dict):
        return str(next(iter(value)))
    return str(value[0][0]) if isinstance(value, list) else str(value)


def canary_for(column: Any) -> Any:
    word = f"{WORD}{next(COUNT)}"
    if isinstance(column, models.JSONField):
        return {word: [word]} if column.get_default() == {} else [[word, word]]
    if type(column).__name__ == "PhoneNumberField":
        return f"+62812999{next(COUNT)}"
    if isinstance(column, models.GenericIPAddressField):
        return "10.99.99.99"
    if isinstance(column, models.EmailField):
        return f"{word}@contoh.example"
    if isinstance(column, models.URLField):
        return f"https://contoh.example/{word}"
    return f"{word[: column.max_length]}" if column.max_length else word


def a_file() -> StoredFile:
    word = f"{WORD}{next(COUNT)}"
    return StoredFile.objects.create(
        file=ContentFile(word.encode(), f"{word}.png"), label=word, mime="image/png", size=9, sha256=f"{word:0>64}"
    )


SIGNS = (WORD, "62812999", "10.99.99.99")


def where_it_stands(*signs: str) -> dict[str, int]:
    """Which columns of which tables still hold a canary, asked of the database itself, and in how many rows.

    The rows are read and looked through here: PostgreSQL would compile hundreds of comparisons for tables it has no
    figures about, seconds for each table and minutes for all of them.
    """
    found: Counter[str] = Counter()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            names = [f"{table}.{column[0]}" for column in cursor.description]
            for row in cursor:
                found.update(name for name, value in zip(names, row, strict=True) if _holds_one(value, signs))
    return dict(found)


def _holds_one(value: object, signs: tuple[str, ...]) -> bool:
    said = str(value).lower()
    return any(sign in said for sign in signs)


def files_with(word: str, folder: str = "") -> list[str]:
    """Files in the store whose content or name holds it."""
    folders, names = default_storage.listdir(folder)
    paths = [f"{folder}/{name}".lstrip("/") for name in names]
    here = [path for path in paths if word in path or _reads(path, word)]
    return here + [path for inner in folders for path in files_with(word, f"{folder}/{inner}".lstrip("/"))]


def _reads(path: str, word: str) -> bool:
    with default_storage.open(path) as kept:
        return word.encode() in kept.read()
