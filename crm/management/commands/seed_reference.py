"""`seed_reference`: lay the reference data again, for example after restoring an old backup."""

from typing import Any

from django.core.management.base import BaseCommand

from crm.base.seeding import lay_all


class Command(BaseCommand):
    help = "Adds missing reference rows and updates untouched ones; edited rows stay as they are, nothing is deleted."

    def handle(self, **_options: Any) -> None:
        for laid in lay_all():
            name = str(laid.model._meta.verbose_name_plural)
            self.stdout.write(f"{name}: {laid.added} added, {laid.changed} updated, {laid.kept} left as they are")
