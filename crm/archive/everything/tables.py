"""Which tables are carried, under which names, and which stay behind for a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from crm.archive.everything.kinds import Kind, kind_of

LEFT_OUT: Mapping[str, str] = {
    "contenttypes.ContentType": "names of tables; every installation makes its own, rows here are told by name",
    "auth.Permission": "made anew by every installation; what points here is told by name",
    "sessions.Session": "who is signed in now: everybody signs in again",
    "usersessions.UserSession": "who is signed in now: everybody signs in again",
    "account.EmailConfirmation": "letters that confirm an address for some days: ask for a new one",
    "crm.Beat": "signs of life of this installation's own clock",
    "crm.Outcome": "how this installation's own work went",
    "crm.BackupRun": "backups of this installation, kept where it stands",
    "crm.ExportRun": "exports of this installation, kept where it stands",
    "crm.Erasing": "open only inside a transaction; always empty",
}
"""Tables that are not carried, each with its reason. Tables of Django without a model (`django_migrations`) are told in
the manifest as the state of the schema."""

NOT_ROWS: Mapping[str, str] = {
    "django_migrations": "the state of the schema; told in the manifest under “migrations”",
    "cache": "what can be worked out again, in memory or in Redis",
    "queue": "a doorbell, not a memory: what is due stands in the tables",
    "uploads on their way": "pieces of files not yet complete: they are sent again",
    "settings": "SECRET_KEY, addresses and passwords of services stand in the environment, never in the database",
}
"""What else is not carried."""


@dataclass(frozen=True)
class Column:
    """One column as the file names it: `attname`, so `brand_id` for a foreign key."""

    name: str
    kind: Kind
    field: Any

    @property
    def is_nullable(self) -> bool:
        return bool(self.field.null)


@dataclass(frozen=True)
class Table:
    """One table: its model, its key and the columns that are written. What the database works out itself is not."""

    model: type[models.Model]
    columns: tuple[Column, ...]

    @property
    def label(self) -> str:
        return str(self.model._meta.label)

    @property
    def stem(self) -> str:
        """How its files are called."""
        return str(self.model._meta.label_lower)

    @property
    def key(self) -> Column:
        own = self.model._meta.pk.attname
        return next(column for column in self.columns if column.name == own)

    @property
    def counts_up(self) -> bool:
        """Whether the database gives out the keys."""
        return isinstance(self.model._meta.pk, models.AutoField | models.BigAutoField)

    @property
    def db_table(self) -> str:
        return str(self.model._meta.db_table)


@cache
def carried() -> tuple[Table, ...]:
    """Every table that is carried, many-to-many ones too, in the order of their names."""
    found = (one for one in apps.get_models(include_auto_created=True) if one._meta.label not in LEFT_OUT)
    return tuple(sorted(map(_table, found), key=lambda table: table.label))


def _table(model: type[models.Model]) -> Table:
    stored = [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]
    return Table(model, tuple(Column(field.attname, kind_of(field), field) for field in stored))
