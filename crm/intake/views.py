"""Pages shared by all kinds: past runs, upload, columns, one page per run that shows whatever the run has come to."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.csv_out import csv_response
from crm.influencers.imports.file_forms import FileForm, SheetForm
from crm.influencers.imports.reading import Table, UnreadableFile
from crm.influencers.imports.wizard import REHEARSED_AT_ONCE
from crm.influencers.places import kinds_to_bring
from crm.intake import actions, pages
from crm.intake.columns import SAMPLED, table_of
from crm.intake.forms import ColumnsForm
from crm.intake.kinds import IntakeKind, kind_of, of_run
from crm.intake.models import Intake
from crm.intake.rehearsal import rehearse
from crm.intake.tasks import ring
from crm.team.views.access import me
from crm.timeline.record import Actor
from crm.timeline.run_pages import bar, in_time, take_step
from crm.timeline.transitions import TransitionRefused

RUNS_PER_PAGE = 20


def _kind(request: HttpRequest, code: str) -> IntakeKind:
    """The kind, for those who may bring it."""
    kind = kind_of(code)
    if kind is None:
        raise Http404
    if not me(request).has_perm(kind.permission):
        raise PermissionDenied
    return kind


def _found(request: HttpRequest, pk: int) -> Intake:
    run = get_object_or_404(Intake.objects.visible_to(me(request)).select_related("started_by"), pk=pk)
    _kind(request, run.kind)
    return run


@require_safe
@login_required
def runs(request: HttpRequest, kind: str) -> HttpResponse:
    """Past imports of one kind, the newest first."""
    brought = _kind(request, kind)
    found = Intake.objects.visible_to(me(request)).of_kind(kind).select_related("started_by").newest_first()
    page = Paginator(found, RUNS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"kind": brought, "page_obj": page, "now": timezone.now(), "kinds": kinds_to_bring(me(request), kind)}
    return render(request, "crm/intake/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Bring a file."""
    brought = _kind(request, kind)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = actions.take(brought, file.name, file.read(), user=me(request))
        except UnreadableFile as error:
            form.add_error("file", str(error))
        else:
            return redirect("intake-columns", run.pk)
    context = {
        "kind": brought,
        "form": form,
        "steps": pages.steps("upload"),
        "kinds": kinds_to_bring(me(request), kind, to_start=True),
    }
    return render(request, "crm/intake/upload.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the columns mean and what counts for the whole file; the rehearsal follows."""
    run = _found(request, pk)
    if not run.may_be_reopened:
        messages.info(request, _("This file is already imported; its columns stay as they were."))
        return redirect("intake", pk)
    kind, table = of_run(run), _beginning(request, run)
    if table is None:
        return redirect("intakes", run.kind)
    data = request.POST if request.method == "POST" else None
    form = ColumnsForm(data, kind=kind, run=run, table=table)
    choices = kind.choices_form(run, me(request), data)
    if data is not None and form.is_valid() & choices.is_valid():
        return _rehearse(request, run, form.targets, kind.choices_of(choices))
    context = {
        "run": run,
        "kind": kind,
        "form": form,
        "choices": choices,
        "sheet_form": SheetForm(table=table) if len(table.sheets) > 1 else None,
        "steps": pages.steps("columns", run),
        "before": pages.same_file(run),
    }
    return render(request, "crm/intake/columns.html", context, status=422 if form.is_bound else 200)


def _beginning(request: HttpRequest, run: Intake) -> Table | None:
    try:
        return table_of(of_run(run), run, most=SAMPLED)
    except (UnreadableFile, FileNotFoundError):
        messages.error(request, _("The uploaded file is no longer there. Upload it again."))
        return None


def _rehearse(request: HttpRequest, run: Intake, targets: list[str], choices: dict[str, Any]) -> HttpResponse:
    now, actor = timezone.now(), Actor.user(me(request))
    if in_time(request, lambda: actions.choose_columns(run, targets, choices, now=now, actor=actor)):
        in_time(request, lambda: _read_now_or_soon(run))
    return redirect("intake", run.pk)


def _read_now_or_soon(run: Intake) -> None:
    if 0 < run.total <= REHEARSED_AT_ONCE:
        rehearse(run, now=timezone.now())
    else:
        ring(run)


@require_POST
@login_required
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Take another sheet of the workbook."""
    run = _found(request, pk)
    table = _beginning(request, run)
    if table is None or not run.may_be_reopened:
        return redirect("intake", pk)
    form = SheetForm(request.POST, table=table)
    try:
        if form.is_valid():
            actions.choose_sheet(run, form.cleaned_data["sheet"])
        else:
            messages.error(request, _("Choose one of the workbook's sheets."))
    except UnreadableFile as error:
        messages.error(request, str(error))
    return redirect("intake-columns", pk)


@require_safe
@login_required
def intake(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: how far it is, what it would do, or what it did."""
    run = _found(request, pk)
    if run.status == Intake.Status.UPLOADED and not run.is_being_read:
        return redirect("intake-columns", pk)
    context: dict[str, Any] = {
        "run": run,
        "kind": of_run(run),
        "steps": pages.steps("run", run),
        "before": pages.same_file(run),
    }
    if run.is_under_way:
        return render(request, "crm/intake/progress.html", context | pages.progress(run, timezone.now()))
    context |= pages.report(run, request.GET.get("verdict", ""), request.GET.get("page"))
    return render(request, "crm/intake/run.html", context)


@require_safe
@login_required
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress bar alone; once the work is over the page shows what came of it."""
    run = _found(request, pk)
    return bar(request, run, "intake", lambda: pages.progress(run, timezone.now()))


def _step(request: HttpRequest, pk: int, take: Callable[[Intake, Any, Actor], object]) -> HttpResponse:
    """One step of a run, and a worker for it; who is late is told."""
    run = _found(request, pk)
    now, actor = timezone.now(), Actor.user(me(request))
    take_step(request, run, lambda: take(run, now, actor), ring)
    return redirect("intake", pk)


@require_POST
@login_required
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was rehearsed."""
    return _step(request, pk, lambda run, now, actor: run.confirm(at=now, actor=actor))


@require_POST
@login_required
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a worker again for a run that stands still or has stopped."""
    return _step(request, pk, lambda run, now, actor: actions.go_on(run, now=now, actor=actor))


@require_POST
@login_required
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away what the run made, as far as nobody has touched it since."""
    return _step(request, pk, lambda run, now, actor: run.take_back(at=now, actor=actor))


@require_POST
@login_required
def accept(request: HttpRequest, pk: int, offer: str) -> HttpResponse:
    """Let Mitra do what it offered for lines that were left out, and rehearse again."""
    run = _found(request, pk)
    try:
        if actions.accept(run, offer, now=timezone.now(), actor=Actor.user(me(request))):
            _read_now_or_soon(run)
        else:
            messages.error(request, _("That is not offered any more. Reload the page."))
    except TransitionRefused as refused:
        messages.error(request, str(refused))
    return redirect("intake", pk)


@require_POST
@login_required
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a run nobody confirmed."""
    run = _found(request, pk)
    now, actor = timezone.now(), Actor.user(me(request))
    if not in_time(request, lambda: actions.discard(run, now=now, actor=actor)):
        return redirect("intake", pk)
    messages.success(request, _("The import is discarded; nothing was written."))
    return redirect("intakes", run.kind)


@require_safe
@login_required
def trouble(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Lines that were left out, with the reason, to be corrected and imported again."""
    run = _found(request, pk)
    stem = run.file_name.rsplit(".", 1)[0]
    lines = pages.trouble_lines(run)
    return csv_response(f"{stem}-rows.csv", pages.trouble_header(run), lines, zone=me(request).zone)
