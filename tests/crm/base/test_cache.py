"""The throttle cache: nothing a page waits for when its server is away, and asked again a moment later."""

import socket
from collections.abc import Iterator

import pytest

from crm.base import cache
from crm.base.cache import FailOpenRedisCache

WAITS = {"OPTIONS": {"socket_timeout": 0.05, "socket_connect_timeout": 0.05}}


@pytest.fixture
def hole() -> Iterator[socket.socket]:
    """Takes every connection and never says a word."""
    cache._silent_until = 0.0
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server
    cache._silent_until = 0.0


def asked(hole: socket.socket) -> int:
    """How often somebody knocked since the last time."""
    count = 0
    while True:
        try:
            hole.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1


def test_a_silent_server_is_asked_once_and_then_left_alone_for_a_moment(hole: socket.socket) -> None:
    throttle = FailOpenRedisCache(f"redis://127.0.0.1:{hole.getsockname()[1]}/0", WAITS)
    assert (throttle.get("n", 7), throttle.add("n", 1), throttle.incr("n", 2)) == (7, True, 2)
    assert (throttle.get_many(["n"]), throttle.set_many({"n": 1}), throttle.has_key("n")) == ({}, ["n"], False)
    assert asked(hole) == 1
    cache._silent_until = 0.0
    assert throttle.get("n") is None
    assert asked(hole) == 1
