"""A run's steps: fix the people, let it go, carry it on wherever it stands, stop, take up what stands still."""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.base.bulk import by_index, insert, update
from crm.influencers.actions.bulk import TooMany
from crm.influencers.bulk_runs.kinds import kind_of
from crm.influencers.models import BulkRow, BulkRun, Influencer
from crm.influencers.models.people import InfluencerQuerySet
from crm.team.models import User
from crm.timeline.record import SYSTEM, Actor
from crm.timeline.runs import take_up
from crm.timeline.work import Work, carry_or_stop

MOST = 100_000


def begin(
    action: str, people: InfluencerQuerySet, *, data: dict[str, Any], query: str, user: User, now: dt.datetime
) -> BulkRun:
    """Fix who is meant, once and here, and let the work begin. Raises `TooMany`, and then keeps nothing."""
    with transaction.atomic():
        run = BulkRun.objects.create(action=action, data=data, query=query, started_by=user)
        ids = list(people.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
        if len(ids) > MOST:
            raise TooMany
        insert(BulkRow, ("place", "influencer_ref"), enumerate(ids, 1), alike={"run_id": run.pk})
        BulkRun.objects.filter(pk=run.pk).update(total=len(ids))
        run.total = len(ids)
        run.confirm(at=now, actor=Actor.user(user))
    return run


def show(action: str, rows: Iterable[BulkRow], *, data: dict[str, Any], query: str, user: User) -> BulkRun:
    """Keep what was pasted, with a verdict for each row; nothing happens to anybody before it is confirmed."""
    with transaction.atomic():
        run = BulkRun.objects.create(action=action, data=data, query=query, started_by=user)
        kept = [
            (place, row.influencer_ref, row.label, row.data, row.outcome, row.reason)
            for place, row in enumerate(rows, 1)
        ]
        names = ("place", "influencer_ref", "label", "data", "outcome", "reason")
        insert(BulkRow, names, kept, alike={"run_id": run.pk})
        run.total, run.counts = len(kept), run.rows.counts()
        run.save(update_fields=["total", "counts", "updated_at"])
    return run


def go_on(run: BulkRun, *, now: dt.datetime, actor: Actor) -> None:
    """Do what was shown, or what stopped. Raises TransitionRefused."""
    if run.may_be_confirmed:
        run.confirm(at=now, actor=actor)


def undo(run: BulkRun, *, user: User, now: dt.datetime) -> BulkRun:
    """The opposite for exactly those whom the run changed."""
    changed = run.rows.with_outcome(BulkRow.Outcome.CHANGED).values("influencer_ref")
    people = Influencer.objects.visible_to(user).filter(pk__in=changed)
    return begin(kind_of(run.action).undo, people, data={}, query="", user=user, now=now)


def carry_on(run_id: int, *, now: dt.datetime) -> None:
    """Take a run to its end. Safe to call twice at once, and for runs long gone."""
    run = BulkRun.objects.filter(pk=run_id).select_related("started_by").first()
    if run is not None and run.is_under_way:
        carry_or_stop(run, work_on(run, now=now).carry, partial(_stop, now=now))


def take_up_stalled(now: dt.datetime) -> int:
    """Go on with runs whose worker died or was never called; how many there were."""
    return take_up(BulkRun.objects.stalled(now), carry_on, now=now)


def work_on(run: BulkRun, *, now: dt.datetime) -> Work[BulkRun]:
    """Everybody of the run, batch by batch, and what came of it."""
    actor = Actor.of(run.started_by)
    return Work(
        BulkRun.Status.CONFIRMED,
        batch=lambda locked, _last: _batch(locked, now=now, actor=actor),
        end=lambda locked: locked.finish(locked.rows.counts(), at=now, actor=actor),
    )


def _batch(run: BulkRun, *, now: dt.datetime, actor: Actor) -> int:
    kind = kind_of(run.action)
    rows = list(run.rows.after(run.cursor)[: kind.size])
    if not rows:
        return 0
    by_index()
    results = kind.act(rows, run, now, actor)
    update(
        BulkRow, ("outcome", "reason", "influencer_ref"), [(row.pk, *_told(row, results[row.place])) for row in rows]
    )
    run.reach(cursor=rows[-1].place)
    return rows[-1].place


def _told(row: BulkRow, result: Any) -> tuple[str, list[Any], int | None]:
    return str(result.outcome), result.reason, result.person or row.influencer_ref


def _stop(run: BulkRun, _error: Exception, *, now: dt.datetime) -> None:
    why = _("Something unexpected happened. What is done stays done; continue, or tell your admin.")
    run.stop(why, at=now, actor=SYSTEM)
