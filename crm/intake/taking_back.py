"""Taking a run back: what it made goes as far as nobody has touched it since; the rest stays and says why."""

import datetime as dt

from django.db import transaction
from django.db.models.functions import Now

from crm.base.bulk import update
from crm.intake.kinds import IntakeKind, of_run
from crm.intake.models import Intake, IntakeLine
from crm.intake.writing import actor_of
from crm.timeline.record import Actor

BATCH = 500


def take_back(run: Intake, *, now: dt.datetime) -> bool:
    """Take back every line that made something; False when the run is not, or no longer, to be taken back."""
    kind, actor = of_run(run), actor_of(run)
    while tried := _take_batch_back(kind, run, now=now, actor=actor):
        continue
    if tried is None:
        return False
    with transaction.atomic():
        locked = Intake.objects.select_for_update().get(pk=run.pk)
        if not locked.is_being_taken_back:
            return False
        locked.taken_back(at=now, actor=actor)
    run.refresh_from_db()
    return True


def _take_batch_back(kind: IntakeKind, run: Intake, *, now: dt.datetime, actor: Actor) -> int | None:
    """From the last line to the first, because later lines stand on earlier ones; the cursor counts them down."""
    with transaction.atomic():
        locked = Intake.objects.select_for_update(of=("self",)).select_related("started_by")
        mine = locked.filter(pk=run.pk, status=Intake.Status.TAKING_BACK).first()
        if mine is None:
            return None
        standing = mine.lines.standing().order_by("-line")
        lines = list((standing.filter(line__lt=mine.cursor) if mine.cursor else standing)[:BATCH])
        if not lines:
            return 0
        outcomes = kind.take_back(mine, lines, now=now, actor=actor)
        update(
            IntakeLine,
            ("kept_because", "taken_back_at"),
            [(line.pk, list(reasons), None if reasons else now) for line, _verdict, reasons, _made in outcomes],
        )
        Intake.objects.filter(pk=run.pk).update(cursor=lines[-1].line, updated_at=Now())
        return len(lines)
