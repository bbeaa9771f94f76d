"""The database as one file, at one moment, while others write; and that file as a database again."""

import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext_lazy as _

from crm.archive.refusals import Refused

FILES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
LENIENT = ("--no-owner", "--no-acl", "--no-comments")
"""A backup comes back under whatever name runs the house there; comments on extensions belong to the server's owner."""

NO_TOOL = _("%(tool)s is not installed: install the package postgresql-client.")
TOOL_FAILED = _("%(tool)s failed (%(code)s): %(answer)s")


@dataclass(frozen=True)
class Copied:
    """The file that was written, and what the database held at that very moment."""

    path: Path
    rows: dict[str, int]
    migrations: dict[str, str]


def copy_into(folder: Path) -> Copied:
    """Write the database into the folder. Refused, in words, when the database's own tool could not."""
    target = folder / FILES[connection.vendor]
    return _dumped(target) if connection.vendor == "postgresql" else _vacuumed(target)


def _vacuumed(target: Path) -> Copied:
    """A plain copy of a file in use may be broken; this one is whole, and what it holds is counted in it."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])
    with opened_file(target) as line:
        return Copied(target, counted(line), migrations_of(line))


def _dumped(target: Path) -> Copied:
    """The dump and the counts see one snapshot: whatever is written meanwhile is in neither."""
    with closing(beside(str(connection.settings_dict["NAME"]))) as line:
        line.set_autocommit(False)
        with line.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
        said = Copied(target, counted(line), migrations_of(line))
        call("pg_dump", ["--format=custom", f"--snapshot={snapshot}", f"--file={target}"], line.settings_dict)
        line.rollback()
    return said


def call(tool: str, words: Sequence[str], database: Mapping[str, Any]) -> None:
    """Run one of PostgreSQL's own tools against a database. Refused with its last words when it fails."""
    argv, env = DatabaseClient.settings_to_cmd_args_env({**database}, [])
    try:
        subprocess.run(
            [tool, *words, *_where(argv)], env={**os.environ, **(env or {})}, check=True, capture_output=True, text=True
        )
    except FileNotFoundError:
        raise Refused(NO_TOOL, tool=tool) from None
    except subprocess.CalledProcessError as error:
        said = (error.stderr or "").strip().splitlines() or ["it said nothing"]
        raise Refused(TOOL_FAILED, tool=tool, code=error.returncode, answer=said[-1]) from None


def _where(argv: Sequence[str]) -> list[str]:
    """psql's words about where the database is; the name stands last there and behind an option everywhere."""
    *place, name = argv[1:]
    return [*place, f"--dbname={name}"]


def beside(name: str, **options: Any) -> BaseDatabaseWrapper:
    """A connection of its own to another database of the same kind, with the same keys. To be closed."""
    facts = {**connection.settings_dict, "NAME": name, "CONN_MAX_AGE": 0}
    if options:
        facts["OPTIONS"] = options
    return type(connections[DEFAULT_DB_ALIAS])(facts, alias=DEFAULT_DB_ALIAS)


@contextmanager
def opened_file(path: Path) -> Iterator[BaseDatabaseWrapper]:
    """A SQLite file to read in; nothing is written beside it."""
    with closing(beside(f"file:{quote(str(path))}?mode=ro&immutable=1", timeout=20)) as line:
        yield line


def counted(line: BaseDatabaseWrapper, tables: Sequence[str] | None = None) -> dict[str, int]:
    """How many rows each table holds: all of ours, or the ones named. A table that is not there is left out."""
    with line.cursor() as cursor:
        there = set(line.introspection.table_names(cursor))
        found = {}
        for table in sorted(there.intersection(tables if tables is not None else our_tables())):
            cursor.execute(f"SELECT count(*) FROM {line.ops.quote_name(table)}")  # noqa: S608 - names of our models
            found[table] = int(cursor.fetchone()[0])
    return found


def our_tables() -> set[str]:
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True)}


def migrations_of(line: BaseDatabaseWrapper) -> dict[str, str]:
    """The last migration of each app, asked of this very connection."""
    with line.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        return {app: name for app, name in cursor.fetchall() if "_squashed_" not in name}


@contextmanager
def restored_aside(file: Path, workshop: Path) -> Iterator[BaseDatabaseWrapper]:
    """The backup's database under a name of its own, gone afterwards: a file in the workshop, or one beside ours."""
    if connection.vendor == "sqlite":
        path = workshop / "verify.sqlite3"
        shutil.copyfile(file, path)
        with opened_file(path) as line:
            yield line
        return
    name = f"mitra_verify_{uuid.uuid4().hex[:12]}"
    create(name)
    try:
        with closing(beside(name)) as line:
            call("pg_restore", ["--exit-on-error", *LENIENT, str(file)], line.settings_dict)
            yield line
    finally:
        drop(name)


def create(name: str) -> None:
    """An empty database with the same letters and order as ours. Refused when our role may make none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database WHERE datname = current_database()"
        )
        encoding, collate, ctype = cursor.fetchone()
    try:
        at_server(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE '{collate}' LC_CTYPE '{ctype}'"
        )
    except DatabaseError as error:
        if "permission denied" not in str(error):
            raise
        role = connection.ops.quote_name(str(connection.settings_dict["USER"] or "mitra"))
        raise Refused(
            f"The role may not make databases, and a backup is looked at in one. As the server's owner: ALTER ROLE {role} CREATEDB"
        ) from None


def drop(name: str) -> None:
    at_server(f"DROP DATABASE IF EXISTS {name}")


def at_server(statement: str) -> None:
    """One statement about databases, asked from the server's own one."""
    with closing(beside("postgres")) as line, line.cursor() as cursor:
        cursor.execute(statement)
