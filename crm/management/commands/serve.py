"""`manage.py serve`: hands over to the small supervising process."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Runs everything in one foreground command: broker, web, worker, beat, and in a demo the mailbox."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
        parser.add_argument("--port", type=int, help="the port (default: the first free one from 8000)")

    def handle(self, *, host: str, port: int | None, **_options: Any) -> None:
        words = ["--host", host, *(["--port", str(port)] if port is not None else [])]
        os.execv(sys.executable, [sys.executable, "-m", "crm.config.serving", *words])  # noqa: S606
