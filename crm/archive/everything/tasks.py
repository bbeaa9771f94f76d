"""The worker's part: a thin shell that may be rung twice, late, or for an export long written."""

from celery import shared_task
from django.utils import timezone

from crm.archive.everything.asking import carry_out
from crm.archive.models import ExportRun
from crm.outbox.tasks import call_on_commit


@shared_task(name="crm.write_export")
def write_export(run_id: int) -> bool:
    """Write everything into a file the owner asked for."""
    return carry_out(run_id, timezone.now)


def ring(run: ExportRun) -> None:
    """Call a worker for an export."""
    call_on_commit(write_export, run_id=run.pk)
