"""Looking at a deal, and the queue of those that come to the end of their term."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.ambassadors.doors import REFUSALS, deal_of, say_refused
from crm.ambassadors.lists.filters import DealFilter, DealFilterForm
from crm.ambassadors.models import AmbassadorDeal, DealReview
from crm.ambassadors.reviewing import queue
from crm.ambassadors.reviewing.deciding import decide_review
from crm.ambassadors.reviewing.facts import facts_of
from crm.ambassadors.reviewing.forms import QUESTIONS, ReviewForm
from crm.ambassadors.reviewing.meaning import next_page
from crm.base.zones import local_date
from crm.team.views.access import me, needs

FORM = ["GET", "HEAD", "POST"]


@require_safe
@needs("crm.view_ambassadordeal")
def renewals(request: HttpRequest) -> HttpResponse:
    """By the day of the decision: what going on costs, how it went, and whether somebody has looked."""
    user, now = me(request), timezone.now()
    asked = DealFilter.read(request.GET, user, now)
    found = queue.standings(asked.narrow(AmbassadorDeal.objects.visible_to(user), now), now)
    span = _span(request)
    page = queue.page_of(queue.within(found, span), request.GET.get("page"))
    context = {
        "asked": asked,
        "chips": asked.chips(),
        "here": f"?{request.GET.urlencode()}",
        "tabs": _tabs(request, found, span),
        "page_obj": page,
        "rows": queue.rows_of(list(page.object_list), user, now),
        "is_empty": not found,
    }
    return render(request, "crm/ambassadors/reviewing/renewals.html", context)


@require_safe
@needs("crm.view_ambassadordeal")
def renewals_filter(request: HttpRequest) -> HttpResponse:
    """Every filter in one form: alone on a page, or as the part the queue opens."""
    form = DealFilterForm(request.GET, me(request))
    form.is_valid()
    part = "#form" if request.headers.get("HX-Request") else ""
    context = {"form": form, "span": _span(request)}
    return render(request, f"crm/ambassadors/reviewing/filter.html{part}", context)


def _span(request: HttpRequest) -> str:
    said = request.GET.get("within", "")
    return said if said in queue.SPANS else queue.USUAL


def _tabs(request: HttpRequest, found: list[queue.Standing], chosen: str) -> list[dict[str, Any]]:
    kept, tabs = request.GET.copy(), list[dict[str, Any]]()
    kept.pop("page", None)
    for key, (label, _days) in queue.SPANS.items():
        kept["within"] = key
        count = len(queue.within(found, key))
        tabs.append({"label": label, "url": f"?{kept.urlencode()}", "active": key == chosen, "count": count})
    return tabs


@require_http_methods(FORM)
@needs("crm.view_ambassadordeal")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions with the facts beside them; what each answer does is said before it is given."""
    user, now = me(request), timezone.now()
    may_work = user.has_perm("crm.change_ambassadordeal")
    if request.method == "POST" and not may_work:
        raise PermissionDenied
    rows = DealReview.objects.visible_to(user).select_related("decided_by")
    found = get_object_or_404(rows, pk=pk)
    deal = deal_of(request, found.deal_id)
    may_decide = may_work and not found.is_decided
    form = ReviewForm(request.POST or None, review=found, deal=deal, user=user) if may_decide else None
    if form is not None and form.is_bound and form.is_valid():
        said = {"scores": form.scores, "note": form.cleaned_data["note"], "tier": form.cleaned_data.get("tier")}
        try:
            made = decide_review(found, form.cleaned_data["decision"], **said, at=now, by=user)
        except REFUSALS as refused:
            say_refused(request, refused)
            return redirect("ambassador-review", pk=found.pk)
        messages.success(request, _("It is decided, and stands in the story."))
        found.refresh_from_db()
        return redirect(next_page(found, deal, made))
    context = {
        "review": found,
        "deal": deal,
        "contract": deal.contract,
        "form": form,
        "facts": facts_of(deal, user, local_date(now, deal.contract.zone)),
        "marks": [(label, found.scores.get(name)) for name, label in QUESTIONS.items()],
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "crm/ambassadors/reviewing/review.html", context, status=status)


@require_safe
@needs("crm.change_contract")
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Notice is given for the contract of a deal."""
    return redirect("contract-notice", pk=deal_of(request, pk).contract_id)
