"""The guard stands after every single migration on the way from an empty database, not only after the last one."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests import ready

ROOT = Path(__file__).resolve().parents[3]
FRESH = "steps_one_by_one"


@contextlib.contextmanager
def empty_database(folder: Path) -> Iterator[str]:
    """The address of a database with nothing in it, of the same make as the suite's."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder}/steps.sqlite3"
        return
    said = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {FRESH}")
        cursor.execute(f"CREATE DATABASE {FRESH}")
        try:
            yield f"postgres://{said['USER']}@/{said['HOST']}/{FRESH}"
        finally:
            cursor.execute(f"DROP DATABASE {FRESH}")


def found_on_the_way(folder: Path) -> str:
    """What a walk through all migrations found: in a whole run the walk that made its database, else one of its own."""
    known = ready.steps() if connection.vendor == "postgresql" else None
    if known is not None:
        return known
    with empty_database(folder) as address:
        env = {
            **os.environ, "DATABASE_URL": address, "MITRA_VAR": str(folder), "MITRA_READ_DOTENV": "0",
            "MITRA_ALLOW_PLACEHOLDER": "1",
        }  # fmt: skip
        words = [sys.executable, "-m", "tests.migrating", str(folder / "found.json")]
        done = subprocess.run(words, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return (folder / "found.json").read_text()


@pytest.mark.integration
@pytest.mark.django_db(transaction=True)
def test_the_guard_stands_after_every_migration(tmp_path: Path) -> None:
    steps = json.loads(found_on_the_way(tmp_path))
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations if app in ("crm", "campaigns")}
    assert {name for name, _is_there, _stands in steps} == known
    assert [name for name, _is_there, stands in steps if not stands] == []
    first = next(name for name, is_there, _stands in steps if is_there)
    assert first == "crm.0011_exclusivity"
