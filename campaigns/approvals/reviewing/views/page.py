"""One version, beside the one before it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from campaigns.approvals.checking.shown import for_version
from campaigns.approvals.deciding.shown import for_review
from campaigns.approvals.models import CheckResult, ContentVersion, Note
from campaigns.approvals.reviewing.doors import find_version, looks
from campaigns.approvals.reviewing.forms import NoteForm
from campaigns.approvals.reviewing.page import Asked, page_of
from campaigns.planning.views.doors import colleague


@looks
@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What was handed in: compared, checked, with the notes, and the decision."""
    return shown(request, find_version(request, pk))


def shown(request: HttpRequest, version: ContentVersion, form: NoteForm | None = None) -> HttpResponse:
    """The page; `form` is a note that could not be kept."""
    user, now = colleague(request), timezone.now()
    page = page_of(version, Asked.of(request.GET), user, now)
    context = {
        "page": page,
        "version": version,
        "deciding": for_review(page.side.review, user, now) if page.side.review else None,
        "form": form or NoteForm(initial=prefilled(request, version), about=page.about),
        "may_note": user.has_perm("campaigns.review"),
        "checks": for_version(version, user),
        "here": request.GET.urlencode(),
    }
    return render(request, "campaigns/approvals/review.html", context, status=422 if form else 200)


def prefilled(request: HttpRequest, version: ContentVersion) -> dict[str, Any]:
    """`?about=12`: a note about what the checks found there."""
    said = request.GET.get("about", "")
    if not said.isdecimal() or len(said) > 18:
        return {}
    found = CheckResult.objects.filter(version=version, pk=int(said)).first()
    if found is None:
        return {}
    words = found.said_id if get_language() == "id" else found.said_en
    return {
        "body": words, "cites": f"rule-{found.rule}", "level": Note.Level.MUST if found.holds else Note.Level.SHOULD,
        "words": found.quoted if found.platform_id is None else "", "near": found.start,
    }  # fmt: skip
