"""Writing a confirmed run, batch by batch, so that a kill at any moment costs nothing and doubles nothing."""

import datetime as dt

import structlog
from django.db import IntegrityError, OperationalError, transaction
from django.db.models.functions import Now

from crm.base.bulk import by_index
from crm.base.statistics import learn
from crm.influencers.imports import known
from crm.influencers.imports.batch import Batch, Item, Stored
from crm.influencers.imports.facts import Facts
from crm.influencers.imports.queries import policy_of
from crm.influencers.imports.reference import Reference
from crm.influencers.imports.verdicts import apply, decide
from crm.influencers.models import ImportRun
from crm.timeline.record import SYSTEM, Actor

log = structlog.get_logger(__name__)

BATCH = 1_000
TRIES = 3


def write(run: ImportRun, *, now: dt.datetime) -> bool:
    """Write a confirmed run from where it stands to its end; False when it is not, or no longer, to be written.

    Each batch is one transaction that also moves the cursor: whoever is killed in the middle leaves nothing half done,
    and whoever takes over goes on behind the last batch. Two writers take turns and never write a row twice.
    """
    reference = Reference.load(now.date())
    actor = Actor.user(run.started_by) if run.started_by else SYSTEM
    while True:
        wrote = _write_batch_with_retries(run, reference, now=now, actor=actor)
        if wrote is None:
            return False
        if wrote == 0:
            break
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if locked.status != ImportRun.Status.CONFIRMED:
            return False
        locked.counts = locked.rows.counts()
        locked.save(update_fields=["counts"])
        locked.finish(at=now, actor=actor)
    learn()
    run.refresh_from_db()
    return True


def _write_batch_with_retries(run: ImportRun, reference: Reference, *, now: dt.datetime, actor: Actor) -> int | None:
    """Somebody may add the same account, or merge two people, at this moment: then the batch is decided anew."""
    for attempt in range(1, TRIES + 1):
        try:
            return _write_batch(run, reference, now=now, actor=actor)
        except (IntegrityError, OperationalError, known.MergedMeanwhile) as error:
            log.warning("import_batch_repeated", run=run.pk, attempt=attempt, error=str(error))
            if attempt == TRIES:
                raise
    return None


def _write_batch(run: ImportRun, reference: Reference, *, now: dt.datetime, actor: Actor) -> int | None:
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().filter(pk=run.pk, status=ImportRun.Status.CONFIRMED).first()
        if locked is None:
            return None
        waiting = locked.rows.to_write_after(locked.cursor)
        rows = [Stored(*row) for row in waiting.values_list(*Stored._fields)[:BATCH]]
        if not rows:
            return 0
        by_index()
        facts = [Facts.from_stored(row.facts) for row in rows]
        policy = policy_of(locked)
        on_file = known.load(facts, policy.counted_at, chosen=[row.chosen_ref for row in rows], lock=True)
        items = []
        for row, said in zip(rows, facts, strict=True):
            decision = decide(said, on_file, policy, row.chosen_ref)
            apply(decision, said, policy)
            items.append(Item(row, said, decision))
        Batch(locked, reference, now=now, actor=actor).write(items)
        ImportRun.objects.filter(pk=run.pk).update(cursor=rows[-1].line, updated_at=Now())
        return len(rows)
