"""Against a strict SMTP server as found in the wild, not one of our own making."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from crm.config.serving.sink import free_port
from crm.outbox.compose import enqueue
from crm.outbox.delivery import send_due
from crm.outbox.models import Email
from tests.factories import ContactFactory

pytestmark = pytest.mark.django_db


class Keeper:
    def __init__(self) -> None:
        self.subjects: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        import email

        self.subjects.append(str(email.message_from_bytes(envelope.content)["Subject"]))
        return "250 kept"


@pytest.fixture
def keeper(settings: Any) -> Iterator[Keeper]:
    found = Keeper()
    port = free_port()
    server = Controller(found, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield found
    server.stop()


def test_two_messages_leave_over_one_connection_to_a_server_that_wants_to_be_greeted(
    keeper: Keeper, organisation: object, now: dt.datetime
) -> None:
    for number in (1, 2):
        enqueue("test_mail", to=ContactFactory(), key=f"test/{number}", at=now, context={})
    assert send_due(lambda: now) == {"sent": 2}
    assert len(keeper.subjects) == 2
    assert list(Email.objects.values_list("state", "attempts")) == [("sent", 1), ("sent", 1)]
