"""`manage.py retain`: what the clock does every day about data nobody needs any more; `--dry-run` only says what would go."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from crm.privacy.retention.rules import Keeping, in_force, today
from crm.privacy.retention.running import AT_ONCE, follow


class Command(BaseCommand):
    help = "Let go of what is older than its rule allows, today's share of the day's job at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would go and take nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        tell = self.tell if options["dry_run"] else self.take
        for keeping in in_force(today(now)):
            tell(keeping, now)

    def tell(self, keeping: Keeping, now: dt.datetime) -> None:
        outlived = keeping.outlived(now)
        if outlived is None:
            self.stdout.write(f"{keeping.key}: no limit")
            return
        verb = "would be asked about" if keeping.asks(outlived) else "would go"
        self.stdout.write(f"{keeping.key}: {outlived.rows.count()} {verb} ({keeping.days} days)")

    def take(self, keeping: Keeping, now: dt.datetime) -> None:
        gone = more = follow(keeping, today(now), now)
        while more == AT_ONCE:
            more = follow(keeping, today(now), now)
            gone += more
        self.stdout.write(f"{keeping.key}: {gone} gone")
