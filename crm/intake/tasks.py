"""The worker's part: thin shells that may be rung twice, late, or for a run long gone."""

from functools import partial

import structlog
from celery import current_app, shared_task
from django.db import transaction
from django.utils import timezone

from crm.intake.actions import carry_on, take_up_stalled
from crm.intake.models import Intake
from crm.outbox.tasks import PATIENCE

log = structlog.get_logger(__name__)

TASK = "crm.carry_intake_on"
NO_BROKER = (None, "", "memory://")


@shared_task(name=TASK)
def carry_intake_on(run_id: int) -> None:
    """Rehearse, write or take back a run, whichever is next."""
    carry_on(run_id, now=timezone.now())


@shared_task(name="crm.take_up_intakes")
def take_up_intakes() -> None:
    """Go on with runs whose worker died or was never called."""
    take_up_stalled(timezone.now())


def ring(run: Intake) -> None:
    """Call a worker once the transaction is through; in a house without a broker do the work at once.

    A broker that does not answer costs nothing: the next look at stalled runs takes this one up.
    """
    transaction.on_commit(partial(_call, run.pk))


def _call(run_id: int) -> None:
    if current_app.conf.broker_url in NO_BROKER:
        carry_intake_on(run_id=run_id)
        return
    options = {**current_app.conf.broker_transport_options, **PATIENCE}
    try:
        with current_app.connection_for_write(transport_options=options, connect_timeout=1) as connection:
            current_app.send_task(TASK, kwargs={"run_id": run_id}, connection=connection, retry=False)
    except Exception as error:  # Whatever a broker's library raises: the page must not break for a bell.
        log.warning("intake_not_rung", run=run_id, error=str(error) or type(error).__name__)
