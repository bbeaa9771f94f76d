"""A database that is migrated once and copied: `make test` makes one of each kind, and whoever needs one takes a copy.

A `pytest` of its own knows of none: there databases come from the migrations, as everywhere else.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from scripts.test_services import postgres_bin

FILE, DATABASE = "MITRA_TEST_READY_FILE", "MITRA_TEST_READY_DATABASE"


def copy_to(path: Path) -> bool:
    """Whether there was a migrated SQLite file to put there."""
    ready = os.environ.get(FILE)
    if ready:
        shutil.copyfile(ready, path)
    return bool(ready)


def template() -> str:
    """What a new database of the suite's PostgreSQL starts from, as its `CREATE DATABASE` ends."""
    ready = os.environ.get(DATABASE)
    return f" TEMPLATE {ready}" if ready else ""


def pour(suite: str, other: str) -> bool:
    """Whether the suite's PostgreSQL had a migrated database to fill another server's with; both are found by their sockets."""
    ready, home = os.environ.get(DATABASE), postgres_bin()
    if not ready or home is None or not suite.startswith("postgres://mitra@/"):
        return False
    there, here = (["-h", str(Path(urlsplit(address).path).parent), "-U", "mitra"] for address in (suite, other))
    with subprocess.Popen([home / "pg_dump", *there, ready], stdout=subprocess.PIPE) as dump:
        words = [home / "psql", *here, "-q", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, "postgres"]
        subprocess.run(words, stdin=dump.stdout, check=True)
    return dump.returncode == 0


def offer(connection: BaseDatabaseWrapper) -> None:
    """Let the suite's own database begin as a copy. Django migrates it all the same and finds nothing to do."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = os.environ.get(DATABASE)
    elif os.environ.get(FILE):
        connection_created.connect(_fill_memory, dispatch_uid="ready")


def _fill_memory(connection: BaseDatabaseWrapper, **signal: Any) -> None:
    """Receiver of connection_created: the first time the database in memory is opened it is empty."""
    if "mode=memory" in str(connection.settings_dict["NAME"]):
        connection_created.disconnect(dispatch_uid="ready")
        with closing(sqlite3.connect(os.environ[FILE])) as ready:
            ready.backup(connection.connection)
