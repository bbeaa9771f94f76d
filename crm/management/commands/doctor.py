"""`manage.py doctor`: looks at an installation and says what to do about what it finds."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from crm.watch.doctor.examining import examined
from crm.watch.doctor.names import Names
from crm.watch.findings import Finding

VITAL_MISSING = "Something vital is missing; see the lines marked FAIL."


class Command(BaseCommand):
    help = "Looks at everything Mitra needs and says what to do about what is missing. Ends with 1 when people cannot work."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON list instead of lines")
        parser.add_argument("--dns", default="", metavar="HOST[:PORT]", help="ask this name server, not the machine's")

    def handle(self, *, dns: str, **options: Any) -> None:
        found = list(examined(timezone.now(), Names(dns)))
        is_well = all(finding.is_well for finding in found if finding.is_vital)
        if options["json"]:
            self.stdout.write(json.dumps([_told(finding) for finding in found], indent=2))
            if not is_well:
                sys.exit(1)
            return
        for finding in found:
            self._say(finding)
        if not is_well:
            raise CommandError(VITAL_MISSING)

    def _say(self, finding: Finding) -> None:
        mark = "ok  " if finding.is_well else "FAIL" if finding.is_vital else "look"
        self.stdout.write(f"{mark}  {finding.name:<16} {finding.said}")
        if finding.mend and not finding.is_well:
            self.stdout.write(f"      {'':<16} {finding.mend}")


def _told(finding: Finding) -> dict[str, Any]:
    told = asdict(finding)
    return told if not finding.is_well else told | {"mend": ""}
