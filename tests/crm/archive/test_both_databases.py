"""From one database to the other and back, and one moment of a house in which others write."""

import json
import os
import subprocess
import sys
import threading
import zipfile
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from crm.archive.bringing_back.actions import import_all
from crm.archive.everything import actions
from crm.archive.everything.actions import export_all
from crm.influencers.models import Tag
from tests import ready
from tests.conftest import NOW
from tests.crm.archive.conftest import House
from tests.races import let_go

CHANGED_BY_COMING = {"crm.Entry", "crm.Organisation"}
"""Mail is stopped, and the story says so."""


def python(folder: Path, *words: str) -> str:
    """In a house of its own, on a SQLite file."""
    env = {
        **os.environ, "DATABASE_URL": f"sqlite:///{folder}/house.sqlite3", "MITRA_VAR": str(folder),
        "MITRA_READ_DOTENV": "0", "MITRA_ALLOW_PLACEHOLDER": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, *words], env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """An empty house on SQLite."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    if not ready.copy_to(folder / "house.sqlite3"):
        python(folder, "manage.py", "migrate", "--verbosity", "0")
    return folder


@pytest.mark.integration
@pytest.mark.postgres
@pytest.mark.django_db
def test_from_postgresql_to_sqlite_and_back(house: House, elsewhere: Path) -> None:
    python(elsewhere, "manage.py", "import_all", str(house.folder))
    python(elsewhere, "manage.py", "export_all", str(elsewhere / "back.zip"))
    with zipfile.ZipFile(elsewhere / "back.zip") as archive:
        told = json.loads(archive.read("manifest.json"))
    left = json.loads((house.folder / "manifest.json").read_text())
    assert (left["database"], told["database"]) == ("postgresql", "sqlite")
    assert {label for label in left["tables"] if left["tables"][label] != told["tables"][label]} == CHANGED_BY_COMING
    came = import_all(elsewhere / "back.zip", now=NOW)
    assert {one.label: one.sha256 for one in came.tables} == {
        label: one["sha256"] for label, one in told["tables"].items()
    }


@pytest.mark.integration
def test_a_house_on_sqlite_is_told_as_of_one_moment_and_nobody_waits(elsewhere: Path, tmp_path: Path) -> None:
    assert python(elsewhere, "-m", "tests.crm.archive.meanwhile", str(tmp_path / "export")) == "0 1\n"


def tags_in_export(folder: Path) -> int:
    """While the file is written somebody else adds a tag, and is done at once."""
    added: list[threading.Thread] = []

    def add_one(done: int, of: int) -> None:
        if not added:
            added.append(threading.Thread(target=_add_and_close))
            let_go(added)

    export_all(folder, now=NOW, told=add_one)
    return int(json.loads((folder / "manifest.json").read_text())["tables"]["crm.Tag"]["rows"])


def _add_and_close() -> None:
    Tag.objects.create(name="meanwhile")
    connections.close_all()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_house_on_postgresql_is_told_as_of_one_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (tags_in_export(tmp_path / "moment"), Tag.objects.count()) == (0, 1)
    Tag.objects.all().delete()
    monkeypatch.setattr(actions, "one_moment", nullcontext)
    assert tags_in_export(tmp_path / "control") == 1
