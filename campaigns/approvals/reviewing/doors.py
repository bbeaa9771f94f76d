"""Who may look at what was handed in, and who says something to it: what the pages ask first."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from campaigns.approvals.models import ContentVersion, Note
from campaigns.planning.views.doors import colleague, may

looks = may("campaigns.view_review")
works = may("campaigns.review")


def find_version(request: HttpRequest, pk: int) -> ContentVersion:
    """A version of a brand this colleague may see, with everything its head names, or 404."""
    seen = ContentVersion.objects.visible_to(colleague(request)).select_related(
        "review",
        "deliverable__format__platform",
        "deliverable__account",
        "deliverable__collaboration__influencer",
        "deliverable__collaboration__campaign__brand",
        "deliverable__collaboration__campaign__owner",
    )
    found: ContentVersion = get_object_or_404(seen, pk=pk)
    return found


def find_note(request: HttpRequest, pk: int) -> Note:
    seen = Note.objects.visible_to(colleague(request)).select_related("version__deliverable", "asset")
    found: Note = get_object_or_404(seen, pk=pk)
    return found
