"""The database itself refuses to change or remove rows of a ledger, whoever asks: a form, the admin or raw SQL.

One door is left: while a row stands in `crm_erasing`, inserted and removed in the same transaction, ledgers may be
changed by that transaction alone. Erasure, retention, import undo and clearing the demo go through it (`erasing()`).

SQLite drops triggers silently when a later migration rebuilds their table, and refuses to rename a table another
trigger speaks of; so `migrate` lifts all guards before it starts and puts them back when it is done.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DEFAULT_DB_ALIAS

DOOR = "crm_erasing"
PREFIX = "crm_append_only"
REFUSAL = "append-only ledger"
LEDGERS: list[type[models.Model]] = []

AnyModel = TypeVar("AnyModel", bound=type[models.Model])


def append_only(model: AnyModel) -> AnyModel:
    """Class decorator: rows of this table are added and never changed or removed again."""
    LEDGERS.append(model)
    return model


@contextmanager
def erasing(reason: str) -> Iterator[None]:
    """Open the door for the statements inside; it is closed again before anybody else could see it."""
    from crm.timeline.models import Erasing

    with transaction.atomic():
        row = Erasing.objects.create(reason=reason)
        yield
        row.delete()


def install(connection: BaseDatabaseWrapper) -> None:
    """Guard every ledger whose table exists; a second time changes nothing."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for table in _tables(connection):
            for statement in _guards(connection, table).values():
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take away every guard that stands."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for name, table, _awake in _triggers(connection):
            on = f" ON {quote(table)}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {quote(name)}{on}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Tables of ledgers that stand unguarded, wholly or in part."""
    standing = {name for name, _table, awake in _triggers(connection) if awake}
    return [table for table in _tables(connection) if not _guards(connection, table).keys() <= standing]


def present(connection: BaseDatabaseWrapper) -> bool:
    """Whether every ledger's table is guarded."""
    return not missing(connection)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without guards inside; they stand again afterwards, also after an error."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def lift_for_migrations(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Receiver of pre_migrate."""
    remove(connections[using])


def install_after_migrations(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Receiver of post_migrate."""
    install(connections[using])


@register(Tags.database)
def check_guards(databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """An unguarded ledger, or a door left open, is an error."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        found += [
            Error(
                f"The table {table} accepts changes and deletions: its append-only guard is missing.",
                hint="Run `manage.py migrate --skip-checks`; it puts the guards back.",
                id="crm.E001",
            )
            for table in missing(connection)
        ]
        if _door_stands_open(connection):
            found.append(
                Error(
                    f"A row was left in {DOOR}: every ledger accepts changes and deletions.",
                    hint=f"Find out who left it (its reason says why), then delete the rows of {DOOR}.",
                    id="crm.E002",
                )
            )
    return found


def _door_stands_open(connection: BaseDatabaseWrapper) -> bool:
    if DOOR not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {DOOR} LIMIT 1")  # noqa: S608 - a constant
        return cursor.fetchone() is not None


def _tables(connection: BaseDatabaseWrapper) -> list[str]:
    existing = set(connection.introspection.table_names())
    return [model._meta.db_table for model in LEDGERS if {model._meta.db_table, DOOR} <= existing]


def _triggers(connection: BaseDatabaseWrapper) -> list[tuple[str, str, bool]]:
    """The guards in the database: name, table, and whether the guard is awake (PostgreSQL can disable one)."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor], [f"{PREFIX}%"])
        return list(cursor.fetchall())


TRIGGERS = {
    "sqlite": "SELECT name, tbl_name, 1 FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
    "postgresql": (
        "SELECT tgname, relname, tgenabled <> 'D' FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND pg_table_is_visible(tgrelid) AND tgname LIKE %s"
    ),
}

POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {PREFIX}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM {DOOR}) THEN
        RETURN CASE TG_OP WHEN 'UPDATE' THEN NEW WHEN 'DELETE' THEN OLD END;
    END IF;
    RAISE EXCEPTION '{REFUSAL}: % of % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""  # noqa: S608 - constants


def _guards(connection: BaseDatabaseWrapper, table: str) -> dict[str, str]:
    """The triggers a table needs: their names and what creates them."""
    quoted = connection.ops.quote_name(table)
    events = ["UPDATE", "DELETE", "TRUNCATE"] if connection.vendor == "postgresql" else ["UPDATE", "DELETE"]
    guards = {}
    for event in events:
        name = f"{PREFIX}_{event.lower()}_{table}"[:63]
        head = f"CREATE TRIGGER {connection.ops.quote_name(name)} BEFORE {event} ON {quoted}"
        if connection.vendor == "postgresql":
            each = "STATEMENT" if event == "TRUNCATE" else "ROW"
            guards[name] = f"{head} FOR EACH {each} EXECUTE FUNCTION {PREFIX}()"
        else:
            refusal = f"RAISE(ABORT, '{REFUSAL}: {event} of {table} refused')"
            guards[name] = f"{head} WHEN NOT EXISTS (SELECT 1 FROM {DOOR}) BEGIN SELECT {refusal}; END"  # noqa: S608
    return guards
