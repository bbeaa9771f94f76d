"""The demo's post office: an SMTP server on loopback that delivers every message into a folder."""

import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LOOPBACK = "127.0.0.1"


class Letterbox:
    """Keeps each message as one .eml file; the name sorts by arrival."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        name = f"{time.time_ns():020d}"
        unfinished = self.folder / f"{name}.part"
        unfinished.write_bytes(envelope.content)
        unfinished.rename(self.folder / f"{name}.eml")
        return "250 Kept in the mailbox"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def letterbox(folder: Path) -> Iterator[str]:
    """An `EMAIL_URL` whose messages land in the folder for as long as the block runs."""
    from aiosmtpd.controller import Controller

    post = Controller(Letterbox(folder), hostname=LOOPBACK, port=free_port(), data_size_limit=25 * 1024 * 1024)
    post.start()
    try:
        yield f"smtp://{LOOPBACK}:{post.port}"
    finally:
        post.stop()
