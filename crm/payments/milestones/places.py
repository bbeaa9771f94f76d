"""What the rooms above know of work done under a contract: milestones are met by it and by nothing else."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from crm.base.places import Place
from crm.payments.models import KillFee


@dataclass(frozen=True)
class Work:
    """One thing that is made under a contract: which promised post it is, and how far it has come."""

    ref: str
    post: int | None = None
    stage: str = KillFee.Stage.SIGNED
    approved_on: dt.date | None = None
    out_on: dt.date | None = None


@dataclass(frozen=True)
class Happened:
    """What is known of one person's part: her work, the parcels she waits for, and what was said of a piece of work.

    `parcels` has a day for each that came whole and None for each that has not. `gone` are works that went offline before
    their time, `figures` the days on which their numbers came.
    """

    works: tuple[Work, ...] = ()
    parcels: tuple[dt.date | None, ...] = ()
    gone: frozenset[str] = frozenset()
    figures: Mapping[str, dt.date] = field(default_factory=dict)

    def __add__(self, other: "Happened") -> "Happened":
        return Happened(
            self.works + other.works,
            self.parcels + other.parcels,
            self.gone | other.gone,
            {**self.figures, **other.figures},
        )


work_done: Place[Callable[[Collection[int]], Mapping[int, Happened]]] = Place("work_done")
"""`@work_done("planning")`: function(ids of parties) -> {party id: what happened under her contract}; set-based."""


def happened(parties: Iterable[int]) -> dict[int, Happened]:
    """Everything the rooms above know, put together."""
    found = {party: Happened() for party in parties}
    for placed in work_done.all() if found else ():
        for party, more in placed.call(found.keys()).items():
            found[party] += more
    return found
