"""A service outside hears of good outcomes, and of nothing else."""

import datetime as dt
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import pytest
from pytest_django.fixtures import Settings

from crm.base.outcomes import Outcome, came_out
from crm.outbox.reasons import in_words
from crm.watch import heartbeats
from crm.watch.heartbeats import tell_all

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(minutes=1)


class Listening:
    """A service on this machine: what it was asked, and what it answers."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answer = 200
        listening = self

        class Ear(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                listening.asked.append(self.path)
                self.send_response(listening.answer)
                self.end_headers()

            def log_message(self, *args: Any) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Ear)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def outside() -> Iterator[Listening]:
    listening = Listening()
    thread = threading.Thread(target=listening.server.serve_forever, args=[0.01])
    thread.start()
    yield listening
    listening.server.shutdown()
    thread.join()
    listening.server.server_close()


def test_nothing_is_told_while_no_address_is_named() -> None:
    came_out("tick", NOW)
    assert dict(tell_all(lambda: NOW)) == {}


def test_each_good_outcome_is_told_once(outside: Listening, settings: Settings) -> None:
    settings.HEARTBEATS = {"tick": f"{outside.url}/clock", "backup": f"{outside.url}/backup"}
    came_out("tick", NOW)
    came_out("planner", NOW)
    assert dict(tell_all(lambda: NOW)) == {"told": 1}
    assert dict(tell_all(lambda: NOW)) == {}
    came_out("tick", LATER)
    tell_all(lambda: LATER)
    assert outside.asked == ["/clock", "/clock"]
    assert Outcome.objects.get(name="tick").heartbeat_at == LATER


def test_a_run_that_failed_is_not_told(outside: Listening, settings: Settings) -> None:
    settings.HEARTBEATS = {"backup": f"{outside.url}/backup"}
    came_out("backup", NOW)
    came_out("backup", LATER, why="The disk is full.")
    assert (dict(tell_all(lambda: LATER)), outside.asked) == ({}, [])


def test_a_service_that_says_no_is_asked_again_and_noted(outside: Listening, settings: Settings) -> None:
    settings.HEARTBEATS = {"tick": f"{outside.url}/secret-key"}
    outside.answer = 500
    came_out("tick", NOW)
    assert dict(tell_all(lambda: NOW)) == {"not heard": 1}
    row = Outcome.objects.get(name="tick")
    assert (row.heartbeat_at, in_words(row.heartbeat_trouble)) == (None, "It answered 500.")
    outside.answer = 200
    assert dict(tell_all(lambda: LATER)) == {"told": 1}
    row.refresh_from_db()
    assert (row.heartbeat_at, row.heartbeat_trouble) == (LATER, "")


def test_a_black_hole_is_given_up_and_never_raises(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeats, "TIMEOUT", httpx.Timeout(0.2))
    with socket.socket() as hole:
        hole.bind(("127.0.0.1", 0))
        hole.listen()  # takes the line and never says a word
        settings.HEARTBEATS = {"tick": f"http://127.0.0.1:{hole.getsockname()[1]}/secret-key"}
        came_out("tick", NOW)
        assert dict(tell_all(lambda: NOW)) == {"not heard": 1}
    assert Outcome.objects.get(name="tick").heartbeat_trouble == "No answer within 5 seconds."
    assert dict(tell_all(lambda: NOW)) == {"not heard": 1}
    assert in_words(Outcome.objects.get(name="tick").heartbeat_trouble) == "It cannot be reached (ConnectError)."
