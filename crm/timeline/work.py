"""Carrying a run to its end, batch by batch, so that a kill at any moment costs nothing and nothing is done twice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import structlog
from django.db import IntegrityError, OperationalError, transaction

from crm.timeline.record import subject_of
from crm.timeline.runs import Run

log = structlog.get_logger(__name__)

R = TypeVar("R", bound=Run)

TRIES = 3


@dataclass(frozen=True)
class Work(Generic[R]):
    """What is done to a run as long as it has a status, and what comes when nothing is left to do.

    `batch(run, last)` does the next rows of the locked run, keeps how far it is, and returns the last of them, or 0
    when none was left. `last` is what the batch before returned.
    """

    status: str
    batch: Callable[[R, int], int]
    end: Callable[[R], None]
    again: tuple[type[Exception], ...] = (IntegrityError, OperationalError)
    """Signs that somebody did the same at this moment: then the batch is decided anew."""

    def carry(self, run: R) -> bool:
        """From where the run stands to its end; False when it has not, or no longer, that status."""
        last = self._batch_with_retries(run, 0)
        while last:
            log.info("batch_done", run=subject_of(run), last=last)
            last = self._batch_with_retries(run, last)
        if last is None or not self._end(run):
            return False
        run.refresh_from_db()
        return True

    def one_batch(self, run: R, last: int = 0) -> int | None:
        """One transaction under the run's lock, where workers take turns; None when the run is not theirs any more."""
        with transaction.atomic():
            locked = self._locked(run)
            return None if locked is None else self.batch(locked, last)

    def _batch_with_retries(self, run: R, last: int) -> int | None:
        for attempt in range(1, TRIES + 1):
            try:
                return self.one_batch(run, last)
            except self.again as error:
                log.warning("batch_repeated", run=subject_of(run), attempt=attempt, error=str(error))
                if attempt == TRIES:
                    raise
        return None

    def _end(self, run: R) -> bool:
        with transaction.atomic():
            locked = self._locked(run)
            if locked is not None:
                self.end(locked)
        return locked is not None

    def _locked(self, run: R) -> R | None:
        runs: Any = type(run)._default_manager.select_for_update(of=("self",)).select_related("started_by")
        found: R | None = runs.filter(pk=run.pk, status=self.status).first()
        return found


def carry_or_stop(run: R, carry: Callable[[R], object], stop: Callable[[R, Exception], None]) -> None:
    """Take a run further; one that cannot go on by itself says so instead of standing still."""
    try:
        carry(run)
    except Exception as error:
        log.exception("run_stopped", run=subject_of(run))
        run.refresh_from_db()
        stop(run, error)
