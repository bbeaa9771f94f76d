"""One version, beside the one before it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.approvals.deciding.shown import for_review
from campaigns.approvals.reviewing.doors import find_version, looks
from campaigns.approvals.reviewing.page import Asked, page_of
from campaigns.planning.views.doors import colleague


@looks
@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What was handed in: compared, checked, with the notes, and the decision."""
    version = find_version(request, pk)
    user, now = colleague(request), timezone.now()
    page = page_of(version, Asked.of(request.GET), user, now)
    deciding = for_review(page.side.review, user, now) if page.side.review else None
    context = {"page": page, "version": version, "deciding": deciding}
    return render(request, "campaigns/approvals/review.html", context)
