"""Writing a confirmed run, batch by batch, so that a kill at any moment costs nothing and doubles nothing."""

import datetime as dt

import structlog
from django.db import IntegrityError, OperationalError, transaction
from django.db.models.functions import Now

from crm.base.bulk import update
from crm.intake.kinds import IntakeKind, of_run
from crm.intake.models import Intake, IntakeLine
from crm.timeline.record import SYSTEM, Actor

log = structlog.get_logger(__name__)

BATCH = 500
TRIES = 3


def actor_of(run: Intake) -> Actor:
    return Actor.user(run.started_by) if run.started_by else SYSTEM


def write(run: Intake, *, now: dt.datetime) -> bool:
    """Write a confirmed run from where it stands to its end; False when it is not, or no longer, to be written."""
    kind, actor = of_run(run), actor_of(run)
    while wrote := _write_batch_with_retries(kind, run, now=now, actor=actor):
        log.info("intake_batch", run=run.pk, lines=wrote)
    if wrote is None:
        return False
    with transaction.atomic():
        locked = Intake.objects.select_for_update().get(pk=run.pk)
        if not locked.is_confirmed:
            return False
        locked.finish(locked.lines.counts(), at=now, actor=actor)
    run.refresh_from_db()
    return True


def _write_batch_with_retries(kind: IntakeKind, run: Intake, *, now: dt.datetime, actor: Actor) -> int | None:
    """Somebody may write the same thing by hand at this moment: then the batch is decided anew."""
    for attempt in range(1, TRIES + 1):
        try:
            return _write_batch(kind, run, now=now, actor=actor)
        except (IntegrityError, OperationalError) as error:
            log.warning("intake_batch_repeated", run=run.pk, attempt=attempt, error=str(error))
            if attempt == TRIES:
                raise
    return None


def _write_batch(kind: IntakeKind, run: Intake, *, now: dt.datetime, actor: Actor) -> int | None:
    """Each batch is one transaction that also moves the cursor; two writers take turns at the run's lock."""
    with transaction.atomic():
        locked = Intake.objects.select_for_update(of=("self",)).select_related("started_by")
        mine = locked.filter(pk=run.pk, status=Intake.Status.CONFIRMED).first()
        if mine is None:
            return None
        lines = list(mine.lines.to_write_after(mine.cursor)[:BATCH])
        if not lines:
            return 0
        outcomes = kind.write(mine, lines, now=now, actor=actor)
        update(
            IntakeLine,
            ("verdict", "reasons", "made", "written_at"),
            [
                (line.pk, verdict, [*line.reasons, *reasons], made or {}, now)
                for line, verdict, reasons, made in outcomes
            ],
        )
        Intake.objects.filter(pk=run.pk).update(cursor=lines[-1].line, updated_at=Now())
        return len(lines)
