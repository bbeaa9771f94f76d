"""A new house takes the short way through the migrations, an older one walks the line: both end in the same tables.

On the line the guard of the promises stands after every single step, not only after the last one.
"""

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

from tests import ready, schema

ROOT = Path(__file__).resolve().parents[1]
WALKED = "walked_step_by_step"
APPS = ("crm", "campaigns")


@pytest.fixture(scope="module")
def line() -> MigrationLoader:
    return MigrationLoader(None, replace_migrations=False)


@pytest.mark.parametrize("app", APPS)
def test_the_short_way_draws_the_models_of_the_line(line: MigrationLoader, app: str) -> None:
    (short,) = [name for label, name in line.replacements if label == app]
    replaced = line.replacements[app, short].replaces
    names = sorted(name for label, name in line.disk_migrations if label == app and name != short)
    assert replaced == [(app, name) for name in names[: len(replaced)]]
    drawn, walked = (line.project_state(end) for end in ((app, short), replaced[-1]))
    assert MigrationAutodetector(walked, drawn).changes(line.graph, trim_to_apps={app}) == {}, "make short-way"
    assert [key for key in drawn.models if key[0] == app and key not in walked.models] == []


def walk(address: str, folder: Path) -> list[tuple[str, bool, bool]]:
    found = folder / "found.json"
    python(address, folder, "-m", "tests.migrating", str(found))
    steps: list[tuple[str, bool, bool]] = json.loads(found.read_text())
    return steps


def python(address: str, folder: Path, *words: str) -> None:
    env = {
        **os.environ, "DATABASE_URL": address, "MITRA_VAR": str(folder), "MITRA_READ_DOTENV": "0",
        "MITRA_ALLOW_PLACEHOLDER": "1",
    }  # fmt: skip
    done = subprocess.run([sys.executable, *words], env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def is_guarded_all_the_way(steps: list[tuple[str, bool, bool]]) -> None:
    loader = MigrationLoader(None, replace_migrations=False)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations if app in APPS} - {
        f"{app}.{name}" for app, name in loader.replacements
    }
    assert {name for name, _is_there, _stands in steps} == known
    assert [name for name, _is_there, stands in steps if not stands] == []
    assert next(name for name, is_there, _stands in steps if is_there) == "crm.0011_exclusivity"


@pytest.mark.integration
def test_both_ways_end_in_the_same_tables_on_sqlite(tmp_path: Path) -> None:
    new, old = tmp_path / "new.sqlite3", tmp_path / "old.sqlite3"
    if not ready.copy_to(new):
        python(f"sqlite:///{new}", tmp_path, "manage.py", "migrate", "--verbosity", "0")
    steps = walk(f"sqlite:///{old}", tmp_path)
    is_guarded_all_the_way(steps)
    with contextlib.closing(sqlite3.connect(new)) as short, contextlib.closing(sqlite3.connect(old)) as long:
        assert schema.of_sqlite(long.cursor()) == schema.of_sqlite(short.cursor())


@contextlib.contextmanager
def empty_database() -> Iterator[str]:
    """The address of a database with nothing in it on the suite's own PostgreSQL."""
    said = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {WALKED}")
        cursor.execute(f"CREATE DATABASE {WALKED}")
        try:
            yield f"postgres://{said['USER']}@/{said['HOST']}/{WALKED}"
        finally:
            cursor.execute(f"DROP DATABASE {WALKED}")


@pytest.mark.integration
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_both_ways_end_in_the_same_tables_on_postgresql(tmp_path: Path) -> None:
    import psycopg

    said: dict[str, Any] = connection.settings_dict
    with empty_database() as address:
        is_guarded_all_the_way(walk(address, tmp_path))
        with psycopg.connect(host=said["HOST"], user=said["USER"], dbname=WALKED) as walked, walked.cursor() as cursor:
            long = schema.of_postgresql(cursor)
    with connection.cursor() as cursor:
        assert long == schema.of_postgresql(cursor)
