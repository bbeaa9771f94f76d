"""`manage.py beat`: the beat by itself."""

from typing import Any

from django.core.management.base import BaseCommand

from crm.config.serving import parts
from crm.config.serving.alone import become


class Command(BaseCommand):
    help = "Runs the clock that rings once a minute. Two of them do no harm."
    requires_system_checks: list[str] = []

    def handle(self, **_options: Any) -> None:
        become(parts.beat())
