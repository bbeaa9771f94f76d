"""Databases migrated once for a whole run of the suite, side by side; tests/ready.py hands out copies of them.

Every worker and every process with a database of its own would otherwise walk through all migrations again.
"""

from __future__ import annotations

import signal
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import psycopg

from crm.config.serving.children import spawn, stop

ROOT = Path(__file__).resolve().parent.parent
FILE, DATABASE = "MITRA_TEST_READY_FILE", "MITRA_TEST_READY_DATABASE"
NAME = "mitra_ready"
MIGRATE = ["manage.py", "migrate", "--verbosity", "0"]


def ready_databases(folder: Path, server: str | None, env: Mapping[str, str]) -> dict[str, str]:
    """What tells the tests where they are: a SQLite file in the folder, and a database of the server if there is one."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "ready.sqlite3"
    for path in folder.glob(f"{file.name}*"):
        path.unlink()
    addresses, told = [f"sqlite:///{file}"], {FILE: str(file)}
    if server is not None:
        addresses.append(_created(server))
        told[DATABASE] = NAME
    _migrate(addresses, env)
    with closing(sqlite3.connect(file)) as line:
        line.execute("PRAGMA journal_mode=DELETE")  # one file, which a database in memory can take over
    return told


def _created(server: str) -> str:
    """The address of a new database beside the one the server was started with."""
    place, _slash, name = server.rpartition("/")
    folder = place.removeprefix("postgres://mitra@/")
    with psycopg.connect(host=folder, user="mitra", dbname=name, autocommit=True) as line:
        line.execute(f"CREATE DATABASE {NAME}")
    return f"{place}/{NAME}"


def _migrate(addresses: Sequence[str], env: Mapping[str, str]) -> None:
    words, more = [sys.executable, *MIGRATE], {"MITRA_ALLOW_PLACEHOLDER": "1"}
    children = [spawn(words, env={**env, **more, "DATABASE_URL": address}, cwd=ROOT) for address in addresses]
    try:
        codes = [child.wait() for child in children]
    finally:
        stop(children, by=signal.SIGINT, within=15)
    if any(codes):
        raise SystemExit("The migrations did not come to their end.")
