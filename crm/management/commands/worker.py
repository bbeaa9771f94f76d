"""`manage.py worker`: the worker by itself."""

from typing import Any

from django.core.management.base import BaseCommand

from crm.config.serving import parts
from crm.config.serving.alone import become


class Command(BaseCommand):
    help = "Runs one Celery worker: it rings through what is due and does long jobs."
    requires_system_checks: list[str] = []

    def handle(self, **_options: Any) -> None:
        become(parts.worker())
