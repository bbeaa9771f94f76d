"""The pages of work on many people: what it would do, how far it is, what came of it for each."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.base.csv_out import csv_response
from crm.influencers.bulk_runs import actions, pages
from crm.influencers.bulk_runs.kinds import kind_of
from crm.influencers.models import BulkRun
from crm.influencers.tasks import call_for
from crm.team.views.access import me, needs
from crm.timeline.record import Actor
from crm.timeline.run_pages import bar, in_time, take_step

RUNS_PER_PAGE = 20
VERB = "crm.change_influencer"


def _found(request: HttpRequest, pk: int) -> BulkRun:
    """A run whose steps are taken here; one with a page of its own has its steps there."""
    found = _looked_at(request, pk)
    if kind_of(found.action).page:
        raise Http404
    return found


def _looked_at(request: HttpRequest, pk: int) -> BulkRun:
    return get_object_or_404(BulkRun.objects.visible_to(me(request)).select_related("started_by"), pk=pk)


@require_safe
@needs(VERB)
def runs(request: HttpRequest) -> HttpResponse:
    """Past work on many people, the newest first."""
    found = BulkRun.objects.visible_to(me(request)).select_related("started_by").newest_first()
    page = Paginator(found, RUNS_PER_PAGE).get_page(request.GET.get("page"))
    lines = [(one, pages.title_of(one)) for one in page]
    return render(request, "crm/influencers/bulk_runs.html", {"page_obj": page, "lines": lines})


@require_safe
@needs(VERB)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: what it would do, how far it is, or what it did."""
    found = _looked_at(request, pk)
    own_page = kind_of(found.action).page
    if own_page:
        return redirect(own_page, pk)
    context = {"run": found, "run_title": pages.title_of(found)}
    if found.is_under_way:
        context |= pages.progress(found, timezone.now())
        return render(request, "crm/influencers/bulk_progress.html", context)
    context |= pages.report(found, request.GET.get("outcome", ""), request.GET.get("page"))
    context["door"] = pages.door(found, me(request))
    return render(request, "crm/influencers/bulk_run.html", context)


@require_safe
@needs(VERB)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress bar alone; once the work is over the page shows what came of it."""
    found = _found(request, pk)
    return bar(request, found, "bulk-run", lambda: pages.progress(found, timezone.now()))


def go(found: BulkRun) -> None:
    """Do it at once when it is little, else call a worker."""
    if found.total - found.cursor <= kind_of(found.action).at_once:
        actions.carry_on(found.pk, now=timezone.now())
    else:
        call_for(found)


@require_POST
@needs(VERB)
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what was shown, or go on with what stands still."""
    found = _found(request, pk)
    now, actor = timezone.now(), Actor.user(me(request))
    take_step(request, found, lambda: actions.go_on(found, now=now, actor=actor), go)
    return redirect("bulk-run", pk)


@require_POST
@needs(VERB)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget what was only shown."""
    found = _found(request, pk)
    if not in_time(request, lambda: found.discard(at=timezone.now(), actor=Actor.user(me(request)))):
        return redirect("bulk-run", pk)
    messages.success(request, _("Discarded; nobody was changed."))
    return redirect("people")


@require_POST
@needs(VERB)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """The opposite, for those whom the run changed."""
    found, user = _found(request, pk), me(request)
    if not kind_of(found.action).undo or not found.is_done:
        messages.error(request, _("This cannot be taken back from here. Look at the people one by one."))
        return redirect("bulk-run", pk)
    if not user.has_perm("crm.archive_influencer"):
        raise PermissionDenied
    back = actions.undo(found, user=user, now=timezone.now())
    go(back)
    return redirect("bulk-run", back.pk)


@require_safe
@needs(VERB)
def result(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every row with its result, for a spreadsheet."""
    found = _found(request, pk)
    name = f"{found.action}-{found.pk}.csv"
    return csv_response(name, pages.csv_header(), pages.csv_rows(found), zone=me(request).zone)
