"""The files rows speak of, from wherever they are kept: a folder of this machine or a bucket."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import IO, Any

from django.core.files.storage import default_storage
from django.db import models

from crm.archive.everything.boxes import Box
from crm.archive.everything.rows import Summed, Written
from crm.archive.everything.tables import carried
from crm.base.files.streams import copied

FOLDER = "media"
LIST = "media.jsonl"


@dataclass(frozen=True)
class MediaFile:
    """One kept file. A file its row speaks of and that was gone already is told with its bytes unknown."""

    name: str
    bytes: int | None
    sha256: str

    @property
    def is_missing(self) -> bool:
        return self.bytes is None


def names() -> list[str]:
    """Every file a row speaks of, each once, in order."""
    found: set[str] = set()
    for table in carried():
        for column in table.columns:
            if isinstance(column.field, models.FileField):
                rows = table.model._base_manager.exclude(**{column.name: ""}).exclude(**{column.name: None})
                found.update(rows.values_list(column.name, flat=True))
    return sorted(found)


def write(box: Box, wanted: Iterable[str], told: Callable[[int], object]) -> tuple[Written, list[MediaFile]]:
    """All files into the box, then their list; what the list came to, and the files."""
    files = []
    for name in wanted:
        files.append(_write_one(box, name))
        told(1)
    with box.put(LIST) as to:
        summed = Summed(to)
        for one in files:
            summed.add(_line(asdict(one)), 1)
    return summed.written, files


def _write_one(box: Box, name: str) -> MediaFile:
    try:
        kept = default_storage.open(name)
    except OSError:
        return MediaFile(name, None, "")
    with kept, box.put(f"{FOLDER}/{name}", packed=False) as to:
        return MediaFile(name, *copied(kept, to))


def _line(one: dict[str, Any]) -> bytes:
    return f"{json.dumps(one, ensure_ascii=False)}\n".encode()


def read(lines: IO[bytes]) -> Iterator[MediaFile]:
    """The files a list speaks of."""
    for line in lines:
        yield MediaFile(**json.loads(line))
