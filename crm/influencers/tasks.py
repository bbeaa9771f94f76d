"""The worker's part of imports and of work on many people: thin shells that may be rung twice, late, or for a run long gone."""

from collections.abc import Callable
from functools import partial

import structlog
from celery import current_app, shared_task
from django.db import transaction
from django.utils import timezone

from crm.influencers.bulk_runs import actions as bulk_runs
from crm.influencers.imports.actions import carry_on, take_up_stalled
from crm.influencers.models import BulkRun, ImportRun
from crm.outbox.tasks import PATIENCE

log = structlog.get_logger(__name__)

TASK = "crm.import_influencers"
BULK_TASK = "crm.do_bulk_run"
NO_BROKER = (None, "", "memory://")


@shared_task(name=TASK)
def import_influencers(run_id: int) -> None:
    """Rehearse or write a run, whichever is next."""
    carry_on(run_id, now=timezone.now())


@shared_task(name="crm.take_up_imports")
def take_up_imports() -> None:
    """Go on with runs whose worker died or was never called."""
    take_up_stalled(timezone.now())


@shared_task(name=BULK_TASK)
def do_bulk_run(run_id: int) -> None:
    """Carry work on many people to its end."""
    bulk_runs.carry_on(run_id, now=timezone.now())


@shared_task(name="crm.take_up_bulk_runs")
def take_up_bulk_runs() -> None:
    """Go on with work on many people whose worker died or was never called."""
    bulk_runs.take_up_stalled(timezone.now())


def ring(run: ImportRun) -> None:
    """Call a worker once the transaction is through; in a house without a broker do the work at once.

    A broker that does not answer costs nothing: the next look at stalled runs takes this one up.
    """
    transaction.on_commit(partial(_call, TASK, import_influencers, run.pk))


def call_for(run: BulkRun) -> None:
    """The same for work on many people."""
    transaction.on_commit(partial(_call, BULK_TASK, do_bulk_run, run.pk))


def _call(task: str, at_once: Callable[..., None], run_id: int) -> None:
    if current_app.conf.broker_url in NO_BROKER:
        at_once(run_id=run_id)
        return
    options = {**current_app.conf.broker_transport_options, **PATIENCE}
    try:
        with current_app.connection_for_write(transport_options=options, connect_timeout=1) as connection:
            current_app.send_task(task, kwargs={"run_id": run_id}, connection=connection, retry=False)
    except Exception as error:  # Whatever a broker's library raises: the page must not break for a bell.
        log.warning("work_not_rung", task=task, run=run_id, error=str(error) or type(error).__name__)
