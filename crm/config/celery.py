"""The doorbell. Tasks ring; the database decides what is due (docs/architecture.md)."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_before_create_process, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")

app = Celery("mitra")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_before_create_process.connect
def share_memory(**_: Any) -> None:
    """What is loaded before the fork stays shared: the collector of a child would copy every page it looks at."""
    gc.collect()
    gc.freeze()


@worker_ready.connect
def look_at_once(sender: Any, **_: Any) -> None:
    """A worker that starts rings for what came due while none was running, instead of waiting for the next minute."""
    with sender.app.connection_for_write() as connection:
        sender.app.send_task("crm.tick", connection=connection, expires=60)
