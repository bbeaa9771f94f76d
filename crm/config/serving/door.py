"""The listening socket of `manage.py serve`: opened before anything else, held as long as it runs.

Preparing takes a while; a port that was only found free could be another house's by then, and a first look whether we
are ready would be answered by that one. Who knocks before the web server is up, or while it starts again, waits.
"""

import contextlib
import socket

FIRST_PORT, PORTS = 8000, 50


def listening(host: str, port: int) -> socket.socket | None:
    """A socket that listens there, or None where another program does."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    with contextlib.suppress(OSError):
        door.bind((host, port))
        door.listen()
        return door
    door.close()
    return None


def opened(host: str, wanted: int | None) -> tuple[int, int]:
    """Port and descriptor: of the port asked for, or of the first free one from 8000 on. It outlives `execv`."""
    candidates = [wanted] if wanted is not None else range(FIRST_PORT, FIRST_PORT + PORTS)
    door = next((door for port in candidates if (door := listening(host, port)) is not None), None)
    if door is None and wanted is not None:
        raise SystemExit(f"Port {wanted} is taken by another program. Choose another one with --port.")
    if door is None:
        raise SystemExit(f"No free port between {FIRST_PORT} and {FIRST_PORT + PORTS - 1}. Choose one with --port.")
    door.set_inheritable(True)
    port = door.getsockname()[1]
    return port, door.detach()
