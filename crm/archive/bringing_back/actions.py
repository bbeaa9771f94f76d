"""`import_all`: a file of everything into an empty installation, on either database, or nothing at all."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from crm.archive.bringing_back.checking import check, manifest_of
from crm.archive.bringing_back.files import put_back
from crm.archive.bringing_back.rows import empty, put
from crm.archive.everything.actions import path_of
from crm.archive.everything.boxes import Source, open_box
from crm.archive.everything.keys import go_on_after
from crm.archive.everything.rows import sum_of
from crm.archive.everything.tables import Table, carried
from crm.archive.refusals import Refused
from crm.archive.returning import pause_after_return

BROUGHT_IN = _("Everything was imported from a file. Look around first.")
Step = Callable[[str], object]
"""Is told what comes next."""


@dataclass(frozen=True)
class Came:
    """One table as it arrived: read from the database again, its rows have this checksum, the one of the file."""

    label: str
    rows: int
    sha256: str


@dataclass(frozen=True)
class Imported:
    """What is here now."""

    tables: tuple[Came, ...]
    files: int
    mitra: str
    made_at: str
    database: str

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.tables)


def import_all(path: Path, *, now: dt.datetime, step: Step = str) -> Imported:
    """Bring everything in, with the keys it had, and stop outgoing mail.

    Refused, with nothing written, when the file is not whole, not of this release, or somebody is here already. All
    guards stand while rows go in: what the file holds, the database has accepted once before.
    """
    with open_box(path) as source:
        step("Reading and checking the file")
        said = manifest_of(source)
        check(source, said)
        with put_back(source) as files, transaction.atomic():
            came = _rows(source, said, step)
            pause_after_return(BROUGHT_IN, now, copied_at=dt.datetime.fromisoformat(said["made_at"]))
    return Imported(came, files, str(said["mitra"]), str(said["made_at"]), str(said["database"]))


def _rows(source: Source, said: Mapping[str, Any], step: Step) -> tuple[Came, ...]:
    step("Writing rows")
    for table in carried():
        empty(table)
    for table in carried():
        put(table, source, path_of(table))
    _check_keys()
    for table in carried():
        if table.counts_up:
            go_on_after(table, int(said["tables"][table.label]["last_id"]))
    step("Reading them again")
    return tuple(_compared(table, said["tables"][table.label]) for table in carried())


def _check_keys() -> None:
    """Every row somebody points to is there. Foreign keys wait for the end of the transaction on both databases."""
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        else:
            connection.check_constraints()
    except IntegrityError as error:
        first = str(error).strip().split("\n")[0]
        raise Refused(f"A row points to one that is not in the file: {first}. Nothing was brought in.") from error


def _compared(table: Table, told: Mapping[str, Any]) -> Came:
    now = sum_of(table)
    if (now.rows, now.sha256) != (told["rows"], told["sha256"]):
        raise Refused(
            f"{table.label} reads differently here: {now.rows} rows of {told['rows']}, or another content. "
            "Nothing was brought in."
        )
    return Came(table.label, now.rows, now.sha256)
