"""`manage.py verify_contract FILE`: whether the paper of a contract is as it was signed."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm.contracts.paper.checking import Finding, check
from crm.contracts.paper.comparing import compare

MOST = 100 * 1024 * 1024
MARKS = {True: "ok      ", False: "DIFFERS ", None: "?       "}


class Command(BaseCommand):
    help = "Says whether a signed contract is unchanged, from the file alone and, where it can, from the database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the PDF that came by e-mail or from the contract's page")

    def handle(self, *args: Any, **options: Any) -> None:
        data = self.read(Path(options["file"]))
        found, links = check(data)
        found += compare(data, links) if links else []
        for finding in found:
            self.stdout.write(f"{MARKS[finding.holds]}{finding.said}")
        self.conclude(found)

    def read(self, path: Path) -> bytes:
        try:
            if path.stat().st_size > MOST:
                raise CommandError(f"{path} is too large to be a contract.")
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error

    def conclude(self, found: list[Finding]) -> None:
        if any(finding.holds is False for finding in found):
            raise CommandError("This file is not the contract as it was signed: see the lines marked DIFFERS.")
        unknown = any(finding.holds is None for finding in found)
        self.stdout.write("unchanged, as far as this machine can tell" if unknown else "unchanged")
