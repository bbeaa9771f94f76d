"""`manage.py export_all FILE`: everything in open formats, to leave or to move."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from crm.archive.everything.actions import Told, export_all, nobody
from crm.archive.refusals import Refused

SOME = 10_000


class Command(BaseCommand):
    help = "Writes every table and every kept file into a new ZIP (a name that ends in .zip) or folder, while everything runs."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", type=Path, help="a new file mitra.zip, or a new folder")

    def handle(self, *, target: Path, verbosity: int, **_options: Any) -> None:
        try:
            made = export_all(target.absolute(), now=timezone.now(), told=self.told(verbosity))
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(
            f"{made.tables} tables, {made.rows:,} rows, {made.files:,} files, {made.bytes / 1e6:.1f} MB of them"
        )
        for name in made.missing:
            self.stderr.write(f"gone already: {name}")
        self.stdout.write(f"{target}: keep it like a key; it holds everything, password hashes and bank accounts too.")

    def told(self, verbosity: int) -> Told:
        """At verbosity 2 every ten thousand rows."""

        def told(done: int, of: int) -> None:
            if done // SOME > told.last or done == of:  # type: ignore[attr-defined]
                told.last = done // SOME  # type: ignore[attr-defined]
                self.stdout.write(f"  {done:,} of {of:,}")

        told.last = 0  # type: ignore[attr-defined]
        return told if verbosity > 1 else nobody
