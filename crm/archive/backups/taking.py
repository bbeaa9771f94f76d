"""Taking a backup and saying so: a row of its own, also when it failed, and the word how it came out."""

import datetime as dt
import subprocess
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from crm.archive.backups.writing import Backup, write_backup
from crm.archive.models import BackupRun
from crm.archive.refusals import Refused
from crm.base.outcomes import came_out

Clock = Callable[[], dt.datetime]
OUTCOME = "backup"
LONGEST_AFTER = 60 * 60  # seconds


def take(run: BackupRun, folder: Path, clock: Clock) -> Backup:
    """Write the backup this row stands for. Refused, in words, once the row and the outcome have it."""
    try:
        backup = write_backup(folder, run.started_at, run=run.pk)
    except Exception as error:
        why = str(error) if isinstance(error, Refused) else f"{type(error).__name__}: {error}"
        run.fail(why)
        came_out(OUTCOME, clock(), why=why)
        raise Refused(why) from error
    counted = {"rows": sum(backup.manifest.rows.values()), "files": int(backup.manifest.media["files"])}
    run.finish(str(backup.folder), backup.size, backup.sha256, at=clock(), **counted)
    return backup


def hand_on(backup: Backup, now: dt.datetime) -> None:
    """Run the house's own command with the new folder, to lock it away or take it elsewhere; then say how all came out."""
    why = after(backup.folder)
    came_out(OUTCOME, now, why=why, size=backup.size, place=str(backup.folder))
    if why:
        raise Refused(why)


def after(folder: Path) -> str:
    """BACKUP_AFTER with the folder in place of {}, without a shell. Empty when it went well, else why not."""
    words = settings.BACKUPS.after
    if not words:
        return ""
    argv = [word.replace("{}", str(folder)) for word in words]
    try:
        subprocess.run(argv, check=True, capture_output=True, timeout=LONGEST_AFTER, stdin=subprocess.DEVNULL)
    except subprocess.CalledProcessError as error:
        last = error.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["it said nothing"]
        return f"The backup is written. The command after it failed ({error.returncode}): {last[0]}"[:1000]
    except subprocess.TimeoutExpired:
        return "The backup is written. The command after it did not end within an hour."
    except OSError as error:
        return f"The backup is written. The command after it cannot be run: {error.strerror} ({argv[0]})"
    return ""
