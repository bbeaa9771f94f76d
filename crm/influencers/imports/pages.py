"""What the import's pages show, computed."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.base.formats import count_full
from crm.base.zones import local_date
from crm.influencers.imports import wizard
from crm.influencers.imports.forms import ColumnsForm, PersonForm
from crm.influencers.imports.queries import same_file_before
from crm.influencers.imports.reading import Table
from crm.influencers.imports.readings import ColumnReading, readings_of
from crm.influencers.imports.reference import Reference
from crm.influencers.imports.report import sentences
from crm.influencers.imports.resembling import candidates
from crm.influencers.imports.values import Account
from crm.influencers.models import ImportRow, ImportRun, Influencer, Platform, SocialAccount
from crm.timeline.run_pages import tabs

ROWS_PER_PAGE = 50
TONES = {
    ImportRow.Verdict.NEW: "ok",
    ImportRow.Verdict.UPDATE: "info",
    ImportRow.Verdict.UNCHANGED: "",
    ImportRow.Verdict.DUPLICATE: "",
    ImportRow.Verdict.CONFLICT: "warn",
    ImportRow.Verdict.REJECTED: "bad",
}

NEW, UPDATE, UNCHANGED = ("new",), ("update",), ("unchanged",)
LEFT_OUT = ("duplicate", "conflict", "rejected")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the report as its page shows it."""

    number: int
    name: str
    handles: str
    verdict: str
    tone: str
    sentences: list[str]
    person_url: str
    person_form: PersonForm | None
    alike: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: the choice of its meaning, and how its cells are read under it."""

    field: BoundField
    reading: ColumnReading
    said_id: str


def columns(form: ColumnsForm, table: Table, now: dt.datetime) -> list[Column]:
    """Every column with its examples, as chosen at this moment."""
    reference = Reference.load(now.date())
    today = local_date(now, reference.zone)
    readings = readings_of(table, form.as_chosen, niches=reference.niche_words, today=today)
    rows = enumerate(zip(form.columns, readings, strict=True))
    return [Column(field, reading, f"reading-{index}") for index, (field, reading) in rows]


def steps(now: str, run: ImportRun | None = None) -> list[dict[str, str]]:
    """Where the wizard stands."""
    if run is not None and now == "run" and (run.is_done or run.is_confirmed):
        now = "done"
    return wizard.steps(now, run, "import-columns")


def same_file(run: ImportRun) -> dict[str, str] | None:
    """A word about the very same file having been imported before."""
    return wizard.said_before(run, same_file_before(run), "import-run")


def progress(run: ImportRun, now: dt.datetime) -> dict[str, Any]:
    """How far a run is, and whether anybody seems to be at it."""
    done, total = _how_far(run)
    title, poll_url = _title(run) % {"file": run.file_name}, reverse("import-progress", args=[run.pk])
    return wizard.progress(run, now, note=_note(run), title=title, done=done, total=total, poll_url=poll_url)


def _how_far(run: ImportRun) -> tuple[int, int]:
    """Rows finished, and rows there are."""
    if run.is_being_taken_back:
        rows = run.rows.wrote_something()
        return rows.filter(taken_back_at__gte=run.undo_began_at).count(), rows.count()
    done = run.rows.filter(line__lte=run.cursor).count() if run.is_confirmed else run.rows.count()
    return done, run.total


def _title(run: ImportRun) -> str:
    if run.is_being_taken_back:
        return _("Taking back %(file)s")
    return _("Importing %(file)s") if run.is_confirmed else _("Reading %(file)s")


def _note(run: ImportRun) -> str:
    if run.is_being_taken_back or run.cursor:
        return _("You can leave this page; the work goes on.")
    return _("Waiting for a worker.")


def report(run: ImportRun, verdict: str, page: str | None) -> dict[str, Any]:
    """The rows of a run, by verdict and page."""
    verdict = verdict if verdict in ImportRow.Verdict.values else ""
    rows = run.rows.with_verdict(verdict) if verdict else run.rows.all()
    shown = Paginator(rows.order_by("line"), ROWS_PER_PAGE).get_page(page)
    choosable = run.is_rehearsed and any(row.verdict == ImportRow.Verdict.CONFLICT for row in shown)
    owners = _owners(list(shown)) if choosable else {}
    platforms = dict(Platform.objects.values_list("code", "name"))
    refs = {row.influencer_ref for row in shown if row.influencer_ref}
    there = set(Influencer.objects.filter(pk__in=refs).values_list("pk", flat=True)) if refs else set()
    return {
        "page_obj": shown,
        "lines": [_line(row, owners, platforms, there, is_open=run.is_rehearsed) for row in shown],
        "tabs": tabs("verdict", ImportRow.Verdict.choices, run.counts, verdict),
        "has_trouble": run.rows.with_trouble().exists(),
        "question": _question(run),
        "summary": _summary(run),
    }


def _line(
    row: ImportRow,
    owners: Mapping[Account, tuple[int, str]],
    platforms: Mapping[str, str],
    there: Collection[int],
    *,
    is_open: bool,
) -> Line:
    accounts = [Account(*account) for account in row.facts.get("accounts", ())]
    is_conflict = row.verdict == ImportRow.Verdict.CONFLICT
    return Line(
        number=row.line,
        name=row.facts.get("name", ""),
        handles=" · ".join(f"{platforms.get(account.platform, '')} @{account.handle}" for account in accounts),
        verdict=str(row.get_verdict_display()),
        tone=TONES[ImportRow.Verdict(row.verdict)],
        sentences=sentences(row),
        alike=[(_person_url(one.pk), one.name) for one in candidates(row.reasons)] if is_open else [],
        person_url=_person_url(row.influencer_ref if row.influencer_ref in there else None),
        person_form=_person_form(row, accounts, owners) if is_conflict and owners else _alike_form(row, is_open),
    )


def _person_url(pk: int | None) -> str:
    return reverse("person", args=[pk]) if pk else ""


def person_form(row: ImportRow, data: Mapping[str, Any]) -> PersonForm:
    """The bound form that settles whose a row is."""
    if row.verdict == ImportRow.Verdict.NEW:
        return _alike_form(row, True, data) or PersonForm(data, people=[])
    accounts = [Account(*account) for account in row.facts.get("accounts", ())]
    return _person_form(row, accounts, _owners([row]), data)


def _person_form(
    row: ImportRow,
    accounts: list[Account],
    owners: Mapping[Account, tuple[int, str]],
    data: Mapping[str, Any] | None = None,
) -> PersonForm:
    people = dict.fromkeys(owners[account] for account in accounts if account in owners)
    return PersonForm(data, people=list(people), chosen=row.chosen_ref, auto_id=f"row-{row.line}-%s")


def _alike_form(row: ImportRow, is_open: bool, data: Mapping[str, Any] | None = None) -> PersonForm | None:
    """Somebody new, or the one on file whom she looks like."""
    found = candidates(row.reasons) if is_open and row.verdict == ImportRow.Verdict.NEW else []
    if not found:
        return None
    people = [(one.pk, _("it is %(name)s (#%(number)s)") % {"name": one.name, "number": one.pk}) for one in found]
    otherwise = _("make somebody new")
    return PersonForm(data, people=people, chosen=row.chosen_ref, otherwise=otherwise, auto_id=f"row-{row.line}-%s")


def _owners(rows: list[ImportRow]) -> dict[Account, tuple[int, str]]:
    """Whose the accounts of the doubtful rows are."""
    doubtful = [row for row in rows if row.verdict == ImportRow.Verdict.CONFLICT]
    handles = {handle for row in doubtful for _platform, handle in row.facts.get("accounts", ())}
    found = SocialAccount.objects.filter(handle__in=handles)
    rows_found = found.values_list("platform__code", "handle", "influencer_id", "influencer__stage_name")
    return {Account(platform, handle): (pk, f"{name} (#{pk})") for platform, handle, pk, name in rows_found}


def _question(run: ImportRun) -> str:
    """What "import" will do, in one sentence, before it does it."""
    new, update, left_out = (sum(run.counts.get(verdict, 0) for verdict in kinds) for kinds in (NEW, UPDATE, LEFT_OUT))
    parts = [
        _said(ngettext("Adds %(count)s person.", "Adds %(count)s people.", new), new),
        _said(ngettext("Updates %(count)s person.", "Updates %(count)s people.", update), update),
        _said(ngettext("Leaves %(count)s row out.", "Leaves %(count)s rows out.", left_out), left_out),
    ]
    return " ".join(part for part in parts if part) or _("Changes nobody.")


def _said(sentence: str, count: int) -> str:
    return sentence % {"count": count_full(count)} if count else ""


def _summary(run: ImportRun) -> list[dict[str, Any]]:
    kinds = {_("New"): NEW, _("Updated"): UPDATE, _("Unchanged"): UNCHANGED, _("Left out"): LEFT_OUT}
    return [{"label": label, "value": sum(run.counts.get(kind, 0) for kind in of)} for label, of in kinds.items()]
