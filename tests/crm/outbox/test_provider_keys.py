"""A provider that knows a message again by its key: doubt is settled by asking once more, as long as it remembers."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from crm.outbox.delivery import send_due
from crm.outbox.models import Contact, Email
from tests.chaos.sink import Sink

Ask = Callable[..., Email]
pytestmark = pytest.mark.usefixtures("organisation")


@pytest.fixture
def provider(sink: Sink, settings: Any) -> Sink:
    settings.EMAIL_KEYS_KEPT_HOURS = 24
    sink._keys = set()
    return sink


def send(now: dt.datetime) -> dict[str, int]:
    return dict(send_due(lambda: now))


def minutes(count: int) -> dt.timedelta:
    return dt.timedelta(minutes=count)


@pytest.mark.parametrize("policy", ["resend", "hold"])
def test_an_answer_that_never_came_is_asked_for_again_and_nothing_arrives_twice(
    policy: str, provider: Sink, kirana: Contact, ask: Ask, now: dt.datetime
) -> None:
    email = ask(kirana, doubt=policy)
    provider.faults.extend(["drop-after-data", "hang-after-data"])
    assert send(now) == {"in doubt": 1}
    assert send(now + minutes(1)) == {"sent": 1}  # known already: the provider says so at once
    email.refresh_from_db()
    assert (email.state, email.may_be_twice, email.attempts, len(provider.accepted)) == ("sent", False, 2, 1)


def test_once_the_provider_may_have_forgotten_it_the_message_says_that_it_may_arrive_twice(
    provider: Sink, kirana: Contact, ask: Ask, now: dt.datetime
) -> None:
    email = ask(kirana)
    provider.faults.append("drop-after-data")
    send(now)
    assert send(now + dt.timedelta(hours=24)) == {"in doubt": 1, "sent": 1}
    email.refresh_from_db()
    assert (email.state, email.may_be_twice) == ("sent", True)


def test_once_the_provider_may_have_forgotten_it_a_person_decides_where_that_is_the_policy(
    provider: Sink, kirana: Contact, ask: Ask, now: dt.datetime
) -> None:
    email = ask(kirana, doubt="hold")
    provider.faults.append("drop-after-data")
    send(now)
    assert send(now + dt.timedelta(hours=24)) == {"in doubt": 1}
    email.refresh_from_db()
    assert (email.state, email.may_be_twice, len(provider.accepted)) == ("unknown", False, 1)


def test_a_message_in_doubt_that_is_refused_for_too_long_never_counts_as_certainly_not_delivered(
    provider: Sink, kirana: Contact, ask: Ask, now: dt.datetime
) -> None:
    email = ask(kirana, doubt="hold")
    provider.faults.append("drop-after-data")
    send(now)
    Email.objects.update(attempts=7)
    provider.faults.append("451")
    assert send(now + minutes(1)) == {"in doubt": 1}
    email.refresh_from_db()
    assert (email.state, email.attempts) == ("unknown", 8)


def test_the_key_stands_in_the_header_the_provider_asks_for_and_is_the_same_each_time(
    provider: Sink, settings: Any, kirana: Contact, ask: Ask, now: dt.datetime
) -> None:
    settings.EMAIL_KEY_HEADER, settings.EMAIL_KEYS_KEPT_HOURS = "X-Provider-Key", 0
    provider._keys = None
    email = ask(kirana)
    provider.faults.append("drop-after-data")
    send(now)
    send(now + minutes(1))
    keys = [message["X-Provider-Key"] for message in provider.messages]
    assert keys == [email.message_id.strip("<>")] * 2
