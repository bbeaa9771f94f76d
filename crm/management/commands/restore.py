"""`manage.py restore BACKUP`: look whether it would come back (`--verify`), or bring it back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError, connection
from django.utils import timezone

from crm.archive.backups.looking import Seen, look_at, trouble_of
from crm.archive.backups.restoring import Restored, others_at_work, restore
from crm.archive.models import BackupRun
from crm.archive.refusals import Refused
from crm.config.serving.running import nobody_runs

NEXT = """
The house is as it was on {when}. Before you let people in:
  - look around: what was done since then is not in it. People who left and links that were
    taken back since then are there again.
  - start web, worker and clock. Outgoing mail waits: the owner starts it on the page Outbox.
  - what was there before is kept as {aside}: remove it once you need it no longer.
"""


class Command(BaseCommand):
    help = "Brings a backup back in place of what is there; with --verify only looks whether it would come back."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("backup", type=Path, help="the folder `manage.py backup` wrote")
        parser.add_argument("--verify", action="store_true", help="into a database of its own, gone afterwards")
        parser.add_argument(
            "--force", metavar="DATABASE", default="", help="although something runs; say the database's name"
        )

    def handle(self, *, backup: Path, verify: bool, force: str, **_options: Any) -> None:
        folder = backup.absolute()
        try:
            self._look(folder) if verify else self._bring_back(folder, force)
        except Refused as refused:
            raise CommandError(str(refused)) from None

    def _look(self, folder: Path) -> None:
        seen = look_at(folder)
        self._tell(seen)
        trouble = trouble_of(seen)
        self._note(folder, trouble)
        if trouble:
            raise CommandError("It would not come back as it was; see the lines marked FAIL.")
        self.stdout.write("It would come back as it was.")

    def _note(self, folder: Path, trouble: str) -> None:
        """On the row of this backup, where the house knows it; on a bare machine there is none."""
        try:
            for run in BackupRun.objects.filter(place=str(folder)):
                run.note_look(timezone.now(), trouble)
        except (OperationalError, ProgrammingError):
            return

    def _bring_back(self, folder: Path, force: str) -> None:
        name = Path(str(connection.settings_dict["NAME"])).name
        with nobody_runs(Path(settings.VAR_DIR)) as nobody:
            busy = others_at_work() if nobody else "web, worker or clock run on this machine"
            if busy and force != name:
                raise Refused(f"Nothing was changed: {busy}. Stop them first, or say --force {name}")
            done = restore(folder, timezone.now(), lambda: call_command("prepare", "--no-static", verbosity=0))
        self._tell(done.seen)
        self._say_what_is_next(done)

    def _say_what_is_next(self, done: Restored) -> None:
        when = f"{done.manifest.taken_at:%Y-%m-%d %H:%M} UTC"
        self.stdout.write(NEXT.format(when=when, aside=done.aside or "nothing: there was none").rstrip())
        if done.forgotten.done:
            self.stdout.write(f"  - {done.forgotten.done} people who were forgotten since then are forgotten again.")
        if done.forgotten.waiting:
            self.stdout.write(
                f"  - {done.forgotten.waiting} people who were forgotten since then are here again, because something"
                " ran that day: nobody writes to them, and each stands on Today. Decide before mail goes on."
            )
        if done.files:
            self.stdout.write(f"  - {done.files} kept files were missing or changed, and came back.")

    def _tell(self, seen: Sequence[Seen]) -> None:
        for one in seen:
            self.stdout.write(f"{'ok  ' if one.is_well else 'FAIL'}  {one.name:<13} {one.said}")
