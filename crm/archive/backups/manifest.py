"""What a backup says about itself: of which version, with which rows and files, and their checksums."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crm.archive.refusals import Refused
from crm.base.files.streams import copied

FORMAT, KIND = 1, "mitra-backup"
NAME, MEDIA, MEDIA_LIST = "manifest.json", "media", "media.jsonl"


@dataclass(frozen=True)
class KeptFile:
    """One file of the backup. `changed` is the time of its last change in nanoseconds: the next backup knows it by that."""

    name: str
    size: int
    changed: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """Written last: a folder without it is no backup."""

    version: str
    made_at: str
    vendor: str
    database: dict[str, Any]
    migrations: dict[str, str]
    rows: dict[str, int]
    media: dict[str, Any]
    run: int | None = None
    kind: str = KIND
    format: int = FORMAT

    @property
    def taken_at(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.made_at)

    def packed(self) -> bytes:
        return f"{json.dumps(asdict(self), indent=2, ensure_ascii=False)}\n".encode()


def read_manifest(folder: Path) -> Manifest:
    """Refused, in words, when the folder holds no backup of ours."""
    path = folder / NAME
    if not path.is_file():
        raise Refused(
            f"{folder} is no backup: there is no {NAME} in it. Name the folder that `manage.py backup` wrote."
        )
    try:
        said = json.loads(path.read_bytes())
        if said["kind"] != KIND:
            raise Refused(f"{path} is of another kind of file ({said['kind']}).")
        if said["format"] > FORMAT:
            raise Refused(f"The backup is of a newer Mitra ({said['version']}). Install that version first.")
        return Manifest(**said)
    except (ValueError, TypeError, KeyError, OSError) as error:
        raise Refused(f"{path} cannot be read: {error}") from None


def read_media(folder: Path) -> Iterator[KeptFile]:
    """The files a backup keeps, in order of their names; none when they stand in a bucket."""
    path = folder / MEDIA_LIST
    if path.is_file():
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield KeptFile(**json.loads(line))


def sum_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as kept:
        return copied(kept)[1]
