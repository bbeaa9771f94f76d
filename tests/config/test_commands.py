"""The commands an installation is looked after with."""

import sqlite3
import stat
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django.fixtures import Settings

from crm.reminders.models import Beat
from tests.conftest import NOW
from tests.factories import InfluencerFactory


def said_by(*words: object) -> str:
    said = StringIO()
    call_command(*words, stdout=said)
    return said.getvalue()


@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_what_the_database_holds(tmp_path: Path) -> None:
    InfluencerFactory.create_batch(3)
    said = said_by("backup", str(tmp_path / "new" / "folder"))
    (written,) = (tmp_path / "new" / "folder").iterdir()
    assert said.startswith(f"{written} (")
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(written)) as copy:
            assert copy.execute("SELECT count(*) FROM crm_influencer").fetchone() == (3,)
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    else:
        assert written.read_bytes()[:5] == b"PGDMP"


@pytest.mark.django_db
def test_the_doctor_names_what_is_vital_and_what_to_look_at(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR, settings.SECRET_KEY = tmp_path, "x" * 50
    settings.GIVEN_BROKER_URL = settings.REDIS_URL = ""
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 1,
    )  # fmt: skip
    Beat.objects.create(name="tick", rang_at=NOW)
    marks = {line.split()[1]: line.split()[0] for line in said_by("doctor").splitlines()}
    assert {
        name: marks[name] for name in ("python", "secret", "files", "broker", "database", "outbox")
    } == dict.fromkeys(("python", "secret", "files", "broker", "database", "outbox"), "ok")
    assert marks["mail"] == "look"


@pytest.mark.django_db
def test_the_doctor_fails_on_a_placeholder_secret(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR, settings.SECRET_KEY = tmp_path, settings.PLACEHOLDER_SECRET
    with pytest.raises(CommandError, match="Something vital is missing"):
        said_by("doctor")


def test_a_backup_into_what_is_no_folder_is_refused_in_words(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("something else")
    with pytest.raises(CommandError, match=r"cannot be a folder for backups: File exists\."):
        call_command("backup", str(taken))
    assert taken.read_text() == "something else"
