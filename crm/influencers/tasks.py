"""The worker's part of imports: thin shells that may be rung twice, late, or for a run long gone."""

from functools import partial

import structlog
from celery import current_app, shared_task
from django.db import transaction
from django.utils import timezone

from crm.influencers.imports.actions import carry_on, take_up_stalled
from crm.influencers.models import ImportRun
from crm.outbox.tasks import PATIENCE

log = structlog.get_logger(__name__)

TASK = "crm.import_influencers"
NO_BROKER = (None, "", "memory://")


@shared_task(name=TASK)
def import_influencers(run_id: int) -> None:
    """Rehearse or write a run, whichever is next."""
    carry_on(run_id, now=timezone.now())


@shared_task(name="crm.take_up_imports")
def take_up_imports() -> None:
    """Go on with runs whose worker died or was never called."""
    take_up_stalled(timezone.now())


def ring(run: ImportRun) -> None:
    """Call a worker once the transaction is through; in a house without a broker do the work at once.

    A broker that does not answer costs nothing: the next look at stalled runs takes this one up.
    """
    transaction.on_commit(partial(_call, run.pk))


def _call(run_id: int) -> None:
    if current_app.conf.broker_url in NO_BROKER:
        import_influencers(run_id=run_id)
        return
    options = {**current_app.conf.broker_transport_options, **PATIENCE}
    try:
        with current_app.connection_for_write(transport_options=options, connect_timeout=1) as connection:
            current_app.send_task(TASK, kwargs={"run_id": run_id}, connection=connection, retry=False)
    except Exception as error:  # Whatever a broker's library raises: the page must not break for a bell.
        log.warning("import_not_rung", run=run_id, error=str(error) or type(error).__name__)
