"""Pages of a file: bring it, see what it would do, let it, undo it. The same for every kind."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.planning.models import Refused
from campaigns.planning.views.doors import actor_of, colleague, find_campaign, may
from campaigns.results.files import actions
from campaigns.results.files.forms import ColumnsForm
from campaigns.results.files.kinds import Verdict, kind_of
from campaigns.results.files.rehearsing import Rehearsal, rehearse
from campaigns.results.models import ResultFile
from crm.influencers.imports.file_forms import FileForm
from crm.influencers.imports.reading import UnreadableFile

PER_PAGE = 50
changes = may("campaigns.change_results")


@changes
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Bring a file; nothing of it counts before somebody has seen what it would do."""
    campaign, brought = find_campaign(request, pk), kind_of(kind)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = actions.take_file(brought, campaign, file.name, file.read(), user=colleague(request))
        except UnreadableFile as error:
            form.add_error("file", str(error))
        else:
            return redirect("result-file", kept.pk)
    earlier = ResultFile.objects.filter(campaign=campaign, kind=kind, brought_at__isnull=False).select_related("file")
    context = {
        "campaign": campaign, "kind": brought, "form": form, "back": brought.back(campaign),
        "sheet": brought.sheet(campaign), "earlier": earlier[:20],
    }  # fmt: skip
    return render(request, "campaigns/results/files/upload.html", context, status=422 if form.is_bound else 200)


def _found(request: HttpRequest, pk: int) -> ResultFile:
    seen = ResultFile.objects.visible_to(colleague(request)).select_related("campaign__brand", "file", "by")
    found: ResultFile = get_object_or_404(seen, pk=pk)
    return found


@changes
@require_safe
def result_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would do, row by row; afterwards what it did."""
    file = _found(request, pk)
    return _page(request, file, None)


@changes
@require_POST
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the columns mean; the rehearsal is read anew."""
    file = _found(request, pk)
    header = file.columns.get("header", [])
    if not header:  # nobody could read it, as its page says
        return redirect("result-file", pk)
    form = ColumnsForm(request.POST, kind=kind_of(file.kind), header=header, samples=[])
    if not form.is_valid():
        return _page(request, file, form)
    try:
        actions.choose_columns(file, form.targets)
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("result-file", pk)


@changes
@require_POST
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what the rehearsal shows."""
    file = _found(request, pk)
    try:
        taken = actions.bring_in(file, at=timezone.now(), actor=actor_of(request)).taken
    except (Refused, UnreadableFile, FileNotFoundError) as refused:
        messages.warning(request, str(refused) or _("The uploaded file is no longer there. Upload it again."))
    else:
        messages.success(request, _("Brought in. Rows: %(rows)s") % {"rows": taken})
    return redirect("result-file", pk)


@changes
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away what the file brought."""
    file = _found(request, pk)
    try:
        gone = actions.undo(file, at=timezone.now(), actor=actor_of(request))
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Undone. Rows: %(rows)s") % {"rows": gone})
    return redirect("result-file", pk)


@changes
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a file nobody brought in."""
    file = _found(request, pk)
    back = kind_of(file.kind).back(file.campaign)
    try:
        actions.forget(file)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("result-file", pk)
    messages.success(request, _("The file is discarded; nothing was written."))
    return redirect(back)


def _page(request: HttpRequest, file: ResultFile, form: ColumnsForm | None) -> HttpResponse:
    kind = kind_of(file.kind)
    context: dict[str, Any] = {
        "file": file, "campaign": file.campaign, "kind": kind, "back": kind.back(file.campaign), "form": form,
    }  # fmt: skip
    if file.brought_at is None:
        context |= _rehearsed(request, file, form)
    return render(request, "campaigns/results/files/file.html", context, status=422 if form is not None else 200)


def _rehearsed(request: HttpRequest, file: ResultFile, form: ColumnsForm | None) -> dict[str, Any]:
    try:
        found = rehearse(kind_of(file.kind), file, timezone.now())
    except UnreadableFile as error:
        return {"unreadable": str(error)}
    except FileNotFoundError:
        return {"unreadable": _("The uploaded file is no longer there. Upload it again.")}
    asked = request.GET.get("verdict", "")
    rows = [row for row in found.rows if not asked or row.verdict == asked]
    return {
        "found": found, "form": form or _form(file, found), "tabs": _tabs(found, asked),
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip


def _tabs(found: Rehearsal, asked: str) -> list[dict[str, Any]]:
    whole = {"label": _("All rows"), "url": "?", "active": not asked, "count": len(found.rows)}
    parts = [
        {"label": one.label, "url": f"?verdict={one.value}", "active": asked == one.value, "count": found.counts[one]}
        for one in Verdict
    ]
    return [whole, *parts]


def _form(file: ResultFile, found: Rehearsal) -> ColumnsForm:
    header = [column.heading for column in found.columns]
    return ColumnsForm(
        None, kind=kind_of(file.kind), header=header, samples=[column.samples for column in found.columns],
        targets=[column.target for column in found.columns],
    )  # fmt: skip
