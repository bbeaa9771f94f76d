"""Who guesses is stopped, nobody else is, and a throttle that cannot count lets people in and says so."""

import datetime as dt
import re
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from crm.outbox.models import Email
from crm.team.models import User
from tests.factories import UserFactory
from tests.lines import written_lines

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 3, 9, 3, 0, tzinfo=dt.UTC)
PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def _no_earlier_tries() -> None:
    cache.clear()


def sign_in(email: str, password: str = PASSWORD, **browser: Any) -> Any:
    return Client(**browser).post(reverse("account_login"), {"login": email, "password": password})


def with_codes(user: User) -> str:
    """A second step, and a code that opens it."""
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    return str(RecoveryCodes.activate(user).get_unused_codes()[0])


def at_second_step(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def test_guessing_one_address_locks_nobody_else_out(coordinator: User) -> None:
    other = UserFactory(email="raka@mitra.example")
    for _ in range(5):
        assert sign_in(coordinator.email, "wrong").status_code == 200
    assert "Too many tries. Try again in 5 minutes." in sign_in(coordinator.email).content.decode()
    assert sign_in(other.email).status_code == 302


def test_how_long_to_wait_is_said_alike_for_known_and_unknown_and_counts_down(coordinator: User) -> None:
    asking = {coordinator.email: "192.0.2.1", "nobody@mitra.example": "192.0.2.2"}

    def refusal(email: str) -> str:
        answer = sign_in(email, "wrong", REMOTE_ADDR=asking[email])
        found = re.search(r"Too many tries[^<]*", answer.content.decode())
        return found[0] if found else ""

    with time_machine.travel(AT, tick=False) as clock:
        said = {email: [refusal(email) for _ in range(6)] for email in asking}
        clock.shift(dt.timedelta(minutes=2, seconds=30))
        later = {email: refusal(email) for email in asking}
        clock.shift(dt.timedelta(minutes=2, seconds=30))
        assert sign_in(coordinator.email).status_code == 302
    assert list(said.values()) == [[""] * 5 + ["Too many tries. Try again in 5 minutes."]] * 2
    assert list(later.values()) == ["Too many tries. Try again in 3 minutes."] * 2


def test_guessing_codes_stops_for_her_alone_and_from_every_browser(coordinator: User) -> None:
    other = UserFactory(email="raka@mitra.example")
    unused = {user: with_codes(user) for user in (coordinator, other)}
    browsers = [at_second_step(coordinator) for _ in range(2)]
    for _ in range(5):
        browsers[0].post(reverse("mfa_authenticate"), {"code": "000000"})
    for browser in browsers:
        answer = browser.post(reverse("mfa_authenticate"), {"code": unused[coordinator]})
        assert "Too many tries. Try again in 5 minutes." in answer.content.decode()
        assert browser.get("/profile/").status_code == 302
    hers = at_second_step(other)
    hers.post(reverse("mfa_authenticate"), {"code": unused[other]})
    assert hers.get("/profile/").status_code == 200


def test_new_passwords_are_not_asked_for_without_end(coordinator: User) -> None:
    ask = reverse("account_reset_password")
    answers = [Client().post(ask, {"email": coordinator.email}) for _ in range(8)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429] * 3
    assert "Wait a minute, then try again." in answers[-1].content.decode()
    assert Email.objects.count() <= 5
    other = UserFactory(email="raka@mitra.example")
    assert Client().post(ask, {"email": other.email}).status_code == 302


@pytest.fixture
def silent() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(50)
        yield listener.getsockname()[1]


def test_a_throttle_whose_cache_went_silent_lets_people_in_and_says_so(
    coordinator: User, settings: Settings, silent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm.base.cache._silent_until", 0.0)
    settings.CACHES = {
        "default": {
            "BACKEND": "crm.base.cache.FailOpenRedisCache",
            "LOCATION": f"redis://127.0.0.1:{silent}/0",
            "OPTIONS": {"socket_timeout": 0.2, "socket_connect_timeout": 0.2},
        }
    }
    begun = time.monotonic()
    with written_lines() as lines:
        answer = sign_in(coordinator.email)
    print(f"signed in without a throttle after {time.monotonic() - begun:.2f} s")
    assert answer.status_code == 302
    assert "cache_unreachable" in {event["event"] for event in lines.events(level="warning")}
