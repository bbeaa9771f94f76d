"""`flush` with the guards of the append-only ledgers lifted; they stand again when it is done."""

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from crm.timeline import guards


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        with guards.lifted(connections[options["database"]]):
            super().handle(**options)
