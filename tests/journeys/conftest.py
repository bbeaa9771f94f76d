"""Journeys use the same Chromium as the browser tests, and a mail server on a real socket."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import answers, browser, open_page, violations
from tests.chaos.sink import Sink

__all__ = ["answers", "browser", "open_page", "violations"]


@pytest.fixture
def post_office(settings: Any) -> Iterator[Sink]:
    """What leaves arrives here."""
    with Sink() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running.port, 5
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield running
