"""The doorbell: short, silent about its failures, and never the memory of what is due."""

import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as house_settings
from django.db import transaction

from crm.config.celery import app
from crm.outbox import tasks

ROOT = Path(house_settings.BASE_DIR)
HANGS = 20  # seconds: a hanging bell takes 45 and more; the exact figure is measured in `make chaos`


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "_silent_until", 0.0)
    monkeypatch.setattr(tasks, "failed_rings", 0)


@pytest.fixture
def broker_at(monkeypatch: pytest.MonkeyPatch) -> Any:
    def point(url: str) -> None:
        monkeypatch.setenv("CELERY_BROKER_URL", url)

    return point


@pytest.fixture
def black_hole() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(5)
        yield listener.getsockname()[1]


def test_without_a_broker_nobody_is_rung() -> None:
    assert tasks.ring() is False
    assert tasks.failed_rings == 0


def test_a_dead_broker_is_counted_and_costs_next_to_nothing(broker_at: Any) -> None:
    broker_at("redis://127.0.0.1:1/0")
    began = time.monotonic()
    assert tasks.ring() is False
    assert (tasks.failed_rings, time.monotonic() - began < HANGS) == (1, True)


def test_a_broker_that_never_answers_keeps_nobody_waiting(broker_at: Any, black_hole: int) -> None:
    broker_at(f"redis://127.0.0.1:{black_hole}/0")
    began = time.monotonic()
    assert tasks.ring() is False
    assert time.monotonic() - began < HANGS
    again = time.monotonic()
    assert tasks.ring() is False
    assert (tasks.failed_rings, time.monotonic() - again < 1) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_it_rings_once_what_was_written_is_stored(monkeypatch: pytest.MonkeyPatch, broker_at: Any) -> None:
    rung: list[str] = []
    monkeypatch.setattr(tasks, "_publish", lambda: rung.append("rung"))
    broker_at("redis://127.0.0.1:1/0")
    with transaction.atomic():
        tasks.ring_on_commit()
        assert rung == []
    assert rung == ["rung"]


def test_nothing_is_held_as_a_task_with_a_time() -> None:
    """A task with an ETA is lost or doubled by a restart: due things are rows (docs/architecture.md)."""
    forbidden = re.compile(r"\b(eta|countdown)\s*=|\.retry\(|apply_async\([^)]*(eta|countdown)")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for app_name in ("crm", "campaigns")
        for path in (ROOT / app_name).rglob("*.py")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if forbidden.search(line)
    ]
    assert found == []


def test_the_queue_is_set_up_as_a_doorbell() -> None:
    conf = app.conf
    assert (conf["task_ignore_result"], conf["task_acks_late"], conf["task_reject_on_worker_lost"]) == (
        True,
        True,
        True,
    )
    assert (conf["worker_prefetch_multiplier"], conf["task_publish_retry"]) == (1, False)
    beat = app.conf.beat_schedule["tick"]
    assert (beat["task"], beat["options"]["expires"]) == ("crm.tick", 55)
