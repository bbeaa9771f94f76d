"""`manage.py tick`: what the clock rings for, without a broker; `--loop` keeps on looking."""

import json
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from crm.archive.tasks import keep_backups
from crm.influencers.tasks import take_up_bulk_runs, take_up_imports
from crm.intake.tasks import take_up_intakes
from crm.messages.tasks import take_up_messages
from crm.reminders.tick import tick
from crm.watch.tasks import tell_outside


class Command(BaseCommand):
    help = (
        "Plan reminders, write what is due, send it, and go on with halted work. Safe beside workers and other ticks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        seconds = settings.CELERY_BEAT_SCHEDULE["tick"]["schedule"]
        parser.add_argument("--loop", action="store_true", help="go on until stopped")
        parser.add_argument(
            "--every", type=float, default=seconds, help="seconds between two looks (default: %(default)s)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.look()
        while options["loop"]:
            time.sleep(options["every"])
            self.look()

    def look(self) -> None:
        said = tick(timezone.now)
        taken_up = {
            task.name: task() for task in (take_up_imports, take_up_bulk_runs, take_up_intakes, take_up_messages)
        }
        said |= {name: {"taken up": number} for name, number in taken_up.items() if number}
        said |= {task.name: done for task in (keep_backups, tell_outside) if (done := task())}
        self.stdout.write(json.dumps(said))
        self.stdout.flush()
