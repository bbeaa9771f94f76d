"""Which tables hold rows of a person, and moving them from one person to another and back.

Every foreign key to a person is found by itself, so a new feature need not come here. Ledgers stay where they were
written: their readers follow `merged_into`.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Max, Q

from crm.influencers.models import Influencer, LookAlike, Merge
from crm.reminders.models import Todo
from crm.timeline.guards import LEDGERS

KEPT: tuple[type[models.Model], ...] = (Influencer, LookAlike, Merge)
"""Rows about the pair itself, and the people merged earlier, who are moved apart (merging.actions)."""

CHUNK = 1_000
Moved = dict[str, list[int]]


@dataclass(frozen=True)
class Held:
    """One table with rows of a person: the column that says whose, and which of the rows count."""

    model: type[models.Model]
    column: str
    only: Q = Q()  # noqa: RUF009  never changed

    @property
    def key(self) -> str:
        """How a merge remembers it: crm.note.influencer_id."""
        return f"{self.model._meta.label_lower}.{self.column}"

    @property
    def name(self) -> str:
        """What its rows are called, in the reader's language."""
        meta = self.model._meta
        if meta.auto_created and isinstance(meta.auto_created, type):
            other = next(
                field for field in meta.get_fields() if field.is_relation and field.related_model != Influencer
            )
            return str(other.related_model._meta.verbose_name_plural)
        return str(meta.verbose_name_plural)

    def rows(self, pk: int) -> "models.QuerySet[Any]":
        return self.model._base_manager.filter(self.only, **{self.column: pk})


@cache
def tables() -> tuple[Held, ...]:
    """Every table with rows of a person, in the order in which they are moved."""
    relations = [
        field
        for field in Influencer._meta.get_fields(include_hidden=True)
        if field.auto_created and (field.one_to_many or field.one_to_one) and field.concrete is False
    ]
    keys = [relation.field for relation in relations]  # type: ignore[union-attr]
    held = [Held(key.model, key.attname) for key in keys if key.model not in KEPT and key.model not in LEDGERS]
    return (*sorted(held, key=lambda one: one.key), Held(Todo, "influencer_ref", Q(done_at=None)))


def take(goes: int, stays: int) -> Moved:
    """Give everything of one person to another, except what a unique constraint would refuse; what was moved."""
    moved: Moved = {}
    for held in tables():
        pks = list(held.rows(goes).order_by("pk").values_list("pk", flat=True))
        free = sorted(set(pks) - in_the_way(held, goes, stays)) if pks else []
        if free:
            moved[held.key] = free
            _assign(held, free, stays)
    return moved


def give_back(moved: Moved, goes: int, stays: int) -> Moved:
    """Give back what was moved, as far as it is still there and still hers; what went back."""
    back: Moved = {}
    for held in tables():
        pks = _still(held, moved.get(held.key, ()), stays)
        free = sorted(set(pks) - in_the_way(held, stays, goes)) if pks else []
        if free:
            back[held.key] = free
            _assign(held, free, goes)
    return back


def in_the_way(held: Held, source: int, target: int) -> set[int]:
    """Rows of one person that the other cannot have too: a unique constraint allows one of the kind."""
    found: set[int] = set()
    for others, condition in _unique(held):
        having = set(held.rows(target).filter(condition).values_list(*others, "pk"))
        taken = {row[:-1] for row in having if None not in row}
        if taken:
            rows = held.rows(source).filter(condition).values_list(*others, "pk")
            found |= {row[-1] for row in rows if row[:-1] in taken}
    return found


def _unique(held: Held) -> Iterator[tuple[list[str], Q]]:
    """The other columns of each unique rule that names the person, and which rows it is about."""
    meta = held.model._meta
    field = next((field for field in meta.concrete_fields if field.attname == held.column), None)
    if field is None or not field.is_relation:
        return
    if field.unique:
        yield [], Q()
    for names in meta.unique_together:
        if field.name in names:
            yield [name for name in names if name != field.name], Q()
    for rule in meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and field.name in rule.fields:
            yield [name for name in rule.fields if name != field.name], rule.condition or Q()


def last_rows(pk: int) -> dict[str, int]:
    """The newest row of a person in every table: what comes later was added since."""
    newest = {held.key: held.rows(pk).order_by().aggregate(last=Max("pk"))["last"] for held in tables()}
    return {key: last for key, last in newest.items() if last}


def added_since(pk: int, last: dict[str, int]) -> list[tuple[str, int]]:
    """What a person got since, as the names of tables and the numbers of rows."""
    found = [(held.name, held.rows(pk).filter(pk__gt=last.get(held.key, 0)).count()) for held in tables()]
    return [(name, number) for name, number in found if number]


def _still(held: Held, pks: Collection[int], owner: int) -> list[int]:
    listed = sorted(pks)
    found: list[int] = []
    for start in range(0, len(listed), CHUNK):
        rows = held.model._base_manager.filter(**{held.column: owner}, pk__in=listed[start : start + CHUNK])
        found += rows.values_list("pk", flat=True)
    return found


def _assign(held: Held, pks: list[int], owner: int) -> None:
    for start in range(0, len(pks), CHUNK):
        rows = held.model._base_manager.filter(pk__in=pks[start : start + CHUNK])
        rows.update(**{held.column: owner})
