"""`manage.py clear_demo`: take the demo season away and keep everything else."""

from typing import Any

from django.core.management.base import BaseCommand

from campaigns.management.demo.clearing import clear


class Command(BaseCommand):
    help = "Clear the demo season. What you imported or wrote yourself stays."

    def handle(self, *args: Any, **options: Any) -> None:
        cleared = clear()
        self.stdout.write(
            f"Cleared {cleared.gone} demo rows; {cleared.kept} stayed because something of yours stands on them."
        )
