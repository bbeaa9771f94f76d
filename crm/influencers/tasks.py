"""The worker's part of imports: a thin shell that may be rung twice, late, or for a run long gone."""

import datetime as dt
from functools import partial

import structlog
from celery import shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from crm.influencers.imports.actions import carry_on
from crm.influencers.models import ImportRun

log = structlog.get_logger(__name__)


@shared_task(name="crm.import_influencers")
def import_influencers(run_id: int) -> None:
    """Rehearse or write a run, whichever is next."""
    carry_on(run_id, now=timezone.now())


def ring(run: ImportRun) -> None:
    """Call a worker once the transaction is through. Without one, the next tick takes the run up."""
    transaction.on_commit(partial(_publish, run.pk))


def _publish(run_id: int) -> None:
    try:
        import_influencers.delay(run_id=run_id)
    except (OperationalError, OSError) as error:
        log.warning("import_not_rung", run=run_id, error=str(error))


def take_up_stalled(now: dt.datetime) -> int:
    """Go on with runs whose worker died or never came: what a tick does. The number of runs taken up."""
    stalled = list(ImportRun.objects.stalled(now).values_list("pk", flat=True))
    for pk in stalled:
        carry_on(pk, now=now)
    return len(stalled)
