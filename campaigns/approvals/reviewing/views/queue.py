"""The queue: what waits for a decision."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.approvals.models import ReviewStage
from campaigns.approvals.reviewing.doors import looks
from campaigns.approvals.reviewing.queue import Line, Wanted, choices_for, for_rows, waiting
from campaigns.planning.views.doors import colleague

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
    }
    return render(request, "campaigns/approvals/queue.html", context)
