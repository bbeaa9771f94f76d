"""Taking an import back, batch by batch, so that a kill at any moment costs nothing and nothing is taken back twice."""

import datetime as dt
from collections.abc import Iterator

import structlog
from django.db import IntegrityError, OperationalError, transaction
from django.db.models.functions import Now

from crm.base.bulk import by_index
from crm.influencers.imports.reference import Reference
from crm.influencers.imports.taking_back.judging import Verdict, judge
from crm.influencers.imports.taking_back.removing import Removal
from crm.influencers.imports.taking_back.standing import Written, load
from crm.influencers.models import ImportRun
from crm.influencers.models.import_rows import ImportRowQuerySet
from crm.timeline.record import SYSTEM, Actor

log = structlog.get_logger(__name__)

BATCH = 1_000
TRIES = 3


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

    The last line goes first, so that every row finds what it wrote as it left it. Each batch is one transaction that
    also marks its rows; two workers take turns.
    """
    reference = Reference.load(now.date())
    actor = Actor.user(run.taken_back_by) if run.taken_back_by else SYSTEM
    below: int | None = None
    while True:
        last = _batch_with_retries(run, reference, below, now=now, actor=actor)
        if last is None:
            return False
        if last == 0:
            break
        below = last
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if not locked.is_being_taken_back:
            return False
        locked.taken_back(locked.rows.outcomes(), at=now, actor=actor)
    run.refresh_from_db()
    return True


def _batch_with_retries(
    run: ImportRun, reference: Reference, below: int | None, *, now: dt.datetime, actor: Actor
) -> int | None:
    """Somebody may put one of the people into a campaign at this moment: then the batch is judged anew."""
    for attempt in range(1, TRIES + 1):
        try:
            return _batch(run, reference, below, now=now, actor=actor)
        except (IntegrityError, OperationalError) as error:
            log.warning("taking_back_repeated", run=run.pk, attempt=attempt, error=str(error))
            if attempt == TRIES:
                raise
    return None


def _batch(run: ImportRun, reference: Reference, below: int | None, *, now: dt.datetime, actor: Actor) -> int | None:
    """Take the next rows back: the last line done, 0 when none are left, None when the run is not to be taken back."""
    with transaction.atomic():
        status = ImportRun.Status.UNDOING
        locked = ImportRun.objects.select_for_update().filter(pk=run.pk, status=status).first()
        if locked is None or locked.undo_began_at is None:
            return None
        waiting = locked.rows.to_take_back(locked.undo_began_at, below)
        rows = [Written(*row) for row in waiting.values_list(*Written._fields)[:BATCH]]
        if not rows:
            return 0
        by_index()
        standing = load(locked, rows, lock=True)
        at = max(now, locked.undo_began_at)
        Removal(locked, reference, now=at, actor=actor).write([judge(row, standing) for row in rows])
        ImportRun.objects.filter(pk=run.pk).update(updated_at=Now())
        return rows[-1].line
