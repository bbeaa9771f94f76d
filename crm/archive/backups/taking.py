"""Taking a backup and saying so: a row of its own, also when it failed, and the word how it came out."""

import datetime as dt
import subprocess
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from crm.archive.backups.writing import Backup, write_backup
from crm.archive.models import BackupRun
from crm.archive.refusals import Refused
from crm.base.outcomes import came_out

Clock = Callable[[], dt.datetime]
OUTCOME = "backup"
LONGEST_AFTER = 60 * 60  # seconds
FAILED_AFTER = _("The backup is written. The command after it failed (%(code)s): %(answer)s")
ENDLESS_AFTER = _("The backup is written. The command after it did not end within an hour.")
NO_AFTER = _("The backup is written. The command after it cannot be run: %(why)s (%(command)s)")


def take(run: BackupRun, folder: Path, clock: Clock) -> Backup:
    """Write the backup this row stands for. Refused, in words, once the row and the outcome have it."""
    try:
        backup = write_backup(folder, run.started_at, run=run.pk)
    except Refused as refused:
        _note(run, refused, clock())
        raise
    except Exception as error:
        broken = Refused(f"{type(error).__name__}: {error}")
        _note(run, broken, clock())
        raise broken from error
    counted = {"rows": sum(backup.manifest.rows.values()), "files": int(backup.manifest.media["files"])}
    run.finish(str(backup.folder), backup.size, backup.sha256, at=clock(), **counted)
    return backup


def _note(run: BackupRun, refused: Refused, now: dt.datetime) -> None:
    run.fail(refused.stored)
    came_out(OUTCOME, now, why=refused.stored)


def hand_on(backup: Backup, now: dt.datetime) -> None:
    """Run the house's own command with the new folder, to lock it away or take it elsewhere; then say how all came out."""
    refused = after(backup.folder)
    came_out(OUTCOME, now, why=refused.stored if refused else "", size=backup.size, place=str(backup.folder))
    if refused:
        raise refused


def after(folder: Path) -> Refused | None:
    """BACKUP_AFTER with the folder in place of {}, without a shell. None when it went well, else why not."""
    words = settings.BACKUPS.after
    if not words:
        return None
    argv = [word.replace("{}", str(folder)) for word in words]
    try:
        subprocess.run(argv, check=True, capture_output=True, timeout=LONGEST_AFTER, stdin=subprocess.DEVNULL)
    except subprocess.CalledProcessError as error:
        last = error.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["it said nothing"]
        return Refused(FAILED_AFTER, code=error.returncode, answer=last[0][:1000])
    except subprocess.TimeoutExpired:
        return Refused(ENDLESS_AFTER)
    except OSError as error:
        return Refused(NO_AFTER, why=error.strerror, command=argv[0])
    return None
