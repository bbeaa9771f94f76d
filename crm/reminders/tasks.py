"""The task behind the doorbell."""

import platform
from typing import Any

from celery import shared_task
from django.utils import timezone

from crm.outbox.tasks import TICK, ring, ring_on_commit
from crm.reminders.outcomes import worker_seen
from crm.reminders.tick import tick

__all__ = ["ring", "ring_on_commit", "run_tick"]


@shared_task(name=TICK)
def run_tick() -> dict[str, Any]:
    said = tick(timezone.now)
    worker_seen(platform.node(), timezone.now())
    return said
