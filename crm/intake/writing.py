"""Writing a confirmed run: each line is told what came of it and what it made."""

import datetime as dt

from crm.base.bulk import update
from crm.intake.kinds import IntakeKind, of_run
from crm.intake.models import Intake, IntakeLine
from crm.timeline.record import Actor
from crm.timeline.work import Work

BATCH = 500


def write(run: Intake, *, now: dt.datetime) -> bool:
    """Write a confirmed run from where it stands to its end; False when it is not, or no longer, to be written."""
    return writing_of(run, now=now).carry(run)


def writing_of(run: Intake, *, now: dt.datetime) -> Work[Intake]:
    """The run's lines, batch by batch in the order of the file."""
    kind, actor = of_run(run), Actor.of(run.started_by)
    return Work(
        Intake.Status.CONFIRMED,
        batch=lambda locked, _last: _batch(kind, locked, now=now, actor=actor),
        end=lambda locked: locked.finish(locked.lines.counts(), at=now, actor=actor),
    )


def _batch(kind: IntakeKind, run: Intake, *, now: dt.datetime, actor: Actor) -> int:
    lines = list(run.lines.to_write_after(run.cursor)[:BATCH])
    if not lines:
        return 0
    outcomes = kind.write(run, lines, now=now, actor=actor)
    written = [
        (line.pk, verdict, [*line.reasons, *reasons], made or {}, now) for line, verdict, reasons, made in outcomes
    ]
    update(IntakeLine, ("verdict", "reasons", "made", "written_at"), written)
    run.reach(cursor=lines[-1].line)
    return lines[-1].line
