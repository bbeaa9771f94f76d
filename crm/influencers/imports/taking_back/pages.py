"""What the pages about taking an import back show, computed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.base.formats import count_full
from crm.influencers.imports.taking_back.report import Judged, open_rows, would_come_to
from crm.influencers.models import ImportRow, ImportRun, Influencer, Platform
from crm.timeline.run_pages import tabs

ROWS_PER_PAGE = 50
MOST_AT_ONCE = 5_000
"""Up to so many rows are judged while somebody waits; of more the page shows each row and no totals."""

Outcome = ImportRow.Outcome
TONES = {Outcome.REMOVED: "ok", Outcome.BACK: "ok", Outcome.PARTLY: "warn", Outcome.KEPT: "bad"}


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the page shows it: whose, what becomes or became of it, and why."""

    number: int
    name: str
    handles: str
    outcome: str
    tone: str
    sentences: list[str]
    person_url: str


def rehearsal(run: ImportRun, outcome: str, page: str | None) -> dict[str, Any]:
    """What taking the run back would come to, before anything is written."""
    rows = open_rows(run)
    total = rows.count()
    if total > MOST_AT_ONCE:
        part = Paginator(rows, ROWS_PER_PAGE).get_page(page)
        among = run.rows.filter(pk__in=[row.pk for row in part]).order_by("line")
        lines = _lines(list(would_come_to(run, among)))
        return {"page_obj": part, "lines": lines, "tabs": [], "summary": [], "total": total, "may_stay": True}
    judged = list(would_come_to(run, rows))
    counts = Counter(row.outcome for row in judged)
    wanted = [row for row in judged if outcome in ("", row.outcome)]
    shown = Paginator(wanted, ROWS_PER_PAGE).get_page(page)
    return {
        "page_obj": shown,
        "lines": _lines(list(shown)),
        "tabs": tabs("outcome", Outcome.choices, counts, outcome),
        "summary": _summary(counts),
        "question": _question(counts),
        "total": total,
        "may_stay": any(row.kept for row in judged),
    }


def result(run: ImportRun, outcome: str, page: str | None) -> dict[str, Any]:
    """What came of it."""
    outcome = outcome if outcome in Outcome.values else ""
    rows = run.rows.exclude(outcome="").order_by("line")
    shown = Paginator(rows.filter(outcome=outcome) if outcome else rows, ROWS_PER_PAGE).get_page(page)
    return {
        "page_obj": shown,
        "lines": _lines([Judged(row.line, row.facts, row.influencer_ref, row.outcome, row.kept) for row in shown]),
        "tabs": tabs("outcome", Outcome.choices, run.outcomes, outcome),
        "summary": _summary(run.outcomes),
        "has_kept": run.rows.kept().exists(),
    }


def _lines(judged: Sequence[Judged]) -> list[Line]:
    platforms = dict(Platform.objects.values_list("code", "name"))
    there = set(Influencer.objects.filter(pk__in={row.person for row in judged}).values_list("pk", flat=True))
    return [
        Line(
            number=row.line,
            name=row.name,
            handles=" · ".join(
                f"{platforms.get(code, '')} @{handle}" for code, handle in row.facts.get("accounts", ())
            ),
            outcome=str(Outcome(row.outcome).label),
            tone=TONES[Outcome(row.outcome)],
            sentences=row.why,
            person_url=reverse("person", args=[row.person]) if row.person in there else "",
        )
        for row in judged
    ]


def _summary(counts: Any) -> list[dict[str, Any]]:
    return [{"label": label, "value": counts.get(value, 0)} for value, label in Outcome.choices]


def _question(counts: Any) -> str:
    """What taking back will do, in one sentence, before it does it."""
    gone, back, stays = counts[Outcome.REMOVED], counts[Outcome.BACK] + counts[Outcome.PARTLY], counts[Outcome.KEPT]
    parts = [
        _said(ngettext("Removes %(count)s person.", "Removes %(count)s people.", gone), gone),
        _said(ngettext("Puts %(count)s person back as before.", "Puts %(count)s people back as before.", back), back),
        _said(ngettext("%(count)s row stays as it is.", "%(count)s rows stay as they are.", stays), stays),
    ]
    return " ".join(part for part in parts if part) or _("Changes nobody.")


def _said(words: str, count: int) -> str:
    return words % {"count": count_full(count)} if count else ""
