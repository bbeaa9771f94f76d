"""The two addresses machines ask: does it answer, and can people work."""

import datetime as dt
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from crm.base.models import Organisation
from crm.exclusivity import guard
from crm.reminders.models import Beat, Reminder, Rule
from crm.timeline import guards
from crm.watch.findings import Finding, look
from crm.watch.reach import database_said, knock
from tests.conftest import NOW
from tests.factories import ContactFactory

HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)


def test_healthz_asks_nobody(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_healthz_and_readyz_answer_machines_without_https(client: Client, settings: Settings, db: None) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
    assert client.get("/accounts/login/").status_code == 301


@pytest.mark.django_db
def test_a_clock_that_rang_lately_is_well() -> None:
    Beat.objects.create(name="tick", rang_at=NOW - dt.timedelta(seconds=42))
    found = {finding.name: (finding.is_well, finding.said) for finding in look(NOW)}
    assert found["database"] == (True, "ok")
    assert found["clock"] == (True, "rang 42 s ago")
    assert found["outbox"] == (True, "0 messages wait longer than they should")


@pytest.mark.django_db
def test_a_silent_clock_is_told_and_people_can_still_work(client: Client) -> None:
    Beat.objects.create(name="tick", rang_at=NOW - dt.timedelta(minutes=6))
    with time_machine.travel(NOW, tick=False):
        answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["clock"] == {"ok": False, "said": "rang 360 s ago"}


@pytest.mark.django_db
def test_a_clock_that_never_rang_asks_for_a_beat() -> None:
    assert next(finding.said for finding in look(NOW) if finding.name == "clock") == (
        "has not rung yet: is a beat running?"
    )


@pytest.mark.django_db
def test_a_queue_that_does_not_answer_is_told(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert [(finding.is_well, finding.is_vital, finding.said) for finding in look(NOW) if finding.name == "queue"] == [
        (False, False, "the broker does not answer")
    ]


@pytest.fixture
def silent() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(5)
        yield listener.getsockname()[1]


def queued(send_at: dt.datetime, waits_until: dt.datetime | None = None) -> Reminder:
    rule = Rule.objects.order_by("pk").first()
    assert rule is not None
    count = Reminder.objects.count()
    return Reminder.objects.create(
        contact=ContactFactory(), rule=rule, subject=f"campaigns.deliverable:{count}", due_key="2026-11-25/-3d/influencer",
        kind="deliverable.draft", email_name="task", recipient="influencer", due_at=NOW, send_at=send_at, waits_until=waits_until,
    )  # fmt: skip


def found(name: str, now: dt.datetime = NOW) -> Finding:
    return next(finding for finding in look(now) if finding.name == name)


@pytest.mark.django_db
def test_a_guard_that_is_gone_is_told_and_turns_the_page_red(client: Client) -> None:
    assert (found("guards").is_well, found("guards").said) == (True, "ok")
    with transaction.atomic():
        guards.remove(connection)
        guard.remove(connection)
        gone = found("guards")
        answer = client.get("/readyz")
        transaction.set_rollback(True)
    assert (gone.is_well, gone.is_vital, gone.said.endswith(", exclusivity")) == (False, True, True)
    assert "crm_entry" in gone.said
    assert gone.mend == "Run manage.py migrate --skip-checks: it puts them back."
    assert (answer.status_code, answer.json()["guards"]["ok"]) == (503, False)


@pytest.mark.django_db
def test_a_folder_nobody_may_write_to_is_told(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "new")
    assert (found("media").said, list((tmp_path / "new").iterdir())) == ("ok", [])
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = str(tmp_path / "file" / "media")
    media = found("media")
    assert (media.is_well, media.is_vital, media.said) == (False, False, "cannot be written (NotADirectoryError)")


@pytest.mark.django_db
def test_a_disk_that_fills_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found("disk").is_well
    monkeypatch.setattr("crm.watch.findings.LEAST_ROOM", 10**18)
    assert (found("disk").is_well, found("disk").is_vital) == (False, False)


@pytest.mark.django_db
def test_the_oldest_reminder_that_could_leave_says_whether_they_do(organisation: Organisation) -> None:
    assert found("reminders").said == "none waits"
    queued(send_at=NOW - 3 * HOUR, waits_until=NOW + HOUR)
    assert (found("reminders").said, found("reminders", NOW + HOUR).said) == ("none waits", "the oldest waits 0 s")
    queued(send_at=NOW - 15 * MINUTE)
    assert (found("reminders").is_well, found("reminders").said) == (True, "the oldest waits 900 s")
    assert not found("reminders", NOW + MINUTE).is_well
    Organisation.objects.update(mail_paused_at=NOW)
    assert (found("reminders", NOW + HOUR).is_well, found("reminders", NOW + HOUR).said) == (
        True, "the oldest waits 4500 s: outgoing mail is paused",
    )  # fmt: skip


def test_a_database_that_went_silent_is_given_up_after_two_seconds(silent: int) -> None:
    begun = time.monotonic()
    with pytest.raises(DatabaseError, match="timeout expired"):
        knock({"host": "127.0.0.1", "port": silent, "dbname": "mitra", "cursor_factory": None, "context": None})
    print(f"a silent database: given up after {time.monotonic() - begun:.2f} s")


@pytest.mark.django_db
def test_a_broker_that_went_silent_is_told_and_leaves_the_page_green(
    client: Client, settings: Settings, silent: int
) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{silent}/0"
    begun = time.monotonic()
    answer = client.get("/readyz")
    print(f"a silent broker: told after {time.monotonic() - begun:.2f} s")
    assert (answer.status_code, answer.json()["queue"]) == (200, {"ok": False, "said": "the broker does not answer"})


@pytest.mark.django_db
def test_a_second_look_reads_no_migration_files_again() -> None:
    database_said()
    with CaptureQueriesContext(connection) as asked:
        assert database_said() == ""
    assert len(asked) == 2


@pytest.mark.django_db
def test_a_database_behind_the_code_is_not_ready(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'campaigns'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert list(answer.json()) == ["database"]
    assert answer.json()["database"]["ok"] is False
    assert answer.json()["database"]["said"].endswith("migrations to apply: run manage.py prepare")
