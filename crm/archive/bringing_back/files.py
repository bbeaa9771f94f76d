"""Putting kept files back where rows look for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import default_storage

from crm.archive.everything import media
from crm.archive.everything.boxes import Source
from crm.archive.everything.media import MediaFile
from crm.archive.refusals import Refused
from crm.base.files.streams import copied


@contextmanager
def put_back(source: Source) -> Iterator[int]:
    """Every file of the list, under its own name; how many. Taken away again when what is inside fails."""
    new: list[str] = []
    try:
        with source.read(media.LIST) as lines:
            there = [one for one in media.read(lines) if not one.is_missing]
        for one in there:
            if _write(source, one):
                new.append(one.name)
        yield len(there)
    except BaseException:
        for name in new:
            default_storage.delete(name)
        raise


def _write(source: Source, one: MediaFile) -> bool:
    """False when the very same file is there already. Refused when another one is in its place."""
    try:
        if default_storage.exists(one.name):
            with default_storage.open(one.name) as kept:
                if copied(kept) == (one.bytes, one.sha256):
                    return False
            raise Refused(f"Another file stands where {one.name} belongs. Empty the store of kept files first.")
        with source.read(f"{media.FOLDER}/{one.name}") as content:
            name = default_storage.save(one.name, _Sized(content, one))
    except SuspiciousFileOperation:
        raise Refused(f"{one.name} is no name for a kept file. Nothing was brought in.") from None
    except OSError as error:
        raise Refused(f"{one.name} cannot be kept: {error.strerror or error}. Nothing was brought in.") from error
    return _arrived(one, name)


def _arrived(one: MediaFile, name: str) -> bool:
    """Read again what was written."""
    with default_storage.open(name) as kept:
        same = copied(kept) == (one.bytes, one.sha256)
    if name != one.name or not same:
        default_storage.delete(name)
        raise Refused(f"{one.name} did not arrive whole in the store of kept files. Nothing was brought in.")
    return True


class _Sized(File):  # type: ignore[type-arg]
    """A stream that cannot tell its size by going to its end."""

    def __init__(self, content: IO[bytes], one: MediaFile) -> None:
        super().__init__(content, name=one.name)
        self.size = one.bytes or 0
