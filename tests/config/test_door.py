"""The socket of `manage.py serve`, held from before anything is prepared."""

import os
import socket
from collections.abc import Callable, Iterator

import pytest

from crm.config.serving.door import FIRST_PORT, PORTS, opened
from crm.config.serving.sink import free_port

HERE = "127.0.0.1"


@pytest.fixture
def open_one() -> Iterator[Callable[[int | None], int]]:
    """Opens a door; closed again afterwards."""
    held: list[int] = []

    def begin(wanted: int | None = None) -> int:
        port, door = opened(HERE, wanted)
        held.append(door)
        return port

    yield begin
    for door in held:
        os.close(door)


def test_two_houses_that_start_at_once_have_two_ports(open_one: Callable[..., int]) -> None:
    first, second = open_one(), open_one()
    assert FIRST_PORT <= first < second < FIRST_PORT + PORTS


def test_who_knocks_before_the_web_server_is_up_waits(open_one: Callable[..., int]) -> None:
    port = open_one(free_port())
    with socket.create_connection((HERE, port), timeout=5) as guest:
        guest.settimeout(0.2)
        with pytest.raises(TimeoutError):
            guest.recv(1)


def test_a_port_that_is_asked_for_and_taken_is_refused_with_a_way_out(open_one: Callable[..., int]) -> None:
    port = open_one(free_port())
    with pytest.raises(SystemExit, match=f"Port {port} is taken by another program. Choose another one with --port."):
        opened(HERE, port)


def test_it_is_handed_on_to_the_next_program() -> None:
    _port, door = opened(HERE, free_port())
    assert os.get_inheritable(door)
    os.close(door)
