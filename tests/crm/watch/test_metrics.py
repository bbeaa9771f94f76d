"""What Prometheus is told: only with the token, added up over all processes, under names of addresses and never under what is in them."""

import datetime as dt
import multiprocessing
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError, connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from crm.archive.models import BackupRun
from crm.base.outcomes import Outcome
from crm.outbox.models import Email
from crm.reminders.models import Beat
from crm.watch.metrics import meters as metering
from crm.watch.metrics.gauges import Stored
from crm.watch.metrics.meters import MeterMiddleware, folder, meters
from crm.watch.metrics.slots import Slot
from tests.conftest import NOW
from tests.factories import ContactFactory

TOKEN = "a-long-token-that-only-the-scraper-knows"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def switched_on(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.METRICS_TOKEN, settings.VAR_DIR = TOKEN, tmp_path
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    meters.cache_clear()
    yield
    if meters.cache_info().currsize:
        meters().close()
    meters.cache_clear()


def scraped(client: Client | None = None) -> dict[str, float]:
    """Every line of an answer: name with labels to figure."""
    answer = (client or Client()).get("/metrics", headers=BEARER)
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, "text/plain")
    lines = (line.rpartition(" ") for line in answer.content.decode().splitlines() if line[:1] != "#")
    return {name: float(value) for name, _, value in lines}


@pytest.mark.django_db
def test_without_a_token_in_the_settings_nothing_is_there_and_nothing_counted(
    client: Client, settings: Settings
) -> None:
    assert settings.METRICS_TOKEN == ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    with pytest.raises(MiddlewareNotUsed):
        MeterMiddleware(lambda request: pytest.fail("counted"))


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer", f"Bearer {TOKEN[:-1]}"])
def test_a_wrong_token_is_refused(client: Client, switched_on: None, given: str) -> None:
    answer = client.get("/metrics", headers={"Authorization": given})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert b"mitra_" not in answer.content


@pytest.mark.django_db
def test_requests_are_counted_by_the_name_of_their_address(client: Client, switched_on: None) -> None:
    for address in ("/healthz", "/healthz", "/p/kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk/", "/nowhere/secret-words/"):
        client.get(address)
    found = {name: value for name, value in scraped().items() if name.startswith("mitra_requests_total")}
    assert found == {
        'mitra_requests_total{method="GET",status="200",view="healthz"}': 2,
        'mitra_requests_total{method="GET",status="404",view="portal-link"}': 1,
        'mitra_requests_total{method="GET",status="404",view="none"}': 1,
    }
    assert scraped()['mitra_request_seconds_count{view="healthz"}'] == 2


def _count(times: int) -> None:
    for _ in range(times):
        meters().tasks.labels("crm.tick", "success").inc()


@pytest.mark.django_db
def test_processes_add_up_and_what_has_ended_still_counts(switched_on: None) -> None:
    _count(1)
    fork = multiprocessing.get_context("fork")
    for _ in range(3):
        children = [fork.Process(target=_count, args=(100,)) for _ in range(2)]
        for child in children:
            child.start()
        for child in children:
            child.join()
    assert scraped()['mitra_tasks_total{outcome="success",task="crm.tick"}'] == 601
    assert len(list(folder().glob("counter_*.db"))) <= 3


def test_a_slot_is_taken_up_again_by_the_next_and_never_shared(tmp_path: Path) -> None:
    first, second = Slot(tmp_path), Slot(tmp_path)
    assert (first(), second(), first()) == (0, 1, 0)
    first.let_go()
    third = Slot(tmp_path)
    assert (third(), second(), first()) == (0, 1, 2)
    for slot in (first, second, third):
        slot.let_go()


@pytest.mark.django_db
def test_tasks_and_refused_statements_are_counted(switched_on: None) -> None:
    task = SimpleNamespace(name="crm.tick", request=SimpleNamespace())
    metering.task_begins(task=task)
    metering.task_ended(task=task, state="SUCCESS")
    metering.task_ended(task=task, state="FAILURE")
    with connection.execute_wrapper(metering._count_errors), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("SELECT nothing FROM nowhere_at_all")
    found = scraped()
    assert found['mitra_tasks_total{outcome="success",task="crm.tick"}'] == 1
    assert found['mitra_tasks_total{outcome="failure",task="crm.tick"}'] == 1
    assert found['mitra_task_seconds_count{task="crm.tick"}'] == 2
    assert sum(value for name, value in found.items() if name.startswith("mitra_database_errors_total")) == 1


@pytest.mark.django_db
def test_what_stands_in_the_database_is_read_with_five_questions(
    switched_on: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    contact = ContactFactory()
    for number, (state, hours) in enumerate((("queued", 2), ("queued", -1), ("failed", 3), ("unknown", 4))):
        Email.objects.create(
            contact=contact, key=f"k{number}", name="task", subject="Hello", state=state, send_at=NOW - hours * HOUR,
            to_address="kirana@contoh.example", why="broken" if state == "failed" else "",
        )  # fmt: skip
    Beat.objects.create(name="tick", rang_at=NOW - dt.timedelta(seconds=42))
    BackupRun.objects.create(kind="hand", started_at=NOW - 6 * HOUR, finished_at=NOW - 5 * HOUR)
    BackupRun.objects.create(kind="hand", started_at=NOW - HOUR, finished_at=NOW, trouble="The disk is full.")
    Outcome.objects.create(name="planner", ok_at=NOW - HOUR, failed_at=NOW, why="broke")
    with django_assert_num_queries(5):
        assert len(list(Stored(NOW).collect())) == 9
    with time_machine.travel(NOW, tick=False):
        found = {name.removeprefix("mitra_"): value for name, value in scraped().items()}
    assert found == {
        "database_up": 1,
        'outbox_messages{state="queued"}': 2,
        'outbox_messages{state="sending"}': 0,
        'outbox_messages{state="sent"}': 0,
        'outbox_messages{state="failed"}': 1,
        'outbox_messages{state="unknown"}': 1,
        'outbox_messages{state="skipped"}': 0,
        "outbox_oldest_due_seconds": 7200,
        "reminders_planned": 0,
        "reminder_oldest_due_seconds": 0,
        "tick_age_seconds": 42,
        "backup_age_seconds": 5 * 3600,
        'outcome_age_seconds{part="planner"}': 3600,
        'outcome_bad{part="planner"}': 1,
    }


@pytest.mark.django_db
def test_a_database_that_is_away_costs_only_its_own_figures(switched_on: None) -> None:
    _count(1)

    def away(*_: Any) -> None:
        raise DatabaseError("away")

    with connection.execute_wrapper(away):
        found = scraped()
    assert found == {"mitra_database_up": 0, 'mitra_tasks_total{outcome="success",task="crm.tick"}': 1}


@pytest.mark.django_db
def test_a_folder_that_went_away_breaks_no_page(
    client: Client, switched_on: None, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    settings.VAR_DIR = tmp_path / "file"
    assert client.get("/healthz").status_code == 200


def test_every_figure_is_explained_in_the_operations_guide() -> None:
    guide = Path("docs/operations.md").read_text()
    source = "".join(path.read_text() for path in Path("crm/watch/metrics").glob("*.py"))
    names = set(re.findall(r'"(mitra_\w+)"', source)) | {
        f"mitra_{one}" for one in re.findall(r'gauge\(\s*"(\w+)"', source)
    }
    assert sorted(name for name in names if f"`{name}" not in guide) == []
