"""A house of its own: backed up while people write, and brought back."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from crm.archive.backups.database import at_server
from tests import ready

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]


def python(address: str, folder: Path, *words: str) -> str:
    env = {
        **os.environ, "DATABASE_URL": address, "MITRA_VAR": str(folder), "MITRA_READ_DOTENV": "0",
        "MITRA_ALLOW_PLACEHOLDER": "1", "MEDIA_ROOT": str(folder / "media"),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, *words], env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """An empty house on a database of its own: it is renamed here, and copied as it lies on the disk."""
    if connection.vendor == "sqlite":
        file = tmp_path / "house.sqlite3"
        if not ready.copy_to(file):
            python(f"sqlite:///{file}", tmp_path, "manage.py", "migrate", "--verbosity", "0")
        yield f"sqlite:///{file}"
        return
    name, facts = f"house_{uuid.uuid4().hex[:8]}", connection.settings_dict
    at_server(f"CREATE DATABASE {name}{ready.template()}")
    url = f"postgres://{facts['USER']}@/{facts['HOST']}/{name}"
    if not ready.template():
        python(url, tmp_path, "manage.py", "migrate", "--verbosity", "0")
    yield url
    at_server(f"DROP DATABASE {name}")


def test_backups_taken_while_people_write_are_whole_and_plain_copies_are_not(address: str, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    said = python(address, tmp_path, "-m", "tests.crm.archive.while_writing", str(folder), "4")
    found = json.loads(said.splitlines()[-1])
    print(f"{found['pairs']} pairs written meanwhile; plain copies that were true: {sum(found['plain'])} of 4")
    assert found["backups"] == [True] * 4
    if connection.vendor == "sqlite":
        assert not all(found["plain"])


def test_a_backup_comes_back_and_what_was_there_stays_aside(address: str, tmp_path: Path) -> None:
    said = python(address, tmp_path, "-m", "tests.crm.archive.back_again", str(tmp_path / "backups"))
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    name = Path(address).name
    end = f" Stop them first, or say --force {name}"
    others = (
        "1 connections to the database are open"
        if connection.vendor == "postgresql"
        else "another process has the database open"
    )
    assert found["while a part runs"] == f"Nothing was changed: web, worker or clock run on this machine.{end}"
    assert found["while others look"] == f"Nothing was changed: {others}.{end}"
    assert found["tags while refused"] == ["after", "before"]
    assert (found["tags"], found["aside"]) == (["before"], ["after", "before"])
    assert found["files"] == {"changed": "as it was", "lost": "as it was", "new": "since then", "same": "as it was"}
    number = found["number"]
    assert found["people"] in ([f"{one} {number}", "Vina Paramitha"] for one in ("Erased person", "Orang terhapus"))
    assert "sekar" not in found["beside"].lower()
    assert "1 people who were forgotten since then are forgotten again." in found["restored"]
    assert found["paused"].startswith(("The house came back from the backup of", "Rumah ini kembali dari cadangan"))
    assert (found["guarded"], found["known"]) == (True, [True, True, True])
    assert "Outgoing mail waits: the owner starts it on the page Outbox." in found["restored"]
