"""Files while they come: one file on this machine's disk for each upload, grown piece by piece."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "parts"


def path_of(part: str) -> Path:
    """Where a part stands; its name is random and made by us."""
    return folder() / part


def size_of(part: str) -> int:
    """How many bytes are there; nought when somebody swept them away."""
    place = path_of(part)
    return place.stat().st_size if place.exists() else 0


def write_at(part: str, offset: int, piece: bytes) -> None:
    """Add a piece. What stood behind the offset, left by a write that was cut off, is overwritten and cut away."""
    folder().mkdir(parents=True, exist_ok=True)
    number = os.open(path_of(part), os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(number, "r+b") as file:
        file.seek(offset)
        file.write(piece)
        file.truncate()


def opened(part: str) -> IO[bytes]:
    return path_of(part).open("r+b")


def remove(part: str) -> None:
    path_of(part).unlink(missing_ok=True)


def older_than(instant: float) -> Iterator[str]:
    """Names of parts nobody has written to since; `instant` in seconds since 1970."""
    if folder().exists():
        yield from (place.name for place in sorted(folder().iterdir()) if place.stat().st_mtime < instant)
