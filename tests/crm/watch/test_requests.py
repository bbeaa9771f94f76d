"""One number for everything a request causes: in the answer, on every line, in the tasks it rings for, on the page that broke."""

import logging
import re
from typing import Any

import pytest
import structlog
from celery.app.task import Context
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from structlog.contextvars import bound_contextvars, get_contextvars

from crm.watch import requests
from tests.lines import written_lines

log = structlog.get_logger("tests.lines")
OURS = re.compile(r"[0-9a-f]{32}")


def saying(_request: HttpRequest) -> HttpResponse:
    log.warning("said_something")
    logging.getLogger("somebody.else").warning("said something, too")
    return HttpResponse("Hello")


def breaking(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the reason")


def refusing(_request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("odd")


urlpatterns = [
    path("saying/", saying),
    path("breaking/", breaking),
    path("refusing/", refusing),
    path("", include("crm.config.urls")),
]
handler500 = "crm.watch.views.broke"

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def test_a_request_gets_a_number_and_every_line_carries_it(client: Client) -> None:
    with written_lines(logging.WARNING) as lines:
        answer = client.get("/saying/")
    number = answer.headers["X-Request-ID"]
    assert OURS.fullmatch(number)
    assert [(event["event"], event["request_id"]) for event in lines.events()] == [
        ("said_something", number),
        ("said something, too", number),
    ]
    assert number in lines.text.getvalue()
    assert get_contextvars() == {}


@pytest.mark.parametrize("asked", ["7c1d4e2a-0f3b-4c1e-9a57-2b1f0d6c8e11", "proxy_0001.abc"])
def test_the_proxys_number_is_taken_over(client: Client, asked: str) -> None:
    with written_lines(logging.WARNING) as lines:
        answer = client.get("/saying/", headers={"X-Request-ID": asked})
    assert answer.headers["X-Request-ID"] == asked
    assert {event["request_id"] for event in lines.events()} == {asked}


@pytest.mark.parametrize(
    "asked", ["", "short", "x" * 65, "a number with blanks", "one\ntwo-lines", "<script>alert</script>"]
)
def test_what_could_forge_a_line_is_no_number(client: Client, asked: str) -> None:
    assert OURS.fullmatch(client.get("/saying/", headers={"X-Request-ID": asked}).headers["X-Request-ID"])


@pytest.mark.parametrize("address", ["/refusing/", "/nowhere/"])
def test_lines_about_refusals_carry_it_though_they_come_last(client: Client, address: str) -> None:
    with written_lines(logging.WARNING) as lines:
        number = client.get(address).headers["X-Request-ID"]
    assert {event["logger"].partition(".")[0] for event in lines.events()} == {"django", "django_structlog"}
    assert {event["request_id"] for event in lines.events()} == {number}


def test_the_page_of_what_broke_says_the_number_and_not_the_reason() -> None:
    client = Client(raise_request_exception=False)
    with written_lines(logging.WARNING) as lines:
        answer = client.get("/breaking/")
    number, page = answer.headers["X-Request-ID"], answer.content.decode()
    assert answer.status_code == 500
    assert f"say this number: <code>{number}</code>" in page
    assert "the reason" not in page
    assert {event["request_id"] for event in lines.events()} == {number}


def test_a_page_of_last_resort_stands_when_its_own_files_are_missing(settings: Any) -> None:
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": []}]
    answer = Client(raise_request_exception=False).get("/breaking/")
    assert answer.status_code == 500
    assert answer.content.decode() == f"500. {answer.headers['X-Request-ID']}\n"


class Task:
    name = "crm.tick"

    def __init__(self, **headers: Any) -> None:
        self.request = Context(headers)


def test_a_task_goes_on_under_the_number_of_who_rang_for_it() -> None:
    headers: dict[str, Any] = {}
    with bound_contextvars(request_id="proxy-0001-abc"):
        requests.carry_number(headers=headers)
    assert headers == {"request_id": "proxy-0001-abc"}
    requests.take_number_up(task_id="t-1", task=Task(**headers))
    assert get_contextvars() == {"task": "crm.tick", "task_id": "t-1", "request_id": "proxy-0001-abc"}
    requests.put_number_down()
    assert get_contextvars() == {}


def test_a_task_nobody_asked_for_has_none_and_a_forged_one_is_dropped() -> None:
    headers: dict[str, Any] = {}
    requests.carry_number(headers=headers)
    assert headers == {}
    for carried in ({}, {"request_id": "one\ntwo-lines"}):
        requests.take_number_up(task_id="t-1", task=Task(**carried))
        assert get_contextvars() == {"task": "crm.tick", "task_id": "t-1"}
    requests.put_number_down()
