"""`manage.py prepare`: bring database and files up to this version. Safe to run as often as you like."""

import time
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection


class Command(BaseCommand):
    help = "Migrates, lays reference data, collects static files; in a demo also writes the season when it is empty."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--wait", type=float, default=0, metavar="SECONDS", help="how long to wait for a database that is starting"
        )
        parser.add_argument(
            "--no-static",
            dest="static",
            action="store_false",
            help="the static files are collected already, in an image",
        )

    def handle(self, *, wait: float, static: bool, **_options: Any) -> None:
        wait_for_database(wait)
        # Reference data follows by itself: it is laid after every migrate.
        call_command("migrate", interactive=False, verbosity=0)
        if settings.COLLECTED and static:
            call_command("collectstatic", interactive=False, verbosity=0)
        if settings.DEMO and "demo_season" in get_commands():
            call_command("demo_season", stdout=self.stdout)


def wait_for_database(seconds: float) -> None:
    """Until it takes connections: after a reboot it may come up later than we do."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            if time.monotonic() >= deadline:
                raise CommandError(f"The database does not answer: {str(error).strip()}") from None
            time.sleep(0.5)
        else:
            return
