"""Where the files of an export lie: in one ZIP or in a folder, written and read the same way.

Nothing is ever unpacked to a path that stands in the file: members are read by the names the manifest gives them.
"""

import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from crm.archive.refusals import CANNOT_WRITE, Refused

PART = ".part"
QUICK = 3
"""Half the work of the usual level for a tenth more bytes."""


class Box(Protocol):
    """Somewhere to put files by name."""

    def put(self, name: str, *, packed: bool = True) -> IO[bytes]: ...


class Source(Protocol):
    """Somewhere to read files by name; Refused when one is not there."""

    def read(self, name: str) -> IO[bytes]: ...


class ZipBox:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def put(self, name: str, *, packed: bool = True) -> IO[bytes]:
        """A picture or a film is packed already."""
        entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        entry._compresslevel = QUICK  # type: ignore[attr-defined]  # no other way to say it for one entry before 3.13
        entry.external_attr = 0o600 << 16
        return self._archive.open(entry, "w", force_zip64=True)


class FolderBox:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, *, packed: bool = True) -> IO[bytes]:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return open(path, "wb", opener=_for_me_alone)


def _for_me_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextmanager
def new_box(target: Path) -> Iterator[Box]:
    """A ZIP when the name says so, else a folder. It gets its name only once it is whole; Refused when that is taken."""
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise Refused(f"{target} is there already. Choose a name that is free.")
    part = target.with_name(f"{target.name}{PART}")
    _away(part)
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        with _opened(part, zipped=target.suffix.lower() == ".zip") as box:
            yield box
        if target.is_dir():
            target.rmdir()
        part.rename(target)
    except OSError as error:
        raise Refused(CANNOT_WRITE, place=target, why=error.strerror or error) from error
    finally:
        _away(part)


@contextmanager
def _opened(part: Path, *, zipped: bool) -> Iterator[Box]:
    if not zipped:
        part.mkdir(mode=0o700)
        yield FolderBox(part)
        return
    with (
        open(part, "xb", opener=_for_me_alone) as raw,
        zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=QUICK) as archive,
    ):
        yield ZipBox(archive)


def _away(part: Path) -> None:
    if part.is_dir():
        shutil.rmtree(part)
    else:
        part.unlink(missing_ok=True)


class ZipSource:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def read(self, name: str) -> IO[bytes]:
        try:
            return self._archive.open(name)
        except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise Refused(f"{name} is missing from the file, or cannot be read. Export again.") from error


class FolderSource:
    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def read(self, name: str) -> IO[bytes]:
        path = (self._folder / name).resolve()
        if not path.is_relative_to(self._folder) or not path.is_file():
            raise Refused(f"{name} is missing from the folder. Copy all of it, or export again.")
        return path.open("rb")


@contextmanager
def open_box(path: Path) -> Iterator[Source]:
    """What `new_box` wrote. Refused when there is nothing to read."""
    if path.is_dir():
        yield FolderSource(path)
        return
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise Refused(f"There is no file {path}.") from None
    except (OSError, zipfile.BadZipFile):
        raise Refused(f"{path} is not a whole ZIP file. Copy it again, or export again.") from None
    with archive:
        yield ZipSource(archive)
