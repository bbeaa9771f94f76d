"""Bringing a backup back into a throw-away database, to see that it can be: the only proof a backup has."""

import datetime as dt
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext_lazy as _

from crm.archive.backups.database import counted, migrations_of, restored_aside
from crm.archive.backups.manifest import MEDIA, MEDIA_LIST, Manifest, read_manifest, read_media, sum_of
from crm.archive.models import BackupRun
from crm.archive.refusals import Refused
from crm.base.outcomes import came_out
from crm.exclusivity import guard
from crm.outbox.reasons import reason
from crm.timeline import guards

OUTCOME = "backup-check"
NOT_AS_IT_WAS = _("The backup would not come back as it was: %(why)s")
SHOWN = 3


@dataclass(frozen=True)
class Seen:
    """One thing looked at: is it as it was, and in words how."""

    name: str
    is_well: bool
    said: str


def look_at(folder: Path) -> list[Seen]:
    """Everything a backup has to be to come back: as it was written, of this house's kind, whole. Refused if it is none."""
    manifest = read_manifest(folder)
    file = folder / str(manifest.database["file"])
    found = [_checksum(file, manifest), _kind(manifest), _version(manifest)]
    if all(one.is_well for one in found):
        found += _in_the_database(file, manifest)
    return [*found, _files(folder, manifest)]


def _checksum(file: Path, manifest: Manifest) -> Seen:
    if not file.is_file():
        return Seen("file", False, f"{file.name} is missing")
    is_same = sum_of(file) == manifest.database["sha256"]
    said = f"{file.stat().st_size / 1e6:.1f} MB, the checksum is the one that was written"
    return Seen("file", is_same, said if is_same else f"{file.name} has changed since it was written")


def _kind(manifest: Manifest) -> Seen:
    is_ours = manifest.vendor == connection.vendor
    other = f"of {manifest.vendor}, and this is {connection.vendor}: use export_all and import_all to move"
    return Seen("database", is_ours, manifest.vendor if is_ours else other)


def _version(manifest: Manifest) -> Seen:
    """Whether this code knows every step the rows have taken."""
    known = MigrationLoader(None).disk_migrations or {}
    strange = [f"{app}.{name}" for app, name in manifest.migrations.items() if (app, name) not in known]
    later = f"{manifest.version} is newer than this: install it first ({', '.join(strange[:SHOWN])} is not known here)"
    return Seen("version", not strange, later if strange else manifest.version)


def _in_the_database(file: Path, manifest: Manifest) -> Iterator[Seen]:
    with tempfile.TemporaryDirectory(prefix="mitra-look-") as workshop:
        try:
            with restored_aside(file, Path(workshop)) as line:
                yield Seen("brought back", True, "into a database of its own, gone afterwards")
                yield from (_whole(line), _steps(line, manifest), _rows(line, manifest), _guards(line))
        except (Refused, DatabaseError) as error:
            yield Seen("brought back", False, str(error).strip())


def _whole(line: BaseDatabaseWrapper) -> Seen:
    """SQLite looks at every page and every reference; PostgreSQL did so while it took the rows."""
    if line.vendor == "postgresql":
        with line.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_constraint WHERE NOT convalidated")
            open_ends = int(cursor.fetchone()[0])
        return Seen(
            "whole",
            not open_ends,
            f"{open_ends} constraints were not checked" if open_ends else "every reference leads somewhere",
        )
    with line.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        said = [row[0] for row in cursor.fetchmany(SHOWN)]
        cursor.execute("PRAGMA foreign_key_check")
        lost = {row[0] for row in cursor.fetchall()}
    if said != ["ok"]:
        return Seen("whole", False, "; ".join(said))
    return Seen(
        "whole",
        not lost,
        f"references lead nowhere in {', '.join(sorted(lost))}"
        if lost
        else "every page is whole, every reference leads somewhere",
    )


def _steps(line: BaseDatabaseWrapper, manifest: Manifest) -> Seen:
    is_same = migrations_of(line) == manifest.migrations
    ours = {app: manifest.migrations[app] for app in ("crm", "campaigns") if app in manifest.migrations}
    said = ", ".join(f"{app} {name.split('_')[0]}" for app, name in ours.items())
    return Seen("migrations", is_same, said if is_same else "are not the ones that were written down")


def _rows(line: BaseDatabaseWrapper, manifest: Manifest) -> Seen:
    there = counted(line, list(manifest.rows))
    other = [
        f"{table} has {there.get(table, 0)} of {rows}"
        for table, rows in manifest.rows.items()
        if there.get(table) != rows
    ]
    said = f"{sum(manifest.rows.values())} in {len(manifest.rows)} tables, as many as were counted"
    return Seen("rows", not other, "; ".join(other[:SHOWN]) if other else said)


def _guards(line: BaseDatabaseWrapper) -> Seen:
    """Ledgers and promises are guarded in the copy as well."""
    open_ = guards.missing(line)
    lost = [*open_[:SHOWN], *([] if guard.present(line) else ["exclusivity"])]
    return Seen("guards", not lost, f"missing on {', '.join(lost)}" if lost else "ledgers and promises are guarded")


def _files(folder: Path, manifest: Manifest) -> Seen:
    if manifest.media["store"]:
        return Seen("kept files", True, f"stand in {manifest.media['store']}, not in this backup")
    if (folder / MEDIA_LIST).is_file() is False or sum_of(folder / MEDIA_LIST) != manifest.media["sha256"]:
        return Seen("kept files", False, f"{MEDIA_LIST} has changed since it was written")
    wrong = [one.name for one in read_media(folder) if not _is_same(folder / MEDIA / one.name, one.sha256)]
    said = f"{len(wrong)} are missing or changed: {', '.join(wrong[:SHOWN])}"
    return Seen("kept files", not wrong, said if wrong else f"{manifest.media['files']}, each as it was")


def _is_same(path: Path, sha256: str) -> bool:
    return path.is_file() and sum_of(path) == sha256


def trouble_of(found: list[Seen]) -> str:
    """What was wrong, in one line; empty when nothing was."""
    return "; ".join(f"{one.name}: {one.said}" for one in found if not one.is_well)


def look_again(run: BackupRun, folder: Path, now: dt.datetime) -> list[Seen]:
    """Look, and keep on the row what was seen. Refused when it would not come back."""
    try:
        found = look_at(folder)
        trouble = trouble_of(found)
    except Refused as refused:
        found, trouble = [], str(refused)
    run.note_look(now, trouble)
    came_out(OUTCOME, now, why=reason(NOT_AS_IT_WAS, why=trouble) if trouble else "", place=str(folder))
    if trouble:
        raise Refused(f"The backup {folder.name} would not come back as it was. {trouble}")
    return found
