"""The worker's part of imports and of work on many people: thin shells that may be rung twice, late, or for a run long gone."""

from celery import shared_task
from django.utils import timezone

from crm.influencers.bulk_runs import actions as bulk_runs
from crm.influencers.imports.actions import carry_on, take_up_stalled
from crm.influencers.models import BulkRun, ImportRun
from crm.outbox.tasks import call_on_commit


@shared_task(name="crm.import_influencers")
def import_influencers(run_id: int) -> None:
    """Rehearse or write a run, whichever is next."""
    carry_on(run_id, now=timezone.now())


@shared_task(name="crm.take_up_imports")
def take_up_imports() -> int:
    """Go on with runs whose worker died or was never called; how many there were."""
    return take_up_stalled(timezone.now())


@shared_task(name="crm.do_bulk_run")
def do_bulk_run(run_id: int) -> None:
    """Carry work on many people to its end."""
    bulk_runs.carry_on(run_id, now=timezone.now())


@shared_task(name="crm.take_up_bulk_runs")
def take_up_bulk_runs() -> int:
    """Go on with work on many people whose worker died or was never called; how many there were."""
    return bulk_runs.take_up_stalled(timezone.now())


def ring(run: ImportRun) -> None:
    """Call a worker for an import."""
    call_on_commit(import_influencers, run_id=run.pk)


def call_for(run: BulkRun) -> None:
    """Call a worker for work on many people."""
    call_on_commit(do_bulk_run, run_id=run.pk)
