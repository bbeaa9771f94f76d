"""What an earlier release made works in this one, and after a move: tests/fixtures keeps a house as that release left it.

`season_of_crm_0025.sql.xz` is the demo season as it was written at crm 0025 and campaigns 0018: every statement that
makes it again on SQLite. It is never written anew; a later release adds one of its own.
"""

import json
import lzma
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests import ready

pytestmark = pytest.mark.integration

SEASON = Path(__file__).parent / "fixtures" / "season_of_crm_0025.sql.xz"
TABLES = (
    "crm_user", "crm_influencer", "crm_socialaccount", "crm_brand", "crm_contract", "crm_clause", "crm_claim",
    "crm_ambassadordeal", "crm_quotaentry", "crm_entry", "crm_email", "crm_reminder", "crm_storedfile",
    "campaigns_campaign", "campaigns_collaboration", "campaigns_deliverable", "campaigns_samplerequest",
    "campaigns_stockmovement", "campaigns_contentversion", "campaigns_review", "campaigns_livepost",
)  # fmt: skip
SAME_WORDS = ("people", "campaigns", "contracts", "brands", "ambassadors", "samples", "reviews", "finance", "team")
"""Lists on which nothing of the move is to be seen. On others stands that mail is stopped, or that it was."""


class Place:
    """A SQLite house in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "house.sqlite3"
        folder.mkdir()

    def python(self, *words: str) -> None:
        env = {
            **os.environ, "DATABASE_URL": f"sqlite:///{self.file}", "MITRA_VAR": str(self.folder), "MITRA_DEBUG": "1",
            "MITRA_READ_DOTENV": "0", "MITRA_ALLOW_PLACEHOLDER": "1", "EMAIL_URL": "dummymail://", "LOG_LEVEL": "ERROR",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, *words], env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    def walked(self, *words: str) -> dict[str, Any]:
        found = self.folder / "found.json"
        self.python("-m", "tests.walking", str(found), *words)
        said: dict[str, Any] = json.loads(found.read_text())
        return said

    def counts(self) -> dict[str, int]:
        with closing(sqlite3.connect(self.file)) as line:
            return {table: line.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}  # noqa: S608


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("upgrade")


@pytest.fixture(scope="module")
def old(folder: Path) -> Iterator[tuple[Place, dict[str, int], dict[str, Any]]]:
    """The house as it was, its counts before, and what a walk found after the upgrade."""
    place = Place(folder / "old")
    with closing(sqlite3.connect(place.file)) as line:
        line.executescript(lzma.decompress(SEASON.read_bytes()).decode())
    before = place.counts()
    yield place, before, place.walked("--migrate", "--export", str(folder / "everything.zip"))


Old = tuple[Place, dict[str, int], dict[str, Any]]


def test_no_row_is_lost_on_the_way_up(old: Old, folder: Path) -> None:
    import zipfile

    _place, before, _found = old
    with zipfile.ZipFile(folder / "everything.zip") as archive:
        tables = json.loads(archive.read("manifest.json"))["tables"]
    after = {label.lower().replace(".", "_"): told["rows"] for label, told in tables.items()}
    assert {table: after[table] for table in TABLES} == before
    assert before["crm_influencer"] == 60


def test_its_pages_open_for_everybody(old: Old) -> None:
    _place, _before, found = old
    broken = {
        role: {path: code for path, code in pages.items() if code >= 500} for role, pages in found["pages"].items()
    }
    assert broken == {"owner": {}, "admin": {}, "manager": {}, "coordinator": {}, "finance": {}, "viewer": {}}
    assert sum(code == 200 for code in found["pages"]["owner"].values()) > 40


def test_its_guards_stand_and_the_clock_goes_on(old: Old) -> None:
    _place, _before, found = old
    assert (found["unguarded"], found["guard"]) == ([], True)
    assert {stage: said for stage, said in found["tick"].items() if "broke" in said} == {}
    assert found["tick"]["sent"]["sent"] > 0


def test_after_a_move_it_reads_and_plans_the_same_and_sends_nothing(old: Old, folder: Path) -> None:
    _place, _before, found = old
    moved = Place(folder / "moved")
    if not ready.copy_to(moved.file):
        moved.python("manage.py", "migrate", "--verbosity", "0")
    moved.python("manage.py", "import_all", str(folder / "everything.zip"))
    now = moved.walked("--roles", "owner")
    assert now["pages"]["owner"] == found["pages"]["owner"]
    apart = [name for name in SAME_WORDS if now["words"][name] != found["words"][name]]
    assert apart == []
    assert now["planned"] == found["planned"]
    assert (now["unguarded"], now["guard"], now["tick"]["sent"]) == ([], True, {})
