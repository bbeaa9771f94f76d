"""`seed_reference`: lay the reference data again, for example after restoring an old backup."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand

from crm.base.seeding import lay_all


class Command(BaseCommand):
    help = "Adds missing reference rows and updates untouched ones; edited rows stay as they are, nothing is deleted."

    def handle(self, **_options: Any) -> None:
        counts: dict[str, Counter[str]] = {}
        for laid in lay_all():
            name = str(laid.model._meta.verbose_name_plural)
            counted = counts.setdefault(name, Counter())
            counted.update(added=laid.added, updated=laid.changed, kept=laid.kept)
        for name, count in counts.items():
            self.stdout.write(
                f"{name}: {count['added']} added, {count['updated']} updated, {count['kept']} left as they are"
            )
