"""Work in batches that outlives its worker: what imports and work on many people have in common."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from crm.base.models import Stamped
from crm.timeline.record import Actor
from crm.timeline.transitions import Moves, may_move, move

# A run that wrote nothing for this long has lost its worker and is taken up at the next minute. A batch takes a second
# or two; should a slow worker be alive after all, the two take turns and no row is written twice.
STALLED_AFTER = dt.timedelta(seconds=30)


class Run(Stamped):
    """One piece of such work. Its manager has `stalled(now)`; `updated_at` is the last sign of life."""

    MOVES: ClassVar[Moves]
    TONES: ClassVar[Mapping[Any, str]]
    VERB: ClassVar[str]
    SAID: ClassVar[Mapping[str, Any]]
    """What the story says of a run that reached a status."""

    status: Any
    cursor: Any
    total = models.PositiveIntegerField(_("rows"), default=0)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    why = models.CharField(_("reason"), max_length=300, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("started by"),
    )
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def tone(self) -> str:
        """The colour of the status."""
        return self.TONES[self.status]

    @property
    def is_confirmed(self) -> bool:
        return bool(self.status == "confirmed")

    @property
    def is_done(self) -> bool:
        return bool(self.status == "done")

    @property
    def has_stopped(self) -> bool:
        return bool(self.status == "failed")

    @property
    def is_under_way(self) -> bool:
        """Whether its page is worth asking again in a moment."""
        return self.is_confirmed

    @property
    def may_be_confirmed(self) -> bool:
        return may_move(self, "confirmed", self.MOVES)

    @property
    def may_be_discarded(self) -> bool:
        return may_move(self, "discarded", self.MOVES)

    def claim(self, now: dt.datetime) -> bool:
        """Take up a run nobody is at; False when somebody else was quicker."""
        runs: Any = type(self)._default_manager
        return bool(runs.stalled(now).filter(pk=self.pk).update(updated_at=now))

    def reach(self, **reached: Any) -> None:
        """Keep how far it is, with a sign of life; in the transaction that did the work."""
        type(self)._base_manager.filter(pk=self.pk).update(**reached, updated_at=Now())

    def confirm(self, *, at: dt.datetime, actor: Actor) -> None:
        """From now on it is done, however often the worker dies. Raises TransitionRefused."""
        self._move("confirmed", at, actor, why="")

    def stop(self, why: str, *, at: dt.datetime, actor: Actor) -> None:
        """It cannot go on by itself; the reason is for a person. Raises TransitionRefused."""
        self._move("failed", at, actor, why=why[:300])

    def discard(self, *, at: dt.datetime, actor: Actor) -> None:
        """Nobody wants it any more. Raises TransitionRefused."""
        self._move("discarded", at, actor)

    def told(self) -> dict[str, Any]:
        """The words the story needs."""
        return {"total": self.total}

    def walled_by(self) -> int | None:
        """The brand behind whose wall its story stands; none where it is about the whole house."""
        return None

    def _move(
        self,
        to: str,
        at: dt.datetime,
        actor: Actor,
        sentence: Any = None,
        told: Mapping[str, Any] = MappingProxyType({}),
        **also: Any,
    ) -> None:
        move(
            self,
            to,
            moves=self.MOVES,
            at=at,
            actor=actor,
            verb=f"{self.VERB}.{to}",
            sentence=sentence or self.SAID[to],
            also=also,
            params={**self.told(), **told},
            brand=self.walled_by(),
        )


def tally(rows: "models.QuerySet[Any]", column: str, values: Iterable[str]) -> dict[str, int]:
    """How many rows of a run have which value in a column; values nobody has are 0."""
    found = dict(rows.order_by().values_list(column).annotate(models.Count("pk")))
    return {value: found.get(value, 0) for value in values}


def take_up(stalled: Iterable[Run], carry_on: Callable[..., None], *, now: dt.datetime) -> int:
    """Go on with runs whose worker died or was never called; how many there were."""
    taken = 0
    for run in stalled:
        if run.claim(now):
            carry_on(run.pk, now=now)
            taken += 1
    return taken
