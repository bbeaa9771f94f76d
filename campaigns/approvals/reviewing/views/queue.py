"""The queue: what waits for a decision."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.approvals.models import ReviewStage
from campaigns.approvals.reviewing.doors import looks, works
from campaigns.approvals.reviewing.many import approve_many, chosen_by
from campaigns.approvals.reviewing.queue import Line, Wanted, choices_for, for_rows, waiting
from campaigns.planning.views.doors import actor_of, colleague

PAGE = 50


@looks
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """Everything that waits, the most urgent first."""
    user, now = colleague(request), timezone.now()
    wanted = Wanted.of(request.GET)
    page = Paginator(for_rows(waiting(user, wanted, now)), PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "lines": [Line(review, now) for review in page.object_list],
        "wanted": wanted,
        "choices": choices_for(user, now),
        "stages": ReviewStage.Role.choices,
        "actions": [{"label": _("Approve"), "value": "approve", "icon": "check2"}],
        "may_approve": user.has_perm("campaigns.review"),
    }
    return render(request, "campaigns/approvals/queue.html", context)


@works
@require_POST
def reviews_approve(request: HttpRequest) -> HttpResponse:
    """One yes to several: what was found in each comes first, then a result for each."""
    user, now = colleague(request), timezone.now()
    if request.POST.get("sure"):
        verdicts = approve_many(user, request.POST.getlist("seen"), at=now, actor=actor_of(request))
        undone = sum(not one.done for one in verdicts)
        return render(request, "campaigns/approvals/reviewing/approved.html", {"verdicts": verdicts, "undone": undone})
    chosen = chosen_by(user, request.POST.getlist("ids"), now)
    if not chosen:
        messages.warning(request, _("Nothing you chose waits for your word. Tick what is to be approved."))
        return redirect("reviews")
    return render(request, "campaigns/approvals/reviewing/approve.html", {"chosen": chosen})
