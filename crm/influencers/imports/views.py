"""The import's pages: past runs, upload, columns, one page per run that shows whatever the run has come to."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.csv_out import csv_response
from crm.influencers.imports import actions, pages
from crm.influencers.imports.file_forms import FileForm, SheetForm
from crm.influencers.imports.forms import ColumnsForm
from crm.influencers.imports.queries import beginning_of, remembered
from crm.influencers.imports.reading import Table, UnreadableFile
from crm.influencers.imports.rehearsal import rehearse
from crm.influencers.imports.report import trouble_header, trouble_rows
from crm.influencers.imports.taking_back.pages import result
from crm.influencers.imports.wizard import REHEARSED_AT_ONCE
from crm.influencers.models import ImportRow, ImportRun
from crm.influencers.places import kinds_to_bring
from crm.influencers.tasks import ring
from crm.team.views.access import me, needs
from crm.timeline.record import Actor
from crm.timeline.run_pages import bar, in_time, take_step

RUNS_PER_PAGE = 20
VERB = "crm.import_influencer"


def _found(request: HttpRequest, pk: int) -> ImportRun:
    runs = ImportRun.objects.visible_to(me(request)).select_related("platform", "started_by")
    return get_object_or_404(runs, pk=pk)


@require_safe
@needs(VERB)
def runs(request: HttpRequest) -> HttpResponse:
    """Past imports, the newest first."""
    found = ImportRun.objects.visible_to(me(request)).select_related("started_by", "platform").newest_first()
    page = Paginator(found, RUNS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "now": timezone.now(), "kinds": kinds_to_bring(me(request), "people")}
    return render(request, "crm/influencers/import_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(VERB)
def upload(request: HttpRequest) -> HttpResponse:
    """Bring a file."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            taken, _table = actions.take(file.name, file.read(), user=me(request), now=timezone.now())
        except UnreadableFile as error:
            form.add_error("file", str(error))
        else:
            return redirect("import-columns", taken.pk)
    kinds = kinds_to_bring(me(request), "people", to_start=True)
    context = {"form": form, "steps": pages.steps("upload"), "kinds": kinds}
    return render(request, "crm/influencers/import_upload.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(VERB)
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the columns mean; the rehearsal follows."""
    found = _found(request, pk)
    if not found.may_be_reopened:
        messages.info(request, _("This file is already imported; its columns stay as they were."))
        return redirect("import-run", pk)
    table = _table_or_none(request, found)
    if table is None:
        return redirect("imports")
    form = ColumnsForm(request.POST or None, run=found, table=table, zone=me(request).zone)
    only_looks = "look" in request.POST
    if request.method == "POST" and not only_looks and form.is_valid():
        return _rehearse(request, found, form)
    context = {
        "run": found,
        "form": form,
        "is_refused": form.is_bound and not only_looks,
        "columns": pages.columns(form, table, timezone.now()),
        "remembered": remembered(found),
        "sheet_form": SheetForm(table=table) if len(table.sheets) > 1 else None,
        "steps": pages.steps("columns", found),
        "before": pages.same_file(found),
    }
    return render(request, "crm/influencers/import_columns.html", context, status=422 if context["is_refused"] else 200)


def _table_or_none(request: HttpRequest, found: ImportRun) -> Table | None:
    try:
        return beginning_of(found)
    except (UnreadableFile, FileNotFoundError):
        messages.error(request, _("The uploaded file is no longer there. Upload it again."))
        return None


def _rehearse(request: HttpRequest, found: ImportRun, form: ColumnsForm) -> HttpResponse:
    now, actor = timezone.now(), Actor.user(me(request))

    def chosen() -> None:
        actions.choose_columns(
            found,
            form.column_map,
            counted_at=form.counted_at or now,
            replaces_known=bool(form.cleaned_data["replaces_known"]),
            now=now,
            actor=actor,
        )
        if 0 < found.total <= REHEARSED_AT_ONCE:
            rehearse(found, now=now, actor=actor)
        else:
            ring(found)

    in_time(request, chosen)
    return redirect("import-run", found.pk)


@require_POST
@needs(VERB)
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget what these headings meant before."""
    found = _found(request, pk)
    if found.may_be_reopened:
        actions.forget_columns(found)
        messages.success(request, _("Forgotten: the columns are guessed from their headings again."))
    return redirect("import-columns", pk)


@require_POST
@needs(VERB)
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Take another sheet of the workbook."""
    found = _found(request, pk)
    table = _table_or_none(request, found)
    if table is None or not found.may_be_reopened:
        return redirect("import-run", pk)
    form = SheetForm(request.POST, table=table)
    if form.is_valid():
        try:
            actions.choose_sheet(found, form.cleaned_data["sheet"])
        except UnreadableFile as error:
            messages.error(request, str(error))
    else:
        messages.error(request, _("Choose one of the workbook's sheets."))
    return redirect("import-columns", pk)


@require_safe
@needs(VERB)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: how far it is, what it would do, or what it did."""
    found = _found(request, pk)
    if found.status == ImportRun.Status.UPLOADED and not found.is_being_read:
        return redirect("import-columns", pk)
    context: dict[str, Any] = {"run": found, "steps": pages.steps("run", found), "before": pages.same_file(found)}
    if found.is_under_way:
        context |= pages.progress(found, timezone.now())
        return render(request, "crm/influencers/import_progress.html", context)
    if found.is_taken_back:
        context |= result(found, request.GET.get("outcome", ""), request.GET.get("page"))
        return render(request, "crm/influencers/import_undone.html", context)
    context |= pages.report(found, request.GET.get("verdict", ""), request.GET.get("page"))
    return render(request, "crm/influencers/import_run.html", context)


@require_safe
@needs(VERB)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress bar alone; once the work is over the page shows what came of it."""
    found = _found(request, pk)
    return bar(request, found, "import-run", lambda: pages.progress(found, timezone.now()))


@require_POST
@needs(VERB)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was rehearsed."""
    found = _found(request, pk)
    take_step(request, found, lambda: found.confirm(at=timezone.now(), actor=Actor.user(me(request))), ring)
    return redirect("import-run", pk)


@require_POST
@needs(VERB)
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a worker again for a run that stands still; a stopped one is confirmed again first."""
    found = _found(request, pk)
    now, actor = timezone.now(), Actor.user(me(request))
    take_step(request, found, lambda: actions.go_on(found, now=now, actor=actor), ring)
    return redirect("import-run", pk)


@require_POST
@needs(VERB)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a run nobody confirmed."""
    found = _found(request, pk)
    now, actor = timezone.now(), Actor.user(me(request))
    if not in_time(request, lambda: actions.discard(found, now=now, actor=actor)):
        return redirect("import-run", pk)
    messages.success(request, _("The import is discarded; nothing was written."))
    return redirect("imports")


@require_POST
@needs(VERB)
def person(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Say whose a row is that names accounts of two people, or that looks like somebody on file."""
    found = _found(request, pk)
    verdicts = (ImportRow.Verdict.CONFLICT, ImportRow.Verdict.NEW)
    row = get_object_or_404(found.rows.filter(verdict__in=verdicts), line=line)
    form = pages.person_form(row, request.POST)
    if form.is_valid() and actions.choose_person(row, form.cleaned_data["person"]):
        messages.success(request, _("Row %(row)s is settled.") % {"row": line})
    else:
        messages.error(request, _("It is too late to choose, or that person is not one of the two."))
    return redirect(f"{reverse('import-run', args=[pk])}?verdict={row.verdict}")


@require_safe
@needs(VERB)
def trouble(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Rows that were left out or not read in full, with the reason, to be corrected and imported again."""
    found = _found(request, pk)
    stem = found.file_name.rsplit(".", 1)[0]
    return csv_response(f"{stem}-rows.csv", trouble_header(found), trouble_rows(found), zone=me(request).zone)
