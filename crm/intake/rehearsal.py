"""The rehearsal: a verdict and reasons for every line, with nothing written about anybody."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from crm.base.bulk import insert
from crm.intake.columns import table_of
from crm.intake.kinds import Judged, of_run
from crm.intake.models import Intake, IntakeLine, IntakeQuerySet
from crm.timeline.record import SYSTEM, Actor

BATCH = 1_000
LINE = ("run_id", "line", "verdict", "who", "what", "reasons", "facts", "cells")


def rehearse(run: Intake, *, now: dt.datetime, actor: Actor = SYSTEM) -> bool:
    """Give every line its verdict; False when somebody else took the run over. Raises UnreadableFile."""
    kind = of_run(run)
    table = table_of(kind, run)
    judge = kind.judge(run, table, now)
    if not _begin(run, len(table.rows)):
        return False
    before = 0
    for start in range(0, len(table.rows), BATCH):
        part = table.rows[start : start + BATCH]
        judged = judge(part)
        with transaction.atomic():
            if not _locked(run).filter(cursor=before).exists():
                return False
            insert(IntakeLine, LINE, _rows(run, judged), now=now)
            before = part[-1].number
            Intake.objects.filter(pk=run.pk).update(cursor=before, updated_at=Now())
    run.refresh_from_db()
    run.rehearsed(run.lines.counts(), at=now, actor=actor)
    return True


def _begin(run: Intake, total: int) -> bool:
    """Start from the first line, also where a worker died half-way; one still at it will notice and leave."""
    with transaction.atomic():
        if not _locked(run).exists():
            return False
        run.lines.all().delete()
        Intake.objects.filter(pk=run.pk).update(cursor=0, total=total, updated_at=Now())
    return True


def _locked(run: Intake) -> IntakeQuerySet:
    """The run, locked, as long as nobody has chosen other columns or ended it meanwhile."""
    return Intake.objects.select_for_update().filter(pk=run.pk, status=run.status, mapped_at=run.mapped_at)


def _rows(run: Intake, judged: Iterable[Judged]) -> Iterable[tuple[Any, ...]]:
    """Cells are kept where a person may want to correct something."""
    for one in judged:
        cells = [] if one.verdict in (*IntakeLine.WRITES, IntakeLine.Verdict.UNCHANGED) else list(one.cells)
        reasons = [list(reason) for reason in one.reasons]
        yield run.pk, one.line, one.verdict, one.who[:160], one.what[:300], reasons, one.facts, cells
