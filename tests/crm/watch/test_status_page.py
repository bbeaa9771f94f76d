"""What the keepers see of the state of the house."""

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from crm.archive.models import BackupRun, ExportRun
from crm.archive.returning import pause_after_return
from crm.base.models import Organisation
from crm.base.outcomes import came_out
from crm.base.places import kept_for
from crm.outbox.models import Email
from crm.outbox.reasons import SERVER_AWAY, in_words, reason
from crm.privacy.models import RetentionRun
from crm.reminders.models import Beat
from crm.team.models import User
from crm.watch.status.page import Status, look_around
from tests.factories import ContactFactory

pytestmark = pytest.mark.django_db
QUERIES = 22
NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
TOKEN = "a-long-token-that-only-monitoring-knows"


def message(key: str, **columns: Any) -> Email:
    words: dict[str, Any] = {"send_at": NOW, "from_name": "Mitra", **columns}
    return Email.objects.create(name="test_mail", key=key, contact=ContactFactory.create(), **words)


@pytest.fixture
def well(organisation: Organisation, settings: Settings, tmp_path: Path) -> None:
    """A house where everything works."""
    settings.VAR_DIR, settings.MEDIA_ROOT, settings.CELERY_BROKER_URL = tmp_path, str(tmp_path), "filesystem://"
    settings.BACKUPS = dataclasses.replace(settings.BACKUPS, folder=tmp_path / "backups")
    settings.HEARTBEATS = {"tick": "http://127.0.0.1:1/"}
    Beat.objects.create(name="tick", rang_at=NOW - dt.timedelta(seconds=20))
    for part in ("tick", "planner", "sender", "worker-one"):
        came_out(part, NOW - dt.timedelta(seconds=20))
    made_at = NOW - dt.timedelta(hours=8)
    run = BackupRun.objects.create(kind="hand", started_at=made_at, finished_at=made_at, place="/b/mitra-1", size=2500)
    run.note_look(made_at)


def states(found: Status) -> dict[str, str]:
    return {line.key: line.state for line in found.lines}


ALL_WELL = {
    "outbox": "ok", "undelivered": "ok", "reminders": "ok", "mailbox": "", "clock": "ok", "queue": "ok", "workers": "ok",
    "planner": "ok", "platforms": "", "backup": "ok", "backup-check": "ok", "export": "", "retention": "", "heartbeats": "ok", "database": "ok",
    "guards": "ok", "media": "ok", "disk": "ok", "version": "ok",
}  # fmt: skip


def test_a_house_where_everything_works_says_so(well: None) -> None:
    assert states(look_around(NOW)) == ALL_WELL


def test_each_part_that_stands_still_says_what_to_do(well: None, settings: Settings) -> None:
    came_out("planner", NOW, why="ValueError: no")
    came_out("sender", NOW, why="Nothing could be handed over.")
    came_out("backup", NOW, why="No space left on device.")
    message("failed", state=Email.State.FAILED, why="It was refused.")
    BackupRun.objects.get().note_look(NOW, "rows: crm_tag has 0 of 4")
    later = NOW + dt.timedelta(minutes=11)
    found = look_around(later)
    bad = {"outbox", "clock", "planner", "backup", "backup-check"}
    assert {line.key for line in found.bad} == bad
    assert {line.key for line in found.to_look_at} == {"undelivered", "workers"}
    assert [line.key for line in [*found.bad, *found.to_look_at] if not line.todo] == []


def test_a_house_without_backups_is_told_plainly(well: None, settings: Settings) -> None:
    settings.BACKUPS = dataclasses.replace(settings.BACKUPS, folder=None)
    BackupRun.objects.all().delete()
    line = next(line for line in look_around(NOW).bad if line.key == "backup")
    assert str(line.said) == "No backups are made by themselves. There is none."


def test_reasons_are_told_in_the_readers_language_and_words_of_programs_as_they_were(well: None) -> None:
    came_out("sender", NOW, why=reason(SERVER_AWAY, answer="timed out"))
    came_out("planner", NOW, why="ValueError: no")
    with override("id"):
        told = {line.key: line for line in look_around(NOW).lines}
        assert str(told["outbox"].said).startswith(in_words(reason(SERVER_AWAY, answer="timed out")))
    assert "could not be reached" not in str(told["outbox"].said)
    assert told["planner"].detail == "ValueError: no"


def test_exports_retention_and_platforms_say_what_came_of_them(well: None, settings: Settings) -> None:
    run = ExportRun.objects.create(started_at=NOW)
    run.fail("DataError: no", at=NOW)
    RetentionRun.objects.create(
        key="portal_links", on=NOW.date(), started_at=NOW, finished_at=NOW, trouble="DataError: no"
    )
    settings.YOUTUBE_KEY = "key"
    came_out("platforms", NOW, why="youtube: 401: the key is not accepted")
    told = {line.key: line for line in look_around(NOW).lines}
    assert [told[key].state for key in ("export", "retention", "platforms")] == ["warn", "bad", "warn"]
    label = kept_for["portal_links"].words["label"]
    assert (told["retention"].said, told["retention"].detail) == (f"The rule “{label}” broke.", "DataError: no")
    assert told["platforms"].detail == "youtube: 401: the key is not accepted"


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_three(
    as_owner: Client, well: None, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    settings.YOUTUBE_KEY = "key"
    for row in range(number):
        came_out(f"worker-{row}", NOW, why="")
        message(f"failed-{row}", state=Email.State.FAILED, why="It was refused.")
        ExportRun.objects.create(started_at=NOW)
        RetentionRun.objects.create(key=f"rule-{row}", on=NOW.date(), started_at=NOW, finished_at=NOW)
    as_owner.get(reverse("status"))  # what stands in memory afterwards is read once
    with django_assert_num_queries(QUERIES):
        as_owner.get(reverse("status"))


def test_keepers_see_the_page_and_its_twin_and_others_do_not(as_owner: Client, as_coordinator: Client) -> None:
    assert as_owner.get(reverse("status")).status_code == 200
    twin = as_owner.get(reverse("status"), headers={"Accept": "application/json"})
    assert {part["part"] for part in twin.json()["parts"]} == set(ALL_WELL)
    assert as_coordinator.get(reverse("status")).status_code == 403


def test_a_machine_needs_the_token(client: Client, organisation: Organisation, settings: Settings) -> None:
    url = reverse("status-json")
    settings.METRICS_TOKEN = ""
    assert client.get(url).status_code == 404
    settings.METRICS_TOKEN = TOKEN
    assert client.get(url).status_code == 401
    assert client.get(url, headers={"Authorization": "Bearer other"}).status_code == 401
    told = client.get(url, headers={"Authorization": f"Bearer {TOKEN}"})
    assert (told.status_code, told.json()["ok"]) == (200, False)
    clock = next(part for part in told.json()["parts"] if part["part"] == "clock")
    assert clock["said"] == "It has never rung: no reminder leaves."


def test_after_a_return_the_keepers_are_told_what_may_leave_twice(as_owner: Client, as_coordinator: Client) -> None:
    copied_at = NOW - dt.timedelta(days=1)
    for send_at in (copied_at + dt.timedelta(hours=1), NOW + dt.timedelta(minutes=1)):
        message(str(send_at), send_at=send_at)
    pause_after_return("The house came back.", NOW, copied_at=copied_at)
    Organisation.objects.update(language="en")
    User.objects.update(language="en")
    page = as_owner.get(reverse("today")).content.decode()
    assert (
        "1 message that waits fell due after the copy was made: it may have left then, and would leave again." in page
    )
    assert (
        "1 message that waits fell due after the copy was made"
        in as_owner.get(reverse("outbox-resume")).content.decode()
    )
    assert "fell due after the copy" not in as_coordinator.get(reverse("today")).content.decode()


def test_a_backup_that_failed_stands_on_today_until_one_came_out(as_owner: Client, organisation: Organisation) -> None:
    User.objects.update(language="en")
    came_out("backup", NOW, why="No space left on device.")
    assert "No space left on device." in as_owner.get(reverse("today")).content.decode()
    came_out("backup", NOW)
    assert "No space left on device." not in as_owner.get(reverse("today")).content.decode()
