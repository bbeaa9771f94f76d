"""Everything the tables say about a person, as plain values with the names people know columns by."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.base.hers import Her
from crm.base.models import StoredFile
from crm.base.places import her_data, named_to_her
from crm.influencers.models import Influencer
from crm.team.models import User

BOOKKEEPING = {"created_at", "updated_at"}


@dataclass(frozen=True)
class Table:
    """One kind of thing we keep about her."""

    key: str
    title: str
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class Masks:
    """Who is not named to her: colleagues write as the house, and other people are nobody of hers."""

    her: Her
    colleagues: "re.Pattern[str] | None"

    @classmethod
    def around(cls, her: Her) -> "Masks":
        full = [name for name in User.objects.values_list("name", flat=True) if " " in name.strip()]
        pattern = "|".join(re.escape(name) for name in sorted(full, key=len, reverse=True))
        return cls(her, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") if pattern else None)

    def text(self, value: str) -> str:
        return self.colleagues.sub(_("a colleague"), value) if self.colleagues else value

    def deep(self, value: Any) -> Any:
        """However deep a name stands in it."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.text(str(key)): self.deep(one) for key, one in value.items()}
        return [self.deep(one) for one in value] if isinstance(value, list) else value


def tables_about(her: Her, files: dict[int, StoredFile]) -> Iterator[Table]:
    """Every table with something about her, in its order. Files they show are added to `files` by their numbers."""
    masks = Masks.around(her)
    for placed in her_data.all():
        model, unsaid = placed.words["model"], {*placed.words["unsaid"], *BOOKKEEPING}
        columns = [one for one in model._meta.concrete_fields if one.name not in unsaid]
        lists = [one for one in model._meta.many_to_many if one.name not in unsaid]
        rows = [_row(row, columns, lists, masks, files) for row in placed.call(her).order_by("pk")]
        if rows:
            yield Table(placed.key, str(capfirst(placed.words["what"])), rows)


def _row(row: Any, columns: list[Any], lists: list[Any], masks: Masks, files: dict[int, StoredFile]) -> dict[str, Any]:
    told = {_name(column): _value(row, column, masks, files) for column in columns}
    for many in lists:
        found = list(getattr(row, many.name).all())
        if many.related_model is StoredFile:
            files.update({stored.pk: stored for stored in found})
            told[_name(many)] = [file_name(stored) for stored in found]
        else:
            told[_name(many)] = (
                [str(one) for one in found] if many.related_model._meta.label in named_to_her else len(found)
            )
    return told


def _name(column: Any) -> str:
    return str(capfirst(column.verbose_name))


def _value(row: Any, column: Any, masks: Masks, files: dict[int, StoredFile]) -> Any:
    if column.is_relation:
        return _related(row, column, masks, files)
    value = column.value_from_object(row)
    if column.choices and value not in (None, ""):
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, (dict, list, str)):
        return masks.deep(value)
    plain = value is None or isinstance(value, (int, float, bool))
    return value if plain else DjangoJSONEncoder().default(value) if _is_dated(value) else str(value)


def _is_dated(value: Any) -> bool:
    return hasattr(value, "isoformat")


def _related(row: Any, column: Any, masks: Masks, files: dict[int, StoredFile]) -> Any:
    pk = getattr(row, column.attname)
    related = column.related_model
    if pk is None:
        return None
    if related is StoredFile:
        stored = files.setdefault(pk, StoredFile.objects.get(pk=pk))
        return file_name(stored)
    if related is User:
        return _("a colleague")
    if related is Influencer:
        return _("you") if pk in masks.her.people else _("somebody else")
    if related._meta.label in named_to_her:
        found: models.Model | None = related._base_manager.filter(pk=pk).first()
        return named_to_her[related._meta.label].call(found) if found is not None else pk
    return pk


def file_name(stored: StoredFile) -> str:
    """Where a file stands in her archive."""
    ending = "".join(re.findall(r"\.[A-Za-z0-9]{1,5}$", stored.label)) or ".bin"
    return f"files/{stored.pk}{ending.lower()}"
