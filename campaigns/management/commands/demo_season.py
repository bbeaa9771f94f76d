"""`manage.py demo_season`: write the demo into an empty installation."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from campaigns.management.demo.letters import receive
from campaigns.management.demo.mornings import relive
from campaigns.management.demo.season import play
from crm.exclusivity.gate import joining
from crm.influencers.models import Influencer
from crm.team.models import User


@contextmanager
def quietly() -> Iterator[None]:
    """Whoever waits for the demo reads no lines of batches that were done."""
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


class Command(BaseCommand):
    help = "Write the demo season: two brands, sixty people, six campaigns, six ambassadors. Does nothing when somebody is there already."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists() or Influencer.objects.exists():
            self.stdout.write("There are people here already; the demo season is left out.")
            return
        self.stdout.write("Writing the demo season (once; a minute or two) ...")
        self.stdout.flush()
        now = timezone.now()
        with quietly():
            with transaction.atomic(), joining():
                play(now)
            left = relive(now) if settings.DEMO else 0
            receive(now)
        self.stdout.write(f"The demo season is ready; {left} messages lie in its mailbox.")
