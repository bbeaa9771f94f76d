"""The rehearsal: a verdict and reasons for every line, with nothing written about anybody."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from crm.influencers.imports.steps import Rehearsal
from crm.intake.columns import table_of
from crm.intake.kinds import Judged, of_run
from crm.intake.models import Intake, IntakeLine
from crm.timeline.record import SYSTEM, Actor

LINE = ("run_id", "line", "verdict", "who", "what", "reasons", "facts", "cells")


def rehearse(run: Intake, *, now: dt.datetime, actor: Actor = SYSTEM) -> bool:
    """Give every line its verdict; False when somebody else took the run over. Raises UnreadableFile."""
    kind = of_run(run)
    table = table_of(kind, run)
    judge = kind.judge(run, table, now)
    rehearsal = Rehearsal(run, run.lines, LINE, lambda lines: _rows(run, judge(lines)))
    return rehearsal.carry(table.rows, now=now, actor=actor)


def _rows(run: Intake, judged: Iterable[Judged]) -> Iterable[tuple[Any, ...]]:
    """Cells are kept where a person may want to correct something."""
    for one in judged:
        cells = [] if one.verdict in (*IntakeLine.WRITES, IntakeLine.Verdict.UNCHANGED) else list(one.cells)
        reasons = [list(reason) for reason in one.reasons]
        yield run.pk, one.line, one.verdict, one.who[:160], one.what[:300], reasons, one.facts, cells
