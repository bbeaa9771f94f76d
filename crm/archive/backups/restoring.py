"""Bringing a backup back for good: looked at first, beside what is there, and only then in its place.

Until the last step nothing of the present house has changed. What was there stays, under another name.
"""

import datetime as dt
import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from crm.archive.backups.database import LENIENT, at_server, beside, call, create, drop
from crm.archive.backups.looking import Seen, look_at, trouble_of
from crm.archive.backups.manifest import MEDIA, Manifest, read_manifest, read_media, sum_of
from crm.archive.backups.media import put_on_disk
from crm.archive.backups.writing import settle
from crm.archive.models import BackupRun
from crm.archive.refusals import Refused
from crm.archive.returning import pause_after_return
from crm.privacy.beside import NAME, place, read_beside
from crm.privacy.returning import ForgottenAgain, forget_again

Prepare = Callable[[], object]
SIDECARS = ("-wal", "-shm")


@dataclass(frozen=True)
class Restored:
    """What came back, and where that is what was there before."""

    manifest: Manifest
    seen: list[Seen]
    aside: str
    files: int
    forgotten: ForgottenAgain


def restore(folder: Path, now: dt.datetime, prepare: Prepare) -> Restored:
    """Put the backup in place of what is there; `prepare` brings it up to this version. Refused before anything changed.

    Nobody else may have the database open: `others_at_work` says who has.
    """
    manifest = read_manifest(folder)
    seen = look_at(folder)
    if trouble := trouble_of(seen):
        raise Refused(f"The backup would not come back as it was; nothing was changed. {trouble}")
    aside = _in_place(folder / str(manifest.database["file"]), now)
    files = _files_back(folder, manifest)
    prepare()
    _remember(folder, manifest, now)
    forgotten = forget_again(read_beside([folder.parent / NAME, place()]), now)
    return Restored(manifest, seen, aside, files, forgotten)


def others_at_work() -> str:
    """Who has the database open, in words; empty when nobody has."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            open_lines = int(cursor.fetchone()[0])
        return f"{open_lines} connections to the database are open" if open_lines else ""
    path = Path(str(connection.settings_dict["NAME"]))
    if not path.exists():
        return ""
    connection.close()
    with closing(beside(str(path), timeout=1)) as line, line.cursor() as cursor:
        try:
            cursor.execute("PRAGMA journal_mode=DELETE")  # only who is alone may leave the WAL
            alone = cursor.fetchone()[0] == "delete"
        except Exception:
            alone = False
    return "" if alone else "another process has the database open"


def _in_place(file: Path, now: dt.datetime) -> str:
    connection.close()
    return _swap_databases(file, now) if connection.vendor == "postgresql" else _swap_files(file, now)


def _swap_files(file: Path, now: dt.datetime) -> str:
    path = Path(str(connection.settings_dict["NAME"]))
    path.parent.mkdir(parents=True, exist_ok=True)
    coming, aside = path.with_name(f"{path.name}.coming"), path.with_name(f"{path.name}.before_{stamp(now)}")
    copied_to(file, coming)
    with closing(beside(str(coming), timeout=20)) as line:
        _stop_mail(line, now)
    if path.exists():
        for end in ("", *SIDECARS):
            if path.with_name(path.name + end).exists():
                path.with_name(path.name + end).replace(aside.with_name(aside.name + end))
    coming.replace(path)
    settle(path.parent)
    return str(aside) if aside.exists() else ""


def stamp(now: dt.datetime) -> str:
    return f"{now.astimezone(dt.UTC):%Y%m%d_%H%M%S}"


def copied_to(file: Path, target: Path) -> None:
    """The same bytes, on the disk."""
    target.unlink(missing_ok=True)
    put_on_disk(file, target)


def _swap_databases(file: Path, now: dt.datetime) -> str:
    """The backup comes up beside ours; names change hands only once it is whole."""
    name = str(connection.settings_dict["NAME"])
    coming, aside = f"mitra_coming_{stamp(now)}", f"{name}_before_{stamp(now)}"
    create(coming)
    try:
        with closing(beside(coming)) as line:
            call("pg_restore", ["--exit-on-error", *LENIENT, str(file)], line.settings_dict)
            _stop_mail(line, now)
        connection.close()
        quote = connection.ops.quote_name
        at_server(f"ALTER DATABASE {quote(name)} RENAME TO {quote(aside)}")
        at_server(f"ALTER DATABASE {quote(coming)} RENAME TO {quote(name)}")
    except BaseException:
        drop(coming)
        raise
    return aside


def _stop_mail(line: BaseDatabaseWrapper, now: dt.datetime) -> None:
    """Before anybody could start anything: a restore that is broken off later must not let mail go either."""
    with line.cursor() as cursor:
        statement = "UPDATE crm_organisation SET mail_paused_at = %s, mail_paused_why = %s"
        cursor.execute(statement, [line.ops.adapt_datetimefield_value(now), "The house came back from a backup."])


def _files_back(folder: Path, manifest: Manifest) -> int:
    """Kept files that are missing or changed come back; what is there beyond them stays."""
    if manifest.media["store"] or settings.MEDIA_STORE:
        return 0
    brought = 0
    for one in read_media(folder):
        target = Path(settings.MEDIA_ROOT) / one.name
        if target.is_file() and target.stat().st_size == one.size and sum_of(target) == one.sha256:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.part")
        copied_to(folder / MEDIA / one.name, part)
        os.utime(part, ns=(one.changed, one.changed))
        part.replace(target)
        brought += 1
    return brought


def _remember(folder: Path, manifest: Manifest, now: dt.datetime) -> None:
    """Mail waits for the owner, and the rows about backups, as old as the backup, learn what became of it."""
    if manifest.run is not None:
        for run in BackupRun.objects.filter(pk=manifest.run, finished_at__isnull=True):
            size = int(manifest.database["bytes"]) + int(manifest.media["bytes"])
            run.finish(str(folder), size, "", at=manifest.taken_at, rows=sum(manifest.rows.values()))
            run.note_look(now)
    pause_after_return(
        _("The house came back from the backup of %(when)s. Look around first, then let mail go on."),
        now,
        copied_at=manifest.taken_at,
        params={"when": f"{manifest.taken_at:%Y-%m-%d %H:%M} UTC"},
    )
