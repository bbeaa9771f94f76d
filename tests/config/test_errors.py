"""What Sentry is told: what broke and where, and nothing of whom it broke for."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sentry_sdk
from django.core.signals import request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from crm.config.errors import report_errors
from crm.team.models import User

KEY = "Q" * 43


@csrf_exempt
def breaking(request: HttpRequest, token: str) -> HttpResponse:
    local = "-".join(("what", "a", "variable", "holds"))  # noqa: F841
    raise ValueError(f"no mail to kirana@contoh.example or +62 812 5550 1234 at /p/choices/{token}/")


urlpatterns = [path("p/choices/<str:token>/", breaking)]


class Kept(Transport):
    """A transport that sends nothing."""

    told: list[Any] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.told += [item.payload.json for item in envelope.items if item.type == "event"]


@pytest.fixture
def told() -> Iterator[list[Any]]:
    Kept.told = []
    assert report_errors("https://key@sentry.example/1", "production", transport=Kept)
    yield Kept.told
    sentry_sdk.get_client().close()
    sentry_sdk.get_global_scope().set_client(None)


def test_without_an_address_nothing_is_switched_on() -> None:
    assert report_errors("", "production") is False
    assert not sentry_sdk.get_client().is_active()


@contextmanager
def its_own_connection() -> Iterator[None]:
    """A request from outside closes old connections as it begins, and this test's is old: its transaction would end."""
    request_started.disconnect(close_old_connections)
    try:
        yield
    finally:
        request_started.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_an_error_is_told_without_keys_words_and_people(told: list[Any], coordinator: User) -> None:
    client = Client()
    client.force_login(coordinator)
    session = client.cookies["sessionid"].value
    asked = RequestFactory(headers={"User-Agent": "Firefox-of-Dinda", "Cookie": f"sessionid={session}"}).post(
        f"/p/choices/{KEY}/?why=secret-question", {"note": "secret-words"}
    )
    # As a server calls it: what was asked is noted there, and not where the test client comes in.
    statuses: list[str] = []

    def start(status: str, *_: Any) -> Any:
        statuses.append(status)

    with its_own_connection():
        get_wsgi_application()(asked.environ, start)
    assert statuses == ["500 Internal Server Error"]
    (event,) = told
    text = json.dumps(event)
    hidden = (KEY, "kirana@", "5550 1234", "secret-words", "secret-question", session, "Firefox-of-Dinda",
              "what-a-variable-holds", coordinator.email)  # fmt: skip
    assert [word for word in hidden if word in text] == []
    (error,) = event["exception"]["values"]
    assert (error["type"], error["value"]) == ("ValueError", "no mail to … or … at /p/choices/…/")
    assert error["stacktrace"]["frames"][-1]["function"] == "breaking"
    assert event["request"] == {"method": "POST", "url": "http://testserver/p/choices/…/"}
    assert event["environment"] == "production"
