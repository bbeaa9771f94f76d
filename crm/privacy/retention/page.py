"""What the page about retention shows: each rule with its source, what it would take next, and what it took last."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from crm.base.places import Outlived
from crm.privacy.models import RetentionRun
from crm.privacy.retention.rules import Keeping, every_keeping, in_force, today

SHOWN = 50
RUNS = 20


@dataclass(frozen=True)
class Line:
    """One rule as the page shows it."""

    keeping: Keeping
    is_in_force: bool
    would_go: int
    asks: bool
    last: RetentionRun | None

    @property
    def state(self) -> tuple[str, str]:
        """A tone and a word."""
        if not self.is_in_force or self.keeping.days is None:
            return "", _("Off: nothing goes")
        if self.last is not None and self.last.trouble:
            return "bad", _("Could not be done")
        return ("warn", _("Asks first")) if self.asks else ("ok", _("Goes by itself"))

    @property
    def tone(self) -> str:
        return self.state[0]

    @property
    def words(self) -> str:
        return self.state[1]


@dataclass(frozen=True)
class OneRule:
    """One rule and some of what is older than it allows."""

    line: Line
    shown: Sequence[tuple[str, str]]
    more: int
    runs: Sequence[RetentionRun]
    may_let_go: bool


def lines(now: dt.datetime) -> list[Line]:
    """Every rule; one question for each, which counts what is older."""
    standing = {keeping.key for keeping in in_force(today(now))}
    last = _last_runs()
    return [_line(keeping, keeping.key in standing, last.get(keeping.key), now) for keeping in every_keeping()]


def _line(keeping: Keeping, is_in_force: bool, last: RetentionRun | None, now: dt.datetime) -> Line:
    outlived = keeping.outlived(now)
    counted = outlived.rows.count() if outlived is not None else 0
    asks = outlived is not None and keeping.asks(outlived)
    return Line(keeping, is_in_force, counted, asks, last)


def _last_runs() -> dict[str, RetentionRun]:
    newest = RetentionRun.objects.values("key").annotate(last_on=Max("on")).values_list("key", "last_on")
    wanted = Q(pk__in=[])
    for key, on in newest:
        wanted |= Q(key=key, on=on)
    return {run.key: run for run in RetentionRun.objects.filter(wanted)}


def one_rule(keeping: Keeping, now: dt.datetime) -> OneRule:
    standing = {one.key for one in in_force(today(now))}
    runs = list(RetentionRun.objects.filter(key=keeping.key).newest_first()[:RUNS])
    line = _line(keeping, keeping.key in standing, runs[0] if runs else None, now)
    outlived: Outlived | None = keeping.outlived(now)
    rows: list[Any] = list(outlived.rows.order_by("pk")[:SHOWN]) if outlived is not None else []
    shown = [outlived.shown(row) for row in rows] if outlived is not None else []
    may_let_go = bool(shown) and outlived is not None and outlived.take is not None
    return OneRule(line, shown, line.would_go - len(shown), runs, may_let_go)
