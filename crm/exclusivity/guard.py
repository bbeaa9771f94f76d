"""The third wall: the database refuses a promise that hits another one, whoever asks and however.

An active bar and an active engagement of the same person collide when they are of different houses (or, for a bar that
counts sister brands, of different brands), their times overlap and all their sets of numbers meet. PostgreSQL keeps
that with two exclusion constraints, SQLite with triggers; both refuse the same rows.
"""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import IntegrityError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DEFAULT_DB_ALIAS

TABLE = "crm_claim"
REFUSAL = "exclusivity promise"
SETS = ("subjects", "channels", "territories", "acts")
NAMES = {
    "postgresql": ("claim_apart_houses", "claim_apart_brands", "claim_has_numbers"),
    "sqlite": ("claim_apart_insert", "claim_apart_update"),
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Stand guard over the claims; a second time changes nothing."""
    if TABLE not in connection.introspection.table_names():
        return
    there = _standing(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not set(NAMES["postgresql"]) <= there:
            for extension in ("btree_gist", "intarray"):
                cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        for name, statement in _statements(connection).items():
            if name not in there:
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guard away. Only for a migration that rebuilds the table, and for the test that shows what it is for."""
    with connection.cursor() as cursor:
        for name in _standing(connection):
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT {name}")
            else:
                cursor.execute(f"DROP TRIGGER {name}")


def present(connection: BaseDatabaseWrapper) -> bool:
    """Whether every part of the guard stands; True where there is no table yet."""
    return TABLE not in connection.introspection.table_names() or set(NAMES[connection.vendor]) <= _standing(connection)


def is_refusal(error: IntegrityError) -> bool:
    """Whether the guard said no, and not some other constraint."""
    said = str(error)
    return REFUSAL in said or any(name in said for name in NAMES["postgresql"][:2])


def lift_for_migrations(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Receiver of pre_migrate: SQLite rebuilds tables, and drops or trips over triggers; PostgreSQL keeps constraints."""
    if connections[using].vendor == "sqlite":
        remove(connections[using])


def install_after_migrations(sender: AppConfig, using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Receiver of post_migrate."""
    install(connections[using])


@register(Tags.database)
def check_guard(databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """Claims without their guard are an error."""
    return [
        Error(
            "Exclusivity promises are not guarded by the database.",
            hint="Run `manage.py migrate --skip-checks`; it puts the guard back.",
            id="crm.E003",
        )
        for alias in databases or []
        if not present(connections[alias])
    ]


def _standing(connection: BaseDatabaseWrapper) -> set[str]:
    names = list(NAMES[connection.vendor])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT conname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid "
                "WHERE relname = %s AND pg_table_is_visible(conrelid) AND conname = ANY(%s)",
                [TABLE, names],
            )
        else:
            places = ", ".join(["%s"] * len(names))
            cursor.execute(f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND name IN ({places})", names)  # noqa: S608
        return {name for (name,) in cursor.fetchall()}


def _statements(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """What creates each part."""
    return _postgresql() if connection.vendor == "postgresql" else _sqlite()


def _postgresql() -> dict[str, str]:
    sets = ", ".join(f"{name} gist__intbig_ops WITH &&" for name in SETS)
    head = "influencer_id WITH =, side WITH <>, {other} WITH <>, tstzrange(start_at, end_at) WITH &&, "
    houses, brands, numbers = NAMES["postgresql"]
    exclude = f"ALTER TABLE {TABLE} ADD CONSTRAINT {{name}} EXCLUDE USING gist ({head}{sets}) WHERE ({{where}})"
    filled = " AND ".join(f"cardinality({name}) > 0" for name in SETS)
    return {
        numbers: f"ALTER TABLE {TABLE} ADD CONSTRAINT {numbers} CHECK ({filled})",
        houses: exclude.format(name=houses, other="house_id", where="active"),
        brands: exclude.format(name=brands, other="brand_id", where="active AND within_house"),
    }


def _sqlite() -> dict[str, str]:
    meet = " AND ".join(
        f"EXISTS (SELECT 1 FROM json_each(other.{name}) a JOIN json_each(NEW.{name}) b ON a.value = b.value)"  # noqa: S608 - constants
        for name in SETS
    )
    empty = " OR ".join(f"json_array_length(NEW.{name}) = 0" for name in SETS)
    body = f"""
        SELECT RAISE(ABORT, '{REFUSAL}: a claim needs numbers') WHERE {empty};
        SELECT RAISE(ABORT, '{REFUSAL}: hits another one') WHERE NEW.active AND EXISTS (
            SELECT 1 FROM {TABLE} other
            WHERE other.influencer_id = NEW.influencer_id AND other.side <> NEW.side AND other.active
              AND other.id IS NOT NEW.id
              AND (other.house_id <> NEW.house_id
                   OR (other.within_house AND NEW.within_house AND other.brand_id <> NEW.brand_id))
              AND other.start_at < NEW.end_at AND NEW.start_at < other.end_at AND {meet});
    """  # noqa: S608 - constants
    inserting, updating = NAMES["sqlite"]
    # The row's own id is known only after it was inserted; an INSERT that is refused then is undone all the same.
    return {
        inserting: f"CREATE TRIGGER {inserting} AFTER INSERT ON {TABLE} BEGIN {body} END",
        updating: f"CREATE TRIGGER {updating} AFTER UPDATE ON {TABLE} BEGIN {body} END",
    }
