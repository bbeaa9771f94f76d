"""`export_all`: every table and every kept file into one ZIP or folder."""

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

from crm.archive.everything import describing, media, rows
from crm.archive.everything.boxes import Box, new_box
from crm.archive.everything.keys import last_given
from crm.archive.everything.snapshot import one_moment
from crm.archive.everything.tables import Table, carried

Told = Callable[[int, int], object]
"""Is told how far it is: rows and files written, of all."""

KEPT_IN_MEMORY = 16 * 1024 * 1024


@dataclass(frozen=True)
class Exported:
    """What came into the file; `missing` are kept files that were gone already."""

    tables: int
    rows: int
    files: int
    bytes: int
    missing: tuple[str, ...]


def nobody(done: int, of: int) -> None:
    """Who is told when nobody asked."""


@dataclass
class Progress:
    """Adds up what is written and passes it on."""

    told: Told
    of: int
    done: int = 0

    def add(self, number: int) -> None:
        self.done += number
        self.told(self.done, self.of)


def export_all(target: Path, *, now: dt.datetime, told: Told = nobody) -> Exported:
    """Write everything, as it was at one moment, while others go on working.

    Memory stays the same however many rows there are. Refused when the target cannot be written.
    """
    with new_box(target) as box:
        return _fill(box, now, told)


def _fill(box: Box, now: dt.datetime, told: Told) -> Exported:
    with one_moment():
        wanted = media.names()
        progress = Progress(told, sum(table.model._base_manager.count() for table in carried()) + len(wanted))
        tables = {table.label: _table(box, table, progress) for table in carried()}
        schema = describing.schema()
    summed, files = media.write(box, wanted, progress.add)
    there = [one for one in files if not one.is_missing]
    missing = tuple(one.name for one in files if one.is_missing)
    size = sum(one.bytes or 0 for one in there)
    said = {"files": len(there), "bytes": size, "missing": len(missing), "sha256_of_list": summed.sha256}
    for name, content in (
        (describing.SCHEMA, schema),
        (describing.README, describing.readme(list(tables), now=now)),
        (describing.MANIFEST, describing.manifest(tables, said, now=now)),
    ):
        with box.put(name) as to:
            to.write(content)
    return Exported(len(tables), sum(one["rows"] for one in tables.values()), len(there), size, missing)


def _table(box: Box, table: Table, progress: Progress) -> dict[str, Any]:
    """One table, and its twin for spreadsheets, which waits aside: a ZIP takes one file after the other."""
    with SpooledTemporaryFile(KEPT_IN_MEMORY) as twin:
        with box.put(path_of(table)) as to:
            came_to = rows.write(table, to, twin, progress.add)
        twin.seek(0)
        with box.put(f"csv/{table.stem}.csv") as sheet:
            shutil.copyfileobj(twin, sheet)
    return describing.table_says(table, came_to, last_given(table))


def path_of(table: Table) -> str:
    return f"tables/{table.stem}.jsonl"
