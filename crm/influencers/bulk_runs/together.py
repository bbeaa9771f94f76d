"""Actions that do the same to everybody of a run: one lock and one statement for each batch."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from crm.influencers.actions import bulk
from crm.influencers.models import BulkRow, BulkRun, Niche
from crm.influencers.models.people import InfluencerQuerySet
from crm.team.models import User
from crm.timeline.record import Actor

Reason = list[Any]


class Result(NamedTuple):
    """What came of one row; `person` when the row has only now got one."""

    outcome: str
    reason: Reason = []
    person: int | None = None


Act = Callable[[Sequence[BulkRow], BulkRun, dt.datetime, Actor], dict[int, Result]]
"""`act(rows, run, at, actor)`: do it for a batch; the result of each row by its place."""

Together = Callable[[InfluencerQuerySet, dict[str, Any], dt.datetime, Actor], list[bulk.Outcome]]


def assign(rows: InfluencerQuerySet, data: dict[str, Any], at: dt.datetime, actor: Actor) -> list[bulk.Outcome]:
    """Give people to a colleague, or to nobody."""
    owner = User.objects.get(pk=int(data["owner"])) if data["owner"] else None
    return bulk.assign_owner(rows, owner, at=at, actor=actor)


def add_niche(rows: InfluencerQuerySet, data: dict[str, Any], at: dt.datetime, actor: Actor) -> list[bulk.Outcome]:
    """Add a niche to people."""
    return bulk.add_niche(rows, Niche.objects.get(pk=int(data["niche"])), at=at, actor=actor)


def add_tag(rows: InfluencerQuerySet, data: dict[str, Any], at: dt.datetime, actor: Actor) -> list[bulk.Outcome]:
    """Put a tag on people."""
    return bulk.add_tag(rows, data["tag"], at=at, actor=actor)


def archive(rows: InfluencerQuerySet, data: dict[str, Any], at: dt.datetime, actor: Actor) -> list[bulk.Outcome]:
    """Put people away."""
    return bulk.archive(rows, at=at, actor=actor)


def restore(rows: InfluencerQuerySet, data: dict[str, Any], at: dt.datetime, actor: Actor) -> list[bulk.Outcome]:
    """Take people out of the archive."""
    return bulk.restore(rows, at=at, actor=actor)


def in_batches(act: Together) -> Act:
    """The action for a batch of a run; who is no longer there is told, not passed over."""

    def acted(rows: Sequence[BulkRow], run: BulkRun, at: dt.datetime, actor: Actor) -> dict[int, Result]:
        people = [row.influencer_ref for row in rows if row.influencer_ref]
        changed = {one.pk: one.changed for one in act(bulk.only(people), run.data, at, actor)}
        return {row.place: _result(changed.get(row.influencer_ref or 0)) for row in rows}

    return acted


def _result(changed: bool | None) -> Result:
    if changed is None:
        return Result(BulkRow.Outcome.REFUSED, ["gone", {}])
    return Result(BulkRow.Outcome.CHANGED if changed else BulkRow.Outcome.SAME)
