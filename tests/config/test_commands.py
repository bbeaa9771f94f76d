"""The commands an installation is looked after with."""

import datetime as dt
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django.fixtures import Settings

from crm.exclusivity import guard
from crm.exclusivity.models import Claim
from crm.reminders.models import Beat
from tests.conftest import NOW
from tests.factories import BrandFactory, InfluencerFactory


def said_by(*words: object) -> str:
    said = StringIO()
    call_command(*words, stdout=said)
    return said.getvalue()


@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_what_the_database_holds(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    InfluencerFactory.create_batch(3)
    said = said_by("backup", str(tmp_path / "new" / "folder"))
    (folder,) = (tmp_path / "new" / "folder").iterdir()
    assert said.startswith(f"{folder} (")
    written = next(folder.glob("database.*"))
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
        name: marks[name] for name in ("python", "secret", "files", "store", "broker", "database", "outbox")
    } == dict.fromkeys(("python", "secret", "files", "store", "broker", "database", "outbox"), "ok")
    assert marks["mail"] == "look"


@pytest.mark.django_db
def test_the_doctor_says_what_is_wrong_with_the_store(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR, settings.SECRET_KEY, settings.MEDIA_STORE = tmp_path, "x" * 50, "s3://Mitra"
    heard = StringIO()
    with pytest.raises(CommandError, match="Something vital is missing"):
        call_command("doctor", stdout=heard)
    assert (
        "FAIL  store            MEDIA_STORE cannot be read. After s3:// comes the name of a bucket" in heard.getvalue()
    )


@pytest.mark.django_db
def test_the_doctor_finds_promises_that_came_while_nothing_guarded_them(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR, settings.SECRET_KEY = tmp_path, "x" * 50
    assert "ok    promises         kept apart" in said_by("doctor")
    guard.remove(connection)
    with pytest.raises(CommandError, match="Something vital is missing"):
        said_by("doctor")
    person, ours, rival = InfluencerFactory(), BrandFactory(), BrandFactory()
    bar, work = Claim.objects.bulk_create(
        Claim(
            influencer=person, side=side, source=f"test:{side}", house_id=brand.owner_id, brand=brand,
            within_house=bool(side), start_at=NOW, end_at=NOW + dt.timedelta(days=1), subjects={0}, channels={0},
            territories={0}, acts={1},
        )
        for side, brand in enumerate((ours, rival))
    )  # fmt: skip
    if connection.vendor == "sqlite":  # PostgreSQL would not stand guard over such rows
        guard.install(connection)
        said = f"look  promises         1 promises meet work they bar; see claims {bar.pk} and {work.pk} in the admin"
        assert said in said_by("doctor")


@pytest.mark.django_db
def test_the_doctor_fails_on_a_placeholder_secret(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR, settings.SECRET_KEY = tmp_path, settings.PLACEHOLDER_SECRET
    with pytest.raises(CommandError, match="Something vital is missing"):
        said_by("doctor")


@pytest.mark.django_db
def test_a_backup_into_what_is_no_folder_is_refused_in_words(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    taken = tmp_path / "taken"
    taken.write_text("something else")
    with pytest.raises(CommandError, match=r"cannot be a folder for backups: File exists\."):
        call_command("backup", str(taken))
    assert taken.read_text() == "something else"


def test_preparing_waits_for_a_database_that_starts_and_says_which_one_never_came(tmp_path: Path) -> None:
    env = {"PATH": os.environ["PATH"], "MITRA_VAR": str(tmp_path), "MITRA_READ_DOTENV": "0", "SECRET_KEY": "x" * 50}
    env |= {"DATABASE_URL": f"postgres://mitra@/{tmp_path}/mitra"}
    words = [sys.executable, "manage.py", "prepare", "--wait", "0.6"]
    said = subprocess.run(words, env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert said.stderr.startswith("CommandError: The database does not answer: ")
    assert str(tmp_path) in said.stderr
