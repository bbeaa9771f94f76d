"""What the pages of a run show, computed."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.influencers.bulk_runs.kinds import kind_of
from crm.influencers.bulk_runs.reasons import sentence
from crm.influencers.models import BulkRow, BulkRun, Influencer
from crm.influencers.pasting.fields import FIELDS
from crm.influencers.places import Door
from crm.team.models import User
from crm.timeline import run_pages

ROWS_PER_PAGE = 50
CHUNK = 2_000
Outcome = BulkRow.Outcome
TONES = {
    Outcome.WAITING: "info",
    Outcome.CHANGED: "ok",
    Outcome.SAME: "",
    Outcome.REFUSED: "bad",
    Outcome.LEFT_OUT: "warn",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row as its page shows it."""

    number: int
    label: str
    name: str
    url: str
    outcome: str
    tone: str
    becomes: str
    why: str


class _Counted(Paginator[BulkRow]):
    """Pages of a list whose length the run knows: nobody counts it again."""

    def __init__(self, rows: Any, count: int) -> None:
        super().__init__(rows, ROWS_PER_PAGE)
        self.known = count

    @property
    def count(self) -> int:
        return self.known


class _Places(_Counted):
    """Pages of all rows: places have no gaps, so page 2,000 is found like page 1."""

    def page(self, number: Any) -> Page[BulkRow]:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        rows: Any = self.object_list
        here = rows.filter(place__gt=first, place__lte=first + self.per_page)
        return Page(here, number, self)


def title_of(run: BulkRun) -> str:
    """What is done; of a column also which."""
    title = str(kind_of(run.action).title)
    return f"{title}: {FIELDS[run.data['field']].label}" if "field" in run.data else title


def door(run: BulkRun, user: User) -> Door | None:
    """Where the work can be looked at, for those who may."""
    leads_to = kind_of(run.action).leads_to
    return leads_to(run, user) if leads_to and run.is_done else None


def progress(run: BulkRun, now: dt.datetime, poll: str = "bulk-run-progress") -> dict[str, Any]:
    """How far a run is, and whether anybody seems to be at it; `poll` is where the bar alone is asked for."""
    return run_pages.progress(
        run,
        now,
        note=_("You can leave this page; the work goes on.") if run.cursor else _("Waiting for a worker."),
        waits=_("Waiting to go on: nobody is at it. It is taken up by itself within a minute; nobody is done twice."),
        id="bulk-progress",
        title=title_of(run),
        done=run.cursor,
        total=run.total,
        poll_url=reverse(poll, args=[run.pk]),
    )


def report(run: BulkRun, outcome: str, page: str | None) -> dict[str, Any]:
    """The rows of a run, by outcome and page."""
    outcome = outcome if outcome in Outcome.values else ""
    counts = run.counts or run.rows.counts()
    rows = run.rows.with_outcome(outcome) if outcome else run.rows.all()
    ordered = rows.order_by("place")
    pages = _Counted(ordered, counts.get(outcome, 0)) if outcome else _Places(ordered, run.total)
    shown: Page[BulkRow] = pages.get_page(page)
    return {
        "page_obj": shown,
        "lines": list(lines(run, shown)),
        "tabs": _tabs(run, counts, outcome),
        "changes": counts.get(Outcome.WAITING, 0),
        "may_undo": bool(kind_of(run.action).undo) and run.is_done and counts.get(Outcome.CHANGED, 0) > 0,
        "is_pasted": bool(run.data.get("pasted")),
        "emptied": run.data.get("emptied", 0) if run.is_shown else 0,
    }


def lines(run: BulkRun, rows: Iterable[BulkRow]) -> Iterator[Line]:
    """Rows with the people's names, looked up once for all of them."""
    several, kind = list(rows), kind_of(run.action)
    people = Influencer.objects.filter(pk__among=[row.influencer_ref for row in several if row.influencer_ref])
    names = dict(people.values_list("pk", "stage_name"))
    for row in several:
        name = names.get(row.influencer_ref or 0, "")
        yield Line(
            number=row.place,
            label=row.label,
            name=name,
            url=reverse("person", args=[row.influencer_ref]) if name else "",
            outcome=kind.word(row.outcome),
            tone=TONES[Outcome(row.outcome)],
            becomes=row.data.get("shown", ""),
            why=sentence(row.reason, kind.reasons),
        )


def _tabs(run: BulkRun, counts: dict[str, int], outcome: str) -> list[dict[str, Any]]:
    choices = [(value, kind_of(run.action).word(value)) for value in Outcome.values]
    return run_pages.tabs("outcome", choices, counts, outcome, total=run.total)


def csv_header() -> list[str]:
    return [_("Row"), _("As it was pasted"), _("Number"), _("Stage name"), _("Becomes"), _("Result"), _("Reason")]


def csv_rows(run: BulkRun) -> Iterator[list[str | int]]:
    """Every row with its result, read in parts."""
    waiting = run.rows.order_by("place").iterator(CHUNK)
    while part := list(islice(waiting, CHUNK)):
        for row, line in zip(part, lines(run, part), strict=True):
            yield [line.number, line.label, row.influencer_ref or "", line.name, line.becomes, line.outcome, line.why]
