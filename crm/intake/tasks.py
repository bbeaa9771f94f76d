"""The worker's part: thin shells that may be rung twice, late, or for a run long gone."""

from celery import shared_task
from django.utils import timezone

from crm.intake.actions import carry_on, take_up_stalled
from crm.intake.models import Intake
from crm.outbox.tasks import call_on_commit


@shared_task(name="crm.carry_intake_on")
def carry_intake_on(run_id: int) -> None:
    """Rehearse, write or take back a run, whichever is next."""
    carry_on(run_id, now=timezone.now())


@shared_task(name="crm.take_up_intakes")
def take_up_intakes() -> int:
    """Go on with runs whose worker died or was never called; how many there were."""
    return take_up_stalled(timezone.now())


def ring(run: Intake) -> None:
    """Call a worker for an import of other things."""
    call_on_commit(carry_intake_on, run_id=run.pk)
