"""The doorbell: tell a worker that something may be due. Nothing is lost when it does not ring; the clock rings too."""

import time
from functools import partial
from typing import Any

import structlog
from celery import current_app
from django.db import transaction

log = structlog.get_logger(__name__)

TICK = "crm.tick"
EXPIRES = 55
PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 2, "retry_on_timeout": False, "max_retries": 0}
NO_BROKER = (None, "", "memory://")
SILENT_AFTER_FAILURE = 5.0  # seconds: several saves of one form must not each wait for a dead broker

failed_rings = 0
_silent_until = 0.0


def ring() -> bool:
    """Ask a worker to look now. Never raises and never blocks for long; False when nobody could be asked."""
    global failed_rings, _silent_until
    if current_app.conf.broker_url in NO_BROKER or time.monotonic() < _silent_until:
        return False
    try:
        _publish()
    except Exception as error:  # Whatever a broker's library raises: a person's form is more important than a bell.
        failed_rings += 1
        _silent_until = time.monotonic() + SILENT_AFTER_FAILURE
        log.warning("ring_failed", error=str(error) or type(error).__name__, failed_rings=failed_rings)
        return False
    return True


def _publish(task: str = TICK, **words: Any) -> None:
    options = {**current_app.conf.broker_transport_options, **PATIENCE}
    with current_app.connection_for_write(transport_options=options, connect_timeout=1) as connection:
        said = {"kwargs": words} if words else {"expires": EXPIRES}
        current_app.send_task(task, connection=connection, retry=False, ignore_result=True, **said)


def ring_on_commit() -> None:
    """Ring once what was just written is really stored."""
    transaction.on_commit(ring, robust=True)


def call_on_commit(task: Any, **words: Any) -> None:
    """Call a worker for one piece of work once it is stored; in a house without a broker the work is done at once.

    A broker that does not answer costs nothing: work that stands still is taken up by the clock.
    """
    transaction.on_commit(partial(_call, task, words))


def _call(task: Any, words: dict[str, Any]) -> None:
    if current_app.conf.broker_url in NO_BROKER:
        task(**words)
        return
    try:
        _publish(task.name, **words)
    except Exception as error:  # Whatever a broker's library raises: the page must not break for a bell.
        log.warning("work_not_rung", task=task.name, error=str(error) or type(error).__name__, **words)
