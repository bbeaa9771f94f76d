"""Writing a confirmed run, batch by batch, so that a kill at any moment costs nothing and doubles nothing."""

import datetime as dt

from crm.base.bulk import by_index
from crm.base.statistics import learn
from crm.influencers.imports import known
from crm.influencers.imports.batch import Batch, Item, Stored
from crm.influencers.imports.facts import Facts
from crm.influencers.imports.forgotten import is_forgotten, leave_out_forgotten, named_somebody_forgotten_since
from crm.influencers.imports.queries import policy_of
from crm.influencers.imports.reference import Reference
from crm.influencers.imports.verdicts import Decision, apply, decide
from crm.influencers.models import ImportRun
from crm.timeline.record import Actor
from crm.timeline.work import Work

BATCH = 1_000


def write(run: ImportRun, *, now: dt.datetime) -> bool:
    """Write a confirmed run from where it stands to its end; False when it is not, or no longer, to be written."""
    reference, actor = Reference.load(now.date()), Actor.of(run.started_by)
    work = Work[ImportRun](
        ImportRun.Status.CONFIRMED,
        batch=lambda locked, _last: _batch(locked, reference, now=now, actor=actor),
        end=lambda locked: _finish(locked, now=now, actor=actor),
        again=(*Work.again, known.MergedMeanwhile),
    )
    if not work.carry(run):
        return False
    learn()
    return True


def _finish(run: ImportRun, *, now: dt.datetime, actor: Actor) -> None:
    run.counts = run.rows.counts()
    run.save(update_fields=["counts"])
    run.finish(at=now, actor=actor)


def _batch(run: ImportRun, reference: Reference, *, now: dt.datetime, actor: Actor) -> int:
    waiting = run.rows.to_write_after(run.cursor)
    rows = [Stored(*row) for row in waiting.values_list(*Stored._fields)[:BATCH]]
    if not rows:
        return 0
    by_index()
    facts = [Facts.from_stored(row.facts) for row in rows]
    policy = policy_of(run)
    on_file = known.load(facts, policy.counted_at, chosen=[row.chosen_ref for row in rows], lock=True)
    decided = []
    for row, said in zip(rows, facts, strict=True):
        decided.append(named_somebody_forgotten_since(said) or decide(said, on_file, policy, row.chosen_ref))
        apply(decided[-1], said, policy)
    leave_out_forgotten(facts, decided)
    items = [_item(*one) for one in zip(rows, facts, decided, strict=True)]
    Batch(run, reference, now=now, actor=actor).write(items)
    run.rows.filter(pk__in=[item.row.pk for item in items if is_forgotten(item.decision)]).keep_nothing()
    run.reach(cursor=rows[-1].line)
    return rows[-1].line


def _item(row: Stored, facts: Facts, decision: Decision) -> Item:
    """Of a row about somebody forgotten since the rehearsal nothing is said but that."""
    return Item(row._replace(reasons=[]), Facts(), decision) if is_forgotten(decision) else Item(row, facts, decision)
