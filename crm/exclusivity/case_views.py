"""Pages of breach cases: the list, one case, its steps and its evidence."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.base.files import Disposition, serve_file
from crm.exclusivity.actions import cases
from crm.exclusivity.case_pages import STEPS, CaseStep, cases_of, line_of_case, page_of_case
from crm.exclusivity.forms.cases import EvidenceForm, TellForm
from crm.exclusivity.models import BreachCase
from crm.exclusivity.notices import notice
from crm.exclusivity.tabs import exclusivity_tabs
from crm.team.views.access import me, needs
from crm.timeline.transitions import TransitionRefused

PAGE = 25
FORM = ["GET", "HEAD", "POST"]


def find(request: HttpRequest, pk: int) -> BreachCase:
    """A case of a brand this colleague works for, or 404."""
    return get_object_or_404(BreachCase.objects.visible_to(me(request)).with_sides(), pk=pk)


@require_safe
@needs("crm.view_case")
def case_list(request: HttpRequest) -> HttpResponse:
    """Cases that run, or those that are over."""
    user, over, now = me(request), request.GET.get("part") == "over", timezone.now()
    page = Paginator(cases_of(user, over=over), PAGE).get_page(request.GET.get("page"))
    parts = [{"label": _("Running"), "url": "?", "active": not over},
             {"label": _("Over"), "url": "?part=over", "active": over}]  # fmt: skip
    context = {"page_obj": page, "lines": [line_of_case(case, user, now) for case in page.object_list], "parts": parts,
               "over": over, "tabs": exclusivity_tabs(user, "cases")}  # fmt: skip
    return render(request, "crm/exclusivity/cases.html", context)


@require_safe
@needs("crm.view_case")
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case, with the words somebody may send her."""
    found, user, now = find(request, pk), me(request), timezone.now()
    context: dict[str, Any] = {"case": found, "page": page_of_case(found, user, now)}
    if found.status == BreachCase.Status.CONFIRMED and user.has_perm("crm.work_case"):
        context["notice"] = notice(found, user.get_short_name(), now)
    return render(request, "crm/exclusivity/case.html", context)


@require_http_methods(FORM)
@needs("crm.work_case")
def case_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step of a case, with the words that belong to it."""
    found, now = find(request, pk), timezone.now()
    if step not in STEPS:
        raise Http404
    todo = STEPS[step]
    if not me(request).has_perm(todo.permission):
        raise PermissionDenied
    initial = {"words": _words(request, found, now)} if todo.form is TellForm and request.method != "POST" else {}
    form = todo.form(request.POST if request.method == "POST" else None, case=found, now=now, initial=initial)
    if form.is_bound and form.is_valid():
        _go(request, found, todo, form)
        return redirect("case", pk)
    context = {"case": found, "step": todo, "form": form}
    return render(request, "crm/exclusivity/case_form.html", context, status=422 if form.is_bound else 200)


def _words(request: HttpRequest, found: BreachCase, now: Any) -> str:
    """The prepared words in her language, to be changed into what was really said."""
    return notice(found, me(request).get_short_name(), now)[f"text_{found.influencer.language}"]


def _go(request: HttpRequest, found: BreachCase, todo: CaseStep, form: Any) -> None:
    by, at = me(request), timezone.now()
    try:
        if isinstance(form, TellForm):
            data = form.cleaned_data
            cases.tell(found, data["words"], data["channel"], form.told_at, by=by, at=at)
        else:
            cases.step(found, todo.to, by=by, at=at, **form.said)
    except TransitionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Noted: %(status)s.") % {"status": found.get_status_display()})


@require_http_methods(FORM)
@needs("crm.work_case")
def case_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Add what somebody saw."""
    found, now = find(request, pk), timezone.now()
    form = EvidenceForm(request.POST or None, request.FILES or None, case=found, now=now)
    if form.is_bound and form.is_valid():
        cases.add_evidence(found, form.shown, by=me(request), at=now)
        messages.success(request, _("Kept as it is. Nobody can change it."))
        return redirect("case", pk)
    context = {"case": found, "form": form}
    return render(request, "crm/exclusivity/evidence_form.html", context, status=422 if form.is_bound else 200)


@require_safe
@needs("crm.view_case")
def case_file(request: HttpRequest, pk: int, evidence: int) -> HttpResponseBase:
    """The picture of a piece of evidence."""
    shown = get_object_or_404(find(request, pk).evidence.exclude(file=None).select_related("file"), pk=evidence)
    assert shown.file is not None
    return serve_file(request, shown.file, disposition=Disposition.INLINE)
