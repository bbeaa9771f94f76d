"""Taking an import back, batch by batch, so that a kill at any moment costs nothing and nothing is taken back twice."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction

from crm.base.bulk import by_index
from crm.influencers.imports.reference import Reference
from crm.influencers.imports.taking_back.judging import Verdict, judge
from crm.influencers.imports.taking_back.removing import Removal
from crm.influencers.imports.taking_back.standing import Written, load
from crm.influencers.models import ImportRun
from crm.influencers.models.import_rows import ImportRowQuerySet
from crm.timeline.record import Actor
from crm.timeline.work import Work

BATCH = 1_000


def rehearse_taking_back(run: ImportRun, rows: ImportRowQuerySet) -> Iterator[Verdict]:
    """What would be taken back of rows in the order given, and what would stay and why. Writes nothing."""
    waiting = rows.values_list(*Written._fields)
    start = 0
    while batch := [Written(*row) for row in waiting[start : start + BATCH]]:
        with transaction.atomic():
            by_index()
            standing = load(run, batch)
        yield from (judge(row, standing) for row in batch)
        start += BATCH


def take_back(run: ImportRun, *, now: dt.datetime) -> bool:
    """Take a run back from where that stands to its end; False when it is not, or no longer, to be taken back.

    The last line goes first, so that every row finds what it wrote as it left it.
    """
    reference, actor = Reference.load(now.date()), Actor.of(run.taken_back_by)
    work = Work[ImportRun](
        ImportRun.Status.UNDOING,
        batch=lambda locked, last: _batch(locked, reference, last, now=now, actor=actor),
        end=lambda locked: locked.taken_back(locked.rows.outcomes(), at=now, actor=actor),
    )
    return work.carry(run)


def _batch(run: ImportRun, reference: Reference, below: int, *, now: dt.datetime, actor: Actor) -> int:
    assert run.undo_began_at is not None
    waiting = run.rows.to_take_back(run.undo_began_at, below or None)
    rows = [Written(*row) for row in waiting.values_list(*Written._fields)[:BATCH]]
    if not rows:
        return 0
    by_index()
    standing = load(run, rows, lock=True)
    at = max(now, run.undo_began_at)
    Removal(run, reference, now=at, actor=actor).write([judge(row, standing) for row in rows])
    run.reach()
    return rows[-1].line
