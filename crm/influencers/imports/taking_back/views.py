"""Taking an import back: what it would come to, the button, and the list of what stays."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from crm.base.csv_out import csv_response
from crm.influencers.imports.taking_back import pages
from crm.influencers.imports.taking_back.report import kept_header, kept_rows
from crm.influencers.models import ImportRun
from crm.influencers.tasks import ring
from crm.team.views.access import me, needs
from crm.timeline.record import Actor
from crm.timeline.run_pages import take_step

VERB = "crm.import_influencer"


def _found(request: HttpRequest, pk: int) -> ImportRun:
    return get_object_or_404(ImportRun.objects.visible_to(me(request)).select_related("started_by"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(VERB)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """See row by row what would be taken back and what stays, then begin."""
    found = _found(request, pk)
    if request.method == "POST":
        return _begin(request, found)
    if not found.may_be_taken_back:
        return redirect("import-run", pk)
    context = {"run": found, **pages.rehearsal(found, request.GET.get("outcome", ""), request.GET.get("page"))}
    return render(request, "crm/influencers/import_undo.html", context)


def _begin(request: HttpRequest, found: ImportRun) -> HttpResponse:
    user = me(request)
    take_step(request, found, lambda: found.take_back(by=user, at=timezone.now(), actor=Actor.user(user)), ring)
    return redirect("import-run", found.pk)


@require_safe
@needs(VERB)
def kept(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Rows of which something stays, with the reasons, as a table to take along."""
    found = _found(request, pk)
    stem = found.file_name.rsplit(".", 1)[0]
    return csv_response(f"{stem}-kept.csv", kept_header(), kept_rows(found), zone=me(request).zone)
