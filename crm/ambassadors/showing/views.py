"""The page of a deal. It only shows; what can be done is on pages of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from crm.ambassadors.doors import deal_of
from crm.ambassadors.places import deal_panel
from crm.ambassadors.showing.binds import binds_of
from crm.ambassadors.showing.page import page_of
from crm.team.views.access import me, needs


@require_safe
@needs("crm.view_ambassadordeal")
def deal(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands, what is owed and paid, and what is decided next."""
    found, user, now = deal_of(request, pk), me(request), timezone.now()
    panels = [placed.call(found, user, now) for placed in deal_panel.all()]
    context = {
        "page": page_of(found, user, now),
        "deal": found,
        "contract": found.contract,
        "panels": [shown for shown in panels if shown is not None],
    }
    return render(request, "crm/ambassadors/showing/deal.html", context)


@require_safe
@needs("crm.view_ambassadordeal")
def binds(request: HttpRequest, pk: int) -> HttpResponse:
    """What is promised about other brands and about the content, read by itself."""
    found = deal_of(request, pk)
    context = {"binds": binds_of(found, me(request)), "contract": found.contract, "deal": found}
    is_part = request.headers.get("HX-Request") == "true"
    template = "crm/ambassadors/showing/binds.html" if is_part else "crm/ambassadors/showing/binds_page.html"
    return render(request, template, context)
