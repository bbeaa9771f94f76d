"""Her own page about one deal. It only shows; what she says goes through the answers of her tasks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crm.ambassadors.hers.her_page import her_deal
from crm.contracts.own_page import contract_for
from crm.portal.visits import Visit, visiting


@visiting
@require_safe
def portal_deal(request: HttpRequest, visit: Visit, deal: int) -> HttpResponse:
    """What this month is about, what she gets, until when it runs, and how it went so far."""
    found = her_deal(visit.asking, deal)
    if found is None:
        return render(request, "crm/portal/gone.html", {"visit": visit, "frame": visit.frame}, status=404)
    contract = contract_for(visit.asking, found.deal.contract_id)
    context = {"visit": visit, "frame": visit.frame, "her": found, "deal": found.deal, "contract": contract}
    return render(request, "crm/ambassadors/hers/deal.html", context)
