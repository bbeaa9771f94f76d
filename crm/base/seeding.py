"""Reference data: rows every installation starts with, laid again after each migration and each flush.

A room puts its rows into its own `seeds.py` as functions marked `@seed(...)` that yield unsaved rows. Laying them is
idempotent: rows are found by their natural key, missing ones are added, seeded ones follow a new release until
somebody edits them here (`edited_at`), nothing is ever deleted. Rows without `edited_at` are only ever added.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DEFAULT_DB_ALIAS

Rows = Iterable[models.Model]
NEVER_SEEDED = {"created_at", "updated_at", "edited_at"}


@dataclass(frozen=True, slots=True)
class Seed:
    """One function that yields the rows of one model, and the fields that tell them apart."""

    model: type[models.Model]
    key: tuple[str, ...]
    rows: Callable[[], Rows]


@dataclass(frozen=True, slots=True)
class Laid:
    """What laying one seed came to, counted in its own rows."""

    model: type[models.Model]
    added: int
    changed: int
    kept: int


SEEDS: list[Seed] = []


def seed(model: type[models.Model], *key: str) -> Callable[[Callable[[], Rows]], Callable[[], Rows]]:
    """Mark a function that yields rows of the model, told apart by these fields.

    Seeds are laid app by app, in the order of the rooms' names and of the functions in a file, so a function may ask
    for the rows an earlier one laid.
    """

    def put_down(rows: Callable[[], Rows]) -> Callable[[], Rows]:
        SEEDS.append(Seed(model, key, rows))
        return rows

    return put_down


def lay_all() -> list[Laid]:
    """Lay every seed, all or none."""
    with transaction.atomic():
        return [lay(one) for one in SEEDS]


def lay(one: Seed) -> Laid:
    """Add what is missing and let untouched rows follow the seed."""
    existing = {_key(row, one): row for row in one.model._default_manager.all()}
    fields = _seeded_fields(one)
    added: list[models.Model] = []
    changed: list[models.Model] = []
    kept = 0
    for row in one.rows():
        found = existing.get(_key(row, one))
        if found is None:
            added.append(row)
        elif _follows(found) and _copy(row, found, fields):
            changed.append(found)
        else:
            kept += 1
    one.model._default_manager.bulk_create(added)
    if changed:
        one.model._default_manager.bulk_update(changed, fields)
    return Laid(one.model, len(added), len(changed), kept)


def lay_after_migrations(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **signal: Any) -> None:
    """Receiver of post_migrate; waits until the tables are those of this release."""
    if using == DEFAULT_DB_ALIAS and not ("plan" in signal and _is_behind(using)):
        lay_all()


def _is_behind(using: str) -> bool:
    executor = MigrationExecutor(connections[using])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _attribute(model: type[models.Model], name: str) -> str:
    """Where a row keeps the bare value of a field: `platform_id` for `platform`."""
    field = model._meta.get_field(name)
    return field.attname if isinstance(field, models.Field) else name


def _key(row: models.Model, one: Seed) -> tuple[Any, ...]:
    return tuple(getattr(row, _attribute(one.model, name)) for name in one.key)


def _seeded_fields(one: Seed) -> list[str]:
    skipped = NEVER_SEEDED | set(one.key)
    return [
        field.name for field in one.model._meta.concrete_fields if not field.primary_key and field.name not in skipped
    ]


def _follows(row: models.Model) -> bool:
    """Whether the row still follows its seed: it can tell that it was edited, and was not."""
    return getattr(row, "edited_at", "never told") is None


def _copy(row: models.Model, found: models.Model, fields: list[str]) -> bool:
    """Bring the found row to the seed's values; whether anything differed."""
    differs = False
    for name in fields:
        attribute = _attribute(type(found), name)
        if getattr(found, attribute) != getattr(row, attribute):
            setattr(found, attribute, getattr(row, attribute))
            differs = True
    return differs
