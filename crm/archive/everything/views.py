"""Settings → Leave, or move: everything in one file, for the owner."""

from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.db.models import Sum
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.archive.everything.asking import ask, fetched
from crm.archive.everything.tables import carried
from crm.archive.everything.tasks import ring
from crm.archive.models import KEPT, ExportRun
from crm.base.models import StoredFile
from crm.contracts.models import Contract
from crm.influencers.models import Influencer
from crm.team.views.access import me, needs

VERB = "crm.export_everything"
SHOWN = 10


@require_safe
@needs(VERB)
def everything(request: HttpRequest) -> HttpResponse:
    """What would be in the file, how far it is, where it can be fetched, and the two commands."""
    now = timezone.now()
    runs = list(ExportRun.objects.visible_to(me(request)).select_related("asked_by").newest_first()[:SHOWN])
    ready = next((run for run in runs if run.may_be_fetched(now)), None)
    context = {
        "runs": runs,
        "latest": runs[0] if runs else None,
        "work": _work(runs[0]) if runs and runs[0].is_under_way else None,
        "ready": ready,
        "kept_hours": int(KEPT.total_seconds() // 3600),
        "now": now,
        **_what_is_here(),
    }
    return render(request, "crm/archive/everything.html", context)


def _what_is_here() -> dict[str, Any]:
    return {
        "tables": len(carried()),
        "people": Influencer.objects.count(),
        "contracts": Contract.objects.count(),
        "files": StoredFile.objects.exclude(file="").count(),
        "file_bytes": StoredFile.objects.exclude(file="").aggregate(of=Sum("size"))["of"] or 0,
    }


def _work(run: ExportRun) -> dict[str, Any]:
    """The inputs of the progress bar."""
    return {
        "id": "export",
        "title": _("Writing everything into one file"),
        "done": run.rows_done,
        "total": run.rows_expected,
        "note": _("You can leave this page; it goes on."),
        "poll_url": reverse("everything-progress", args=[run.pk]),
    }


@require_safe
@needs(VERB)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar alone, asked every other second."""
    run = get_object_or_404(ExportRun.objects.visible_to(me(request)), pk=pk)
    if not request.headers.get("HX-Request"):
        return redirect("everything")
    if not run.is_under_way:
        return HttpResponse(headers={"HX-Redirect": reverse("everything")})
    return render(request, "components/progress.html", _work(run))


@require_POST
@needs(VERB)
def start(request: HttpRequest) -> HttpResponse:
    """Ask for a new one."""
    run, is_new = ask(me(request), now=timezone.now())
    if is_new:
        ring(run)
    else:
        messages.info(request, _("One is being written already."))
    return redirect("everything")


@require_POST
@needs(VERB)
def fetch(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file itself. A button and not a link: that it left is written down."""
    now = timezone.now()
    run = get_object_or_404(ExportRun.objects.visible_to(me(request)).fetchable(now), pk=pk)
    try:
        content = default_storage.open(run.place)
    except OSError as gone:
        raise Http404("The file is gone from the store.") from gone
    fetched(run, by=me(request), at=now)
    name = f"mitra-{run.started_at:%Y-%m-%d}.zip"
    answer = FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")
    answer["Cache-Control"] = "private, no-store"
    return answer
