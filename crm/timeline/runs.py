"""Work in batches that outlives its worker: what imports and work on many people have in common."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from crm.base.models import Stamped
from crm.timeline.transitions import Moves, may_move

# A run that wrote nothing for this long has lost its worker and is taken up at the next minute. A batch takes a second
# or two; should a slow worker be alive after all, the two take turns and no row is written twice.
STALLED_AFTER = dt.timedelta(seconds=30)


class Run(Stamped):
    """One piece of such work. Its manager has `stalled(now)`; `updated_at` is the last sign of life."""

    MOVES: ClassVar[Moves]
    TONES: ClassVar[Mapping[Any, str]]
    status: Any

    class Meta:
        abstract = True

    @property
    def tone(self) -> str:
        """The colour of the status."""
        return self.TONES[self.status]

    @property
    def is_done(self) -> bool:
        return bool(self.status == "done")

    @property
    def has_stopped(self) -> bool:
        return bool(self.status == "failed")

    @property
    def may_be_discarded(self) -> bool:
        return may_move(self, "discarded", self.MOVES)

    def claim(self, now: dt.datetime) -> bool:
        """Take up a run nobody is at; False when somebody else was quicker."""
        runs: Any = type(self)._default_manager
        return bool(runs.stalled(now).filter(pk=self.pk).update(updated_at=now))


def take_up(stalled: Iterable[Run], carry_on: Callable[..., None], *, now: dt.datetime) -> int:
    """Go on with runs whose worker died or was never called; how many there were."""
    taken = 0
    for run in stalled:
        if run.claim(now):
            carry_on(run.pk, now=now)
            taken += 1
    return taken
