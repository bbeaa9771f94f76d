"""`manage.py web`: the web server by itself."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from crm.config.serving import parts
from crm.config.serving.alone import become


class Command(BaseCommand):
    help = "Runs the web server (gunicorn). With MITRA_DEBUG=1 it reloads when the code changes."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, host: str, port: int, **_options: Any) -> None:
        become(parts.web(f"{host}:{port}", reload=settings.DEBUG))
