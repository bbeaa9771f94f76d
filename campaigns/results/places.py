"""Places that results offer to what follows from them."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from crm.base.places import Place
from crm.timeline.record import Actor

if TYPE_CHECKING:
    from campaigns.results.models import PostSnapshot

numbers_came: "Place[Callable[[Sequence[PostSnapshot], dt.datetime, Actor], None]]" = Place("numbers_came")
"""`@numbers_came("insights")`: function(snapshots, at, actor), in the transaction that kept them."""

numbers_withdrawn: "Place[Callable[[Sequence[PostSnapshot], str, dt.datetime, Actor], None]]" = Place(
    "numbers_withdrawn"
)
"""`@numbers_withdrawn("insights")`: function(snapshots, why, at, actor), in the transaction that withdrew them."""


def tell_of_numbers(snapshots: "Sequence[PostSnapshot]", at: dt.datetime, actor: Actor) -> None:
    """Let everybody follow who waits for numbers."""
    for placed in numbers_came.all() if snapshots else ():
        placed.call(snapshots, at, actor)


def tell_of_withdrawal(snapshots: "Sequence[PostSnapshot]", why: str, at: dt.datetime, actor: Actor) -> None:
    """Let them follow when numbers are no longer there."""
    for placed in numbers_withdrawn.all() if snapshots else ():
        placed.call(snapshots, why, at, actor)
