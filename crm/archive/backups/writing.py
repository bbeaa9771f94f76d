"""One backup is one folder: database, files, manifest. It gets its name once it is whole, and on the disk."""

import datetime as dt
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext_lazy as _

from crm.archive.backups.database import copy_into
from crm.archive.backups.manifest import NAME, Manifest, sum_of
from crm.archive.backups.media import Copying, flush, for_me_alone
from crm.archive.refusals import CANNOT_WRITE, Refused
from crm.base.release import VERSION

PREFIX, PART = "mitra-", ".part"
DEAD_AFTER = dt.timedelta(days=1)
NO_FOLDER = _("%(place)s cannot be a folder for backups: %(why)s.")
AMONG_FILES = _("%(place)s is among the kept files: backups would hold themselves. Choose another folder.")


@dataclass(frozen=True)
class Backup:
    """A backup that is there."""

    folder: Path
    manifest: Manifest

    @property
    def size(self) -> int:
        """Bytes of the database and of all its files, shared ones as well."""
        return int(self.manifest.database["bytes"]) + int(self.manifest.media["bytes"])

    @property
    def sha256(self) -> str:
        return sum_of(self.folder / NAME)


def write_backup(folder: Path, now: dt.datetime, *, run: int | None = None) -> Backup:
    """Write a new one into the folder, from one moment of the database, while everything runs. Refused in words."""
    _look_at(folder, now)
    name = f"{PREFIX}{now.astimezone(dt.UTC):%Y%m%d-%H%M%S}"
    part, target = folder / f".{name}-{os.getpid()}{PART}", folder / name
    if target.exists():
        raise Refused(_("%(place)s is there already."), place=target)
    try:
        part.mkdir(mode=0o700)
        manifest = _fill(part, newest_in(folder), now, run)
        part.rename(target)
        settle(folder)
    except OSError as error:
        raise Refused(CANNOT_WRITE, place=target, why=error.strerror or error) from None
    except DatabaseError as error:
        raise Refused(_("The database could not be copied: %(why)s"), why=str(error).strip()) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Backup(target, manifest)


def _fill(part: Path, before: Path | None, now: dt.datetime, run: int | None) -> Manifest:
    """The database first: a file its rows speak of was there at that moment and is copied after it."""
    copy = copy_into(part)
    copy.path.chmod(0o600)
    settle(copy.path)
    database = {"file": copy.path.name, "bytes": copy.path.stat().st_size, "sha256": sum_of(copy.path)}
    media = Copying(part, before).run()
    made_at = now.astimezone(dt.UTC).isoformat()
    manifest = Manifest(
        VERSION, made_at, connection.vendor, database, copy.migrations, copy.rows, media, run
    )  # fmt: skip
    with open(part / NAME, "wb", opener=for_me_alone) as to:
        to.write(manifest.packed())
        flush(to.fileno(), to)
    settle(part)
    return manifest


def _look_at(folder: Path, now: dt.datetime) -> None:
    """The folder is there, ours, and no part of what is copied; what a killed backup left in it goes."""
    media = Path(settings.MEDIA_ROOT).resolve()
    if folder.resolve() == media or media in folder.resolve().parents:
        raise Refused(AMONG_FILES, place=folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        left = [path for path in folder.glob(f".{PREFIX}*{PART}") if _is_dead(path, now)]
    except OSError as error:
        raise Refused(NO_FOLDER, place=folder, why=error.strerror) from None
    for path in left:
        shutil.rmtree(path, ignore_errors=True)


def _is_dead(part: Path, now: dt.datetime) -> bool:
    """Nobody works on it any more. Its process may be one of another machine, so only its age tells."""
    return now.timestamp() - part.stat().st_mtime > DEAD_AFTER.total_seconds()


def newest_in(folder: Path) -> Path | None:
    """The last whole backup of a folder."""
    return max((path.parent for path in folder.glob(f"{PREFIX}*/{NAME}")), default=None)


def settle(path: Path) -> None:
    """Have the disk keep it: a name that is only in memory is gone after a power cut."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def remove(folder: Path) -> None:
    """A backup that is no longer kept: without its manifest first, so that half of one is none."""
    (folder / NAME).unlink(missing_ok=True)
    shutil.rmtree(folder)
