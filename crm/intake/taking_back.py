"""Taking a run back: what it made goes as far as nobody has touched it since; the rest stays and says why."""

import datetime as dt

from crm.base.bulk import update
from crm.intake.kinds import IntakeKind, of_run
from crm.intake.models import Intake, IntakeLine
from crm.timeline.record import Actor
from crm.timeline.work import Work

BATCH = 500


def take_back(run: Intake, *, now: dt.datetime) -> bool:
    """Take back every line that made something; False when the run is not, or no longer, to be taken back."""
    kind, actor = of_run(run), Actor.of(run.started_by)
    work = Work[Intake](
        Intake.Status.TAKING_BACK,
        batch=lambda locked, _last: _batch(kind, locked, now=now, actor=actor),
        end=lambda locked: locked.taken_back(at=now, actor=actor),
    )
    return work.carry(run)


def _batch(kind: IntakeKind, run: Intake, *, now: dt.datetime, actor: Actor) -> int:
    """From the last line to the first, because later lines stand on earlier ones; the cursor counts them down."""
    standing = run.lines.standing().order_by("-line")
    lines = list((standing.filter(line__lt=run.cursor) if run.cursor else standing)[:BATCH])
    if not lines:
        return 0
    outcomes = kind.take_back(run, lines, now=now, actor=actor)
    told = [(line.pk, list(reasons), None if reasons else now) for line, _verdict, reasons, _made in outcomes]
    update(IntakeLine, ("kept_because", "taken_back_at"), told)
    run.reach(cursor=lines[-1].line)
    return lines[-1].line
