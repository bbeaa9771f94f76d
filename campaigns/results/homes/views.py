"""The page a manager's day begins with."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.planning.views.doors import colleague, may
from campaigns.results.homes.page import overview_of


@may("campaigns.view_overview")
@require_safe
def manager_home(request: HttpRequest) -> HttpResponse:
    """Live campaigns as rows, and what waits for a decision."""
    page = overview_of(colleague(request), timezone.now())
    return render(request, "campaigns/results/homes/overview.html", {"page": page})
