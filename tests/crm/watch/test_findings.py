"""The two addresses machines ask: does it answer, and can people work."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client
from pytest_django import Settings

from crm.reminders.models import Beat
from crm.watch.findings import look
from tests.conftest import NOW


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


@pytest.mark.django_db
def test_a_database_behind_the_code_is_not_ready(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'campaigns'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert list(answer.json()) == ["database"]
    assert answer.json()["database"]["ok"] is False
    assert answer.json()["database"]["said"].endswith("migrations to apply: run manage.py prepare")
