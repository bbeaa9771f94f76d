"""Pages of what is asked for: one request."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.planning.views.doors import colleague
from campaigns.samples.asking.doors import find_sample, looks
from campaigns.samples.asking.page import page_of


@looks
@require_safe
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """What she gets and why, where it is, what is to be done next."""
    found = find_sample(request, pk)
    page = page_of(found, colleague(request), timezone.now())
    return render(request, "campaigns/samples/sample.html", {"sample": found, "page": page})
