"""An owner asks for everything on a page: written once, kept for two days, fetched on record."""

import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from crm.archive.everything.asking import ask, carry_out, clear
from crm.archive.everything.upkeep import keep
from crm.archive.models import KEPT, LEASE, ExportRun
from crm.team.models import User
from crm.timeline.models import Entry
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def clock() -> dt.datetime:
    return NOW


@pytest.fixture
def written(owner: User) -> ExportRun:
    run, is_new = ask(owner, now=NOW)
    assert (is_new, carry_out(run.pk, clock)) == (True, True)
    return ExportRun.objects.get()


def verbs() -> list[str]:
    return list(Entry.objects.filter(verb__startswith="everything.").order_by("pk").values_list("verb", flat=True))


def test_what_is_asked_for_is_written_and_told(written: ExportRun) -> None:
    with default_storage.open(written.place) as file, zipfile.ZipFile(file) as archive:
        told = json.loads(archive.read("manifest.json"))
        assert archive.testzip() is None
    assert told["tables"]["crm.User"]["rows"] == 1
    assert (written.finished_at, written.expires_at, written.trouble) == (NOW, NOW + KEPT, "")
    assert (written.size, len(written.sha256)) == (default_storage.size(written.place), 64)
    assert verbs() == ["everything.asked", "everything.ready"]


def test_two_who_ask_at_once_get_one(owner: User) -> None:
    first, _is_new = ask(owner, now=NOW)
    assert ask(owner, now=NOW) == (first, False)
    assert verbs() == ["everything.asked"]


def test_a_second_worker_leaves_it_alone(owner: User) -> None:
    run, _is_new = ask(owner, now=NOW)
    assert run.claim(NOW)
    assert carry_out(run.pk, clock) is False
    assert ExportRun.objects.get().is_under_way


def test_whose_worker_died_is_written_by_the_next(owner: User) -> None:
    run, _is_new = ask(owner, now=NOW)
    assert run.claim(NOW)
    later = NOW + LEASE + dt.timedelta(seconds=1)
    assert keep(NOW + LEASE) == {}
    assert keep(later) == {"rung": 1}
    assert carry_out(run.pk, lambda: later) is True
    assert ExportRun.objects.get().finished_at == later


def test_what_goes_wrong_is_told(owner: User, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "a-file")
    (tmp_path / "a-file").touch()
    run, _is_new = ask(owner, now=NOW)
    assert carry_out(run.pk, clock) is False
    run = ExportRun.objects.get()
    assert (run.finished_at, run.place, run.is_under_way) == (NOW, "", False)
    assert run.trouble.startswith(("NotADirectoryError: ", "FileExistsError: "))


def test_after_two_days_the_file_is_gone(written: ExportRun) -> None:
    assert clear(NOW + KEPT - dt.timedelta(seconds=1)) == 0
    assert default_storage.exists(written.place)
    assert clear(NOW + KEPT) == 1
    assert not default_storage.exists(written.place)
    assert ExportRun.objects.get().place == ""
    assert clear(NOW + KEPT) == 0


def test_fetching_is_for_owners_and_on_record(owner: User, as_owner: Client, as_viewer: Client) -> None:
    run, _is_new = ask(owner, now=NOW)
    carry_out(run.pk, clock)
    ExportRun.objects.update(expires_at=dt.datetime(2100, 1, 1, tzinfo=dt.UTC))
    address = f"/settings/everything/{run.pk}/file/"
    assert as_viewer.post(address).status_code == 403
    assert as_owner.get(address).status_code == 405
    assert verbs() == ["everything.asked", "everything.ready"]
    answer = as_owner.post(address)
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="mitra-2026-11-24.zip"'
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert verbs() == ["everything.asked", "everything.ready", "everything.fetched"]
    ExportRun.objects.update(expires_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    assert as_owner.post(address).status_code == 404
