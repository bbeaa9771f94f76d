"""`manage.py import_all FILE`: what `export_all` wrote, into an empty installation on either database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from crm.archive.bringing_back.actions import Imported, import_all
from crm.archive.refusals import Refused


class Command(BaseCommand):
    help = "Brings everything from a file of export_all into an installation nobody has used yet. Outgoing mail is stopped."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, help="the ZIP or the folder export_all wrote")

    def handle(self, *, source: Path, verbosity: int, **_options: Any) -> None:
        try:
            came = import_all(source, now=timezone.now(), step=self.stdout.write if verbosity else str)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.tell(came, all_tables=verbosity > 1)

    def tell(self, came: Imported, *, all_tables: bool) -> None:
        self.stdout.write(f"{'table':<36}{'rows':>9}  SHA-256, in the file and here")
        for one in came.tables:
            if one.rows or all_tables:
                self.stdout.write(f"{one.label:<36}{one.rows:>9,}  {one.sha256[:16]}… the same")
        self.stdout.write(
            f"{len(came.tables)} tables, {came.rows:,} rows, {came.files:,} files: all equal to the file of "
            f"{came.made_at} ({came.database}, Mitra {came.mitra})."
        )
        self.stdout.write(
            "Outgoing mail is stopped. Sign in as the owner, look around, then let it go on under Outbox."
        )
