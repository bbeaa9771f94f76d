"""Her own page about one campaign. It only shows; what she says goes through the answers of her tasks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaigns.planning.her_page import her_collaboration, parts_of
from crm.portal.visits import Visit, visiting


@visiting
@require_safe
def her_campaign(request: HttpRequest, visit: Visit, card: int) -> HttpResponse:
    """The offer, the brief, the contract, what she makes: whatever there is, on one page."""
    found = her_collaboration(visit.asking, card)
    parts = parts_of(found, visit.asking) if found is not None else []
    if found is None or not parts:
        return render(request, "crm/portal/gone.html", {"visit": visit, "frame": visit.frame}, status=404)
    context = {"visit": visit, "frame": visit.frame, "card": found, "campaign": found.campaign, "parts": parts}
    return render(request, "campaigns/her/page.html", context)
