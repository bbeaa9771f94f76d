"""`manage.py prepare`: bring database and files up to this version. Safe to run as often as you like."""

from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Migrates, lays reference data, collects static files; in a demo also writes the season when it is empty."
    requires_system_checks: list[str] = []

    def handle(self, **_options: Any) -> None:
        # Reference data follows by itself: it is laid after every migrate.
        call_command("migrate", interactive=False, verbosity=0)
        if settings.COLLECTED:
            call_command("collectstatic", interactive=False, verbosity=0)
        if settings.DEMO and "demo_season" in get_commands():
            call_command("demo_season", stdout=self.stdout)
