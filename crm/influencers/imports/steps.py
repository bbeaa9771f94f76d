"""The steps every file takes, whatever it brings: what comes next, the rehearsal part by part, the bin."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models, transaction

from crm.base.bulk import insert
from crm.influencers.imports.reading import SourceRow
from crm.influencers.models.file_runs import FileRun
from crm.timeline.record import Actor
from crm.timeline.work import carry_or_stop

F = TypeVar("F", bound=FileRun)

Step = Callable[..., bool]

BATCH = 1_000


@dataclass(frozen=True)
class Steps(Generic[F]):
    """What a worker does with one sort of file, and how a run stops that cannot go on by itself."""

    rehearse: Step
    write: Step
    take_back: Step
    stop: Callable[..., None]

    def carry_on(self, run: F | None, *, now: dt.datetime) -> None:
        """Take a run as far as it goes without a person. Safe to call twice at once, and for runs long gone."""
        step = self._next(run) if run is not None else None
        if run is not None and step is not None:
            carry_or_stop(run, lambda it: step(it, now=now), lambda it, error: self.stop(it, error, now=now))

    def _next(self, run: F) -> Step | None:
        if run.is_being_read:
            return self.rehearse
        if run.is_confirmed:
            return self.write
        return self.take_back if run.is_being_taken_back else None


@dataclass(frozen=True)
class Rehearsal(Generic[F]):
    """Gives every line of a file its verdict. `judge` turns lines into the `columns` of the rows that are kept."""

    run: F
    kept: Any
    columns: Sequence[str]
    judge: Callable[[Sequence[SourceRow]], Iterable[tuple[Any, ...]]]

    def carry(self, lines: Sequence[SourceRow], *, now: dt.datetime, actor: Actor) -> bool:
        """From the first line to the last; False when somebody else took the run over."""
        if not self._begin(len(lines)):
            return False
        before = 0
        for start in range(0, len(lines), BATCH):
            part = lines[start : start + BATCH]
            if not self._keep(list(self.judge(part)), before, part[-1].number, now):
                return False
            before = part[-1].number
        self.run.refresh_from_db()
        self.run.rehearsed(self.kept.counts(), at=now, actor=actor)
        return True

    def _begin(self, total: int) -> bool:
        """Start from the first line, also where a worker died half-way; one still at it will notice and leave."""
        with transaction.atomic():
            if not self._locked().exists():
                return False
            self.kept.all().delete()
            self.run.reach(cursor=0, total=total)
        return True

    def _keep(self, rows: list[tuple[Any, ...]], before: int, last: int, now: dt.datetime) -> bool:
        with transaction.atomic():
            if not self._locked().filter(cursor=before).exists():
                return False
            insert(self.kept.model, self.columns, rows, now=now)
            self.run.reach(cursor=last)
        return True

    def _locked(self) -> "models.QuerySet[Any]":
        """The run, locked, as long as nobody has chosen other columns or ended it meanwhile."""
        runs: models.QuerySet[Any] = type(self.run)._default_manager.select_for_update()
        return runs.filter(pk=self.run.pk, status=self.run.status, mapped_at=self.run.mapped_at)


def forget(run: FileRun, kept: Any, *, now: dt.datetime, actor: Actor) -> None:
    """Forget a run nobody confirmed, with its file and lines. Raises TransitionRefused."""
    with transaction.atomic():
        run.discard(at=now, actor=actor)
        kept.all().delete()
    run.file.delete(save=False)
