"""What an export says about itself: a manifest for machines, the columns, and a page for people."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import override

from crm.archive.everything.rows import Written
from crm.archive.everything.tables import LEFT_OUT, NOT_ROWS, Table, carried
from crm.base.release import VERSION

FORMAT = 1
"""Of the file. Raised when a file of before could not be read any more."""

KIND = "mitra-export"
MANIFEST, SCHEMA, README = "manifest.json", "schema.json", "README.txt"
SECRETS = (
    "Passwords are kept as hashes and work again. Links in e-mails that were sent earlier (to unsubscribe, to set a "
    "password, to accept an invitation) are made with SECRET_KEY and work only where it is the same."
)


def manifest(tables: Mapping[str, Any], media: Mapping[str, Any], *, now: dt.datetime) -> bytes:
    """Written last: a file without it is not whole."""
    return _json(
        {
            "kind": KIND,
            "format": FORMAT,
            "mitra": VERSION,
            "made_at": now.astimezone(dt.UTC).isoformat().replace("+00:00", "Z"),
            "database": connection.vendor,
            "migrations": migrations(),
            "tables": tables,
            "media": media,
            "left_out": {**LEFT_OUT, **NOT_ROWS},
            "secrets": SECRETS,
        }
    )


def migrations() -> dict[str, str]:
    """The last migration of each app: which tables these are. Migrations that stand for others are not asked for."""
    last: dict[str, str] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        if "_squashed_" not in name:
            last[app] = name
    return last


def table_says(table: Table, came_to: Written, last_id: int | None) -> dict[str, Any]:
    """One table in the manifest. `last_id` is the last key that was given out, also of rows that are gone."""
    said: dict[str, Any] = {"rows": came_to.rows, "bytes": came_to.bytes, "sha256": came_to.sha256}
    return said if last_id is None else {**said, "last_id": last_id}


def schema() -> bytes:
    """The columns of every table: type, whether it may be empty, where it points, what it is for."""
    with override("en"):
        return _json({table.label: _of_table(table) for table in carried()})


def _of_table(table: Table) -> dict[str, Any]:
    meta = table.model._meta
    made = [field.attname for field in meta.concrete_fields if getattr(field, "generated", False)]
    said: dict[str, Any] = {
        "name": str(meta.verbose_name),
        "about": "" if meta.auto_created else " ".join((table.model.__doc__ or "").split()),
        "database_table": table.db_table,
        "key": table.key.name,
        "columns": {column.name: _of_column(column.field, str(column.kind)) for column in table.columns},
    }
    return {**said, "worked_out_by_the_database": made} if made else said


def _of_column(field: Any, kind: str) -> dict[str, Any]:
    said: dict[str, Any] = {"type": kind, "may_be_empty": bool(field.null), "name": str(field.verbose_name)}
    if field.help_text:
        said["about"] = str(field.help_text)
    if field.remote_field is not None:
        said["points_to"] = field.remote_field.model._meta.label
    if field.choices:
        said["one_of"] = {str(value): str(label) for value, label in field.flatchoices}
    if isinstance(field, models.DecimalField):
        said["places"] = field.decimal_places
    if hasattr(field, "currency_field_name"):
        said["currency_in"] = f"{field.name}_currency"
    return said


def readme(labels: Sequence[str], *, now: dt.datetime) -> bytes:
    return README_TEXT.format(made_at=f"{now:%d %B %Y, %H:%M} UTC", tables=len(labels), secrets=SECRETS).encode()


def _json(said: Any) -> bytes:
    return f"{json.dumps(said, ensure_ascii=False, indent=1)}\n".encode()


README_TEXT = """\
Everything of one Mitra, written on {made_at}
====================================================

This is all that was in it, in formats any program reads. You need no Mitra to use it.

manifest.json    what is here: every table with its number of rows and the SHA-256 of its file
schema.json      every column of the {tables} tables: its type, what it is for, where it points
tables/          one file per table, JSON Lines: one JSON object on each line, UTF-8
csv/             the same tables for a spreadsheet (comma, UTF-8; texts that would run as a formula begin with ')
media.jsonl      every kept file: its name, bytes and SHA-256 (bytes null: it was gone already)
media/           those files

People are in tables/crm.influencer.jsonl, contracts in tables/crm.contract.jsonl, campaigns in
tables/campaigns.campaign.jsonl. A column that ends in _id holds the id of a row of the table schema.json names.

  instants   2026-11-23T15:48:17.123456Z, always UTC
  days       2026-11-23
  money      two columns: amount, as text with all places ("1500000.00"), and amount_currency ("IDR")
  sets       lists of whole numbers
  null       nothing is there

To check that nothing changed on the way:   sha256sum tables/*.jsonl   beside manifest.json.

To bring it into another Mitra, on SQLite or PostgreSQL: install the same version, then
    manage.py migrate
    manage.py import_all THIS_FILE
Outgoing mail is stopped there until the owner starts it.

{secrets}

Whoever holds this file holds personal data of everybody in it, bank accounts and password hashes included. Keep it like
a key, and delete it when you are done.
"""
