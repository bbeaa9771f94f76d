"""What the pages show, computed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.base.formats import count_full
from crm.influencers.imports import wizard
from crm.influencers.imports.remarks import SENTENCES
from crm.intake.kinds import IntakeKind, of_run
from crm.intake.models import Intake, IntakeLine
from crm.timeline.run_pages import tabs

LINES_PER_PAGE = 50
TONES = {"new": "ok", "adds": "ok", "unknown": "warn", "conflict": "warn", "rejected": "bad"}
KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as its page shows it."""

    number: int
    who: str
    what: str
    verdict: str
    tone: str
    sentences: list[str]


def sentence(kind: IntakeKind, reason: Sequence[str]) -> str:
    """A stored reason in the active language."""
    code, column, text = reason
    said = str(kind.sentences.get(code, SENTENCES.get(code, "%(text)s"))) % {"text": text}
    return f"{column}: {said}" if column else said


def sentences(kind: IntakeKind, line: IntakeLine) -> list[str]:
    return [sentence(kind, reason) for reason in [*line.kept_because, *line.reasons]]


def steps(now: str, run: Intake | None = None) -> list[dict[str, str]]:
    """Where the wizard stands."""
    if run is not None and now == "run" and not (run.is_rehearsed or run.is_being_read or run.has_stopped):
        now = "done"
    return wizard.steps(now, run, "intake-columns")


def same_file(run: Intake) -> dict[str, str] | None:
    """A word about the very same file having been imported before."""
    return wizard.said_before(run, Intake.objects.done_with(run).first(), "intake")


def progress(run: Intake, now: dt.datetime) -> dict[str, Any]:
    """How far a run is, and whether anybody seems to be at it."""
    note, poll_url = _("You can leave this page; the work goes on."), reverse("intake-progress", args=[run.pk])
    return wizard.progress(run, now, note=note, poll_url=poll_url, **_how_far(run))


def _how_far(run: Intake) -> dict[str, Any]:
    if run.is_being_taken_back:
        made = run.lines.exclude(made={})
        tried = made.filter(line__gte=run.cursor).count() if run.cursor else 0
        title, done, total = _("Taking %(file)s back"), tried, made.count()
    elif run.is_confirmed:
        done = run.lines.filter(line__lte=run.cursor).count()
        title, total = _("Importing %(file)s"), run.total
    else:
        title, done, total = _("Reading %(file)s"), run.lines.count(), run.total
    return {"title": title % {"file": run.file_name}, "done": done, "total": total}


def report(run: Intake, verdict: str, page: str | None) -> dict[str, Any]:
    """The lines of a run, by verdict and page."""
    kind = of_run(run)
    kept = run.lines.kept().count()
    verdict = verdict if verdict in (*IntakeLine.Verdict.values, KEPT) else ""
    lines = run.lines.kept() if verdict == KEPT else run.lines.with_verdict(verdict) if verdict else run.lines.all()
    shown = Paginator(lines.order_by("line"), LINES_PER_PAGE).get_page(page)
    return {
        "page_obj": shown,
        "lines": [_line(kind, line) for line in shown],
        "tabs": _tabs(run, verdict, kept),
        "has_trouble": run.lines.with_trouble().exists(),
        "question": question(run),
        "writes": sum(run.counts.get(verdict, 0) for verdict in IntakeLine.WRITES),
        "offers": kind.offers(run) if run.is_rehearsed else [],
        "ways": kind.ways(run) if run.is_done else [],
        "after": kind.after(run) if run.is_done else None,
        "standing": run.lines.standing().count() if run.is_done or run.is_taken_back else 0,
        "kept": kept,
    }


def _line(kind: IntakeKind, line: IntakeLine) -> Line:
    if line.taken_back_at is not None:
        return Line(line.line, line.who, line.what, _("Taken back"), "", [])
    said, tone = str(line.get_verdict_display()), TONES.get(line.verdict, "")
    if line.kept_because:
        said, tone = _("Stays"), "warn"
    return Line(line.line, line.who, line.what, said, tone, sentences(kind, line))


def _tabs(run: Intake, verdict: str, kept: int) -> list[dict[str, Any]]:
    choices = [*IntakeLine.Verdict.choices, (KEPT, _("Stays"))]
    return tabs("verdict", choices, {**run.counts, KEPT: kept}, verdict, total=sum(run.counts.values()))


def question(run: Intake) -> str:
    """What "import" will do, in one sentence, before it does it."""
    writes = sum(run.counts.get(verdict, 0) for verdict in IntakeLine.WRITES)
    there = sum(run.counts.get(verdict, 0) for verdict in ("unchanged", "duplicate"))
    out = sum(run.counts.get(verdict, 0) for verdict in ("unknown", "conflict", "rejected"))
    parts = [
        ngettext("Writes %(count)s line.", "Writes %(count)s lines.", writes) % {"count": count_full(writes)},
        _("Already there: %(count)s.") % {"count": count_full(there)} if there else "",
        ngettext("Leaves %(count)s line out.", "Leaves %(count)s lines out.", out) % {"count": count_full(out)}
        if out
        else "",
    ]
    return " ".join(part for part in parts if part)


def trouble_header(run: Intake) -> list[str]:
    """The header of the lines to correct: the file's own, with line and reason in front."""
    return [_("Row"), _("Verdict"), _("Reason"), *run.columns["header"]]


def trouble_lines(run: Intake) -> Iterable[list[str]]:
    """Lines that were left out, as they stood in the file, to be corrected and imported again."""
    kind = of_run(run)
    for line in run.lines.with_trouble().order_by("line").iterator(2_000):
        yield [str(line.line), str(line.get_verdict_display()), " ".join(sentences(kind, line)), *line.cells]
