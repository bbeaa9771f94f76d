"""Who was forgotten, kept outside the database: a backup from before would bring her back, and this says so.

A line holds a moment, her number and marks nobody can read an address from (`crm.privacy.marks`). Lines are only added.
"""

import datetime as dt
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from crm.privacy.marks import Mark

NAME = "forgotten.jsonl"


@dataclass(frozen=True)
class Line:
    """One erasure: when, under which numbers she was known, and her marks."""

    at: dt.datetime
    people: tuple[int, ...]
    marks: frozenset[Mark]


def place() -> Path:
    """Beside the backups of the nights, where there are any; else beside what this installation keeps on its disk."""
    return Path(settings.BACKUPS.folder or settings.VAR_DIR) / NAME


def note_beside(people: Iterable[int], marks: Iterable[Mark], at: dt.datetime) -> None:
    """Add a line, and see it on the disk."""
    path = place()
    path.parent.mkdir(parents=True, exist_ok=True)
    said = json.dumps({"at": at.isoformat(), "people": sorted(people), "marks": sorted(map(list, marks))})
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8") as lines:
        lines.write(f"{said}\n")
        lines.flush()
        os.fsync(lines.fileno())


def read_beside(paths: Iterable[Path]) -> list[Line]:
    """Every erasure these files know of, the earliest first. What a crash left of a line is passed over."""
    found = {line for path in set(paths) if path.is_file() for line in _lines(path)}
    return sorted(found, key=lambda line: (line.at, line.people))


def _lines(path: Path) -> Iterator[Line]:
    for said in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            words = json.loads(said)
            marks = frozenset((str(kind), str(digest)) for kind, digest in words["marks"])
            yield Line(dt.datetime.fromisoformat(words["at"]), tuple(words["people"]), marks)
        except (ValueError, KeyError, TypeError):
            continue
