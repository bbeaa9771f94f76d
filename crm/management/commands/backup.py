"""`manage.py backup FOLDER`: database and kept files, while everything runs."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from crm.archive.backups.looking import look_again
from crm.archive.backups.taking import hand_on, take
from crm.archive.models import BackupRun
from crm.archive.refusals import Refused


class Command(BaseCommand):
    help = (
        "Writes a backup of database and kept files into a new folder inside the one you name, while everything runs."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", help="where it goes; without it BACKUP_DIR")
        parser.add_argument("--verify", action="store_true", help="bring it back for a look at once")

    def handle(self, *, folder: Path | None, verify: bool, **_options: Any) -> None:
        where = folder or settings.BACKUPS.folder
        if where is None:
            raise CommandError("Where to? Name a folder, or set BACKUP_DIR.")
        run = BackupRun.objects.create(kind=BackupRun.Kind.HAND, started_at=timezone.now())
        try:
            backup = take(run, where.absolute(), timezone.now)
            hand_on(backup, timezone.now())
            if verify:
                look_again(run, backup.folder, timezone.now())
        except Refused as refused:
            raise CommandError(str(refused)) from None
        rows, files = sum(backup.manifest.rows.values()), backup.manifest.media["files"]
        self.stdout.write(f"{backup.folder} ({backup.size / 1e6:.1f} MB: {rows} rows, {files} files)")
        if verify:
            self.stdout.write("Brought back for a look: as it was.")
        if backup.manifest.media["store"]:
            self.stdout.write(f"Kept files stand in {backup.manifest.media['store']}: switch on its versions.")
