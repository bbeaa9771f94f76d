"""The doorbell. Tasks ring; the database decides what is due (docs/architecture.md)."""

import logging
import os
from typing import Any

from celery import Celery
from celery.signals import (
    before_task_publish,
    setup_logging,
    task_postrun,
    task_prerun,
    worker_before_create_process,
    worker_init,
    worker_ready,
)
from django.conf import settings
from django.db.backends.signals import connection_created

from crm.config.errors import report_errors
from crm.config.serving.memory import settle
from crm.watch import requests
from crm.watch.metrics import meters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")

app = Celery("mitra")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

before_task_publish.connect(requests.carry_number)
task_prerun.connect(requests.take_number_up)
task_postrun.connect(requests.put_number_down)
if settings.METRICS_TOKEN:
    task_prerun.connect(meters.task_begins)
    task_postrun.connect(meters.task_ended)
    connection_created.connect(meters.watch_connection)


@setup_logging.connect
def write_as_everywhere(**_: Any) -> None:
    """Django has configured the logs (`LOGGING`); as long as somebody listens here Celery leaves them alone."""
    logging.captureWarnings(capture=True)


@worker_before_create_process.connect
def share_memory(**_: Any) -> None:
    """What is loaded before the fork stays shared: the collector of a child would copy every page it looks at."""
    settle()


@worker_ready.connect
def look_at_once(sender: Any, **_: Any) -> None:
    """A worker that starts rings for what came due while none was running, instead of waiting for the next minute."""
    with sender.app.connection_for_write() as connection:
        sender.app.send_task("crm.tick", connection=connection, expires=60)


@worker_init.connect
def tell_of_errors(**_: Any) -> None:
    report_errors(settings.SENTRY_DSN, settings.SENTRY_ENVIRONMENT)
