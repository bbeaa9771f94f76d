"""A real SMTP server on a real socket, and messages that are due."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from crm.outbox import late
from crm.outbox.compose import compose, insert_once
from crm.outbox.models import Contact, Email
from tests.chaos.sink import Sink
from tests.factories import ContactFactory

LINK = {"greeting": "Kak Kirana", "brand": "Lumi Skincare", "owner": "Dinda"}


@pytest.fixture(autouse=True)
def _page_link(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page's link as a late field whose secret is easy to find."""
    monkeypatch.setattr(late.late_field, "_placed", {})
    late.late_field("page")(lambda email, params: f"https://mitra.example/p/secret-{email.pk}")


@pytest.fixture
def kirana(db: None) -> Contact:
    return ContactFactory(name="Kirana Larasati", email="kirana@contoh.example")


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    with Sink() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = False, False
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "", ""
        settings.EMAIL_TIMEOUT = 1
        yield running


@pytest.fixture
def ask(now: dt.datetime) -> Callable[..., Email]:
    """Put a message that is due into the outbox: `ask(contact, key="a", doubt="hold")`."""

    def put(to: Contact, key: str = "a", **changes: Any) -> Email:
        details = {"context": LINK, "from_name": "Dinda, Lumi Skincare", "reply_to": "dinda@mitra.example", **changes}
        return insert_once(compose("portal_link", to=to, key=key, at=now, **details))

    return put
