"""Pages of findings: the list, one finding, and what somebody decides about it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.exclusivity.actions import cases, findings
from crm.exclusivity.actions.waivers import allow_finding
from crm.exclusivity.finding_pages import findings_of, lines_of, page_of, waits_for
from crm.exclusivity.forms import WaiverForm
from crm.exclusivity.forms.findings import PARTS, FindingFilter, NoConflictForm
from crm.exclusivity.masks import sides_of
from crm.exclusivity.models import Finding
from crm.exclusivity.tabs import exclusivity_tabs
from crm.team.views.access import me, needs
from crm.timeline.transitions import TransitionRefused

PAGE = 25
FORM = ["GET", "HEAD", "POST"]


def find(request: HttpRequest, pk: int) -> Finding:
    """A finding this colleague may know of, or 404."""
    return get_object_or_404(Finding.objects.visible_to(me(request)).with_sides(), pk=pk)


def deciding(request: HttpRequest, pk: int) -> Finding:
    """A finding whose promise is this colleague's to decide about, or 404."""
    finding = find(request, pk)
    mine = Finding.objects.of_promises_seen_by(me(request))
    return get_object_or_404(mine.with_sides(), pk=finding.pk)


@require_safe
@needs("crm.view_finding")
def finding_list(request: HttpRequest) -> HttpResponse:
    """What meets among promises and work, the worst first."""
    user, form = me(request), FindingFilter(request.GET, user=me(request))
    page = Paginator(findings_of(user, form.asked), PAGE).get_page(request.GET.get("page"))
    part = form.asked.get("part", "")
    kept = request.GET.copy()
    kept.pop("page", None)
    parts = []
    for key, label in PARTS:
        kept["part"] = key
        parts.append({"label": label, "url": f"?{kept.urlencode()}", "active": key == part})
    context = {"form": form, "page_obj": page, "lines": lines_of(page.object_list, user), "parts": parts, "part": part,
               "tabs": exclusivity_tabs(user, "findings")}  # fmt: skip
    return render(request, "crm/exclusivity/findings.html", context)


@require_safe
@needs("crm.view_finding")
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding with both its sides."""
    found = find(request, pk)
    context = {
        "finding": found,
        "page": page_of(found, me(request), timezone.now()),
        "waits": waits_for(found, me(request)) if sides_of(found, me(request)).sees_promise else "",
    }
    return render(request, "crm/exclusivity/finding.html", context)


@require_POST
@needs("crm.see_finding")
def finding_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody knows of it."""
    found = deciding(request, pk)
    return _decide(request, found, lambda: findings.see_finding(found, by=me(request), at=timezone.now()),
                   _("It stays on the list as seen."))  # fmt: skip


@require_http_methods(FORM)
@needs("crm.waive_finding")
def finding_allow(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it stand beside the promise, with a reason."""
    found, user, form = deciding(request, pk), me(request), WaiverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why, owner = form.cleaned_data["why"], found.influencer.owner
        try:
            done = allow_finding(found, why, owner=owner, by=user, at=timezone.now())
        except TransitionRefused as refused:
            messages.error(request, str(refused))
        else:
            said = _("Allowed and logged.") if done else _("Your reason is kept. A second person has to agree.")
            messages.success(request, said)
        return redirect("finding", pk)
    return _ask(request, found, form, _("Allow it"), waits_for(found, user))


@require_http_methods(FORM)
@needs("crm.waive_finding")
def finding_no_conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """It looks like a conflict and is none."""
    found, form = deciding(request, pk), NoConflictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        return _decide(
            request,
            found,
            lambda: findings.call_no_conflict(found, why, by=me(request), at=timezone.now()),
            _("It is settled as no conflict."),
        )
    return _ask(request, found, form, _("No conflict"), "")


@require_POST
@needs("crm.waive_finding")
def finding_open(request: HttpRequest, pk: int) -> HttpResponse:
    """It is a conflict after all."""
    found = deciding(request, pk)
    return _decide(request, found, lambda: findings.open_again(found, by=me(request), at=timezone.now()),
                   _("It is open again."))  # fmt: skip


@require_POST
@needs("crm.work_case")
def finding_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Look into whether a promise was broken."""
    return redirect("case", cases.open_case(deciding(request, pk), by=me(request), at=timezone.now()).pk)


def _decide(request: HttpRequest, found: Finding, act: Callable[[], None], done: str) -> HttpResponse:
    try:
        act()
    except TransitionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("finding", found.pk)


def _ask(request: HttpRequest, found: Finding, form: object, title: str, waits: str) -> HttpResponse:
    """A short form about one finding."""
    context = {"finding": found, "sides": sides_of(found, me(request)), "form": form, "title": title, "waits": waits,
               "back": reverse("finding", args=[found.pk])}  # fmt: skip
    return render(
        request, "crm/exclusivity/finding_form.html", context, status=422 if request.method == "POST" else 200
    )
