"""`move()`: the only way a status changes. Compare and set in one UPDATE, recorded in the same transaction."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from crm.timeline.record import Actor, record

Moves = Mapping[str, tuple[str, ...]]
"""A table of allowed moves: target status -> the statuses it may be reached from."""


class TransitionRefused(Exception):
    """The row was not in a status this move may start from; nothing was changed. `str(error)` tells a person why."""

    def __init__(self, thing: models.Model, to: str, now: str, field: str = "status") -> None:
        self.thing, self.to, self.now = thing, to, now
        super().__init__(
            _("“%(what)s” cannot go from %(now)s to %(to)s any more. Reload the page to see it as it is.")
            % {"what": str(thing), "now": label_of(thing, now, field), "to": label_of(thing, to, field)}
        )


def label_of(thing: models.Model, status: str, field: str = "status") -> str:
    """The status in the reader's words."""
    column: Any = thing._meta.get_field(field)
    return str(dict(column.flatchoices).get(status, status))


def may_move(thing: Any, to: str, moves: Moves, field: str = "status") -> bool:
    """Whether the table allows the move from where the row stands now: what buttons ask."""
    return getattr(thing, field) in moves.get(to, ())


def move(
    thing: Any,
    to: str,
    *,
    moves: Moves,
    at: dt.datetime,
    actor: Actor,
    verb: str,
    sentence: Any,
    field: str = "status",
    also: Mapping[str, Any] | None = None,
    people: Sequence[int] = (),
    **entry_details: Any,
) -> None:
    """Move one row to a status, or raise `TransitionRefused` and change nothing.

    `also` are further columns set in the same UPDATE; `people` are those whose stories tell it, one entry each, where
    it is about several or nobody's row. `entry_details` go to `record` (params, influencer, brand ...).
    """
    model = type(thing)
    before = getattr(thing, field)
    stamped = {"updated_at": at} if hasattr(thing, "updated_at") else {}
    with transaction.atomic():
        changed = model._base_manager.filter(pk=thing.pk, **{f"{field}__in": moves[to]}).update(
            **{field: to}, **stamped, **(also or {})
        )
        if not changed:
            now = model._base_manager.values_list(field, flat=True).get(pk=thing.pk)
            raise TransitionRefused(thing, to, now, field)
        changes = {field: (before, to)}
        for whose in [{"influencer": pk} for pk in people] or [{}]:
            record(verb, sentence, at=at, actor=actor, subject=thing, changes=changes, **entry_details, **whose)
    for name, value in {field: to, **(also or {})}.items():
        setattr(thing, name, value)
