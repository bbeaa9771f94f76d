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
    found = deal_of(request, pk)
    context = {"page": page_of(found, me(request), timezone.now()), "deal": found, "contract": found.contract}
    return render(request, "crm/ambassadors/showing/deal.html", context)


@require_safe
@needs("crm.view_ambassadordeal")
def panels(request: HttpRequest, pk: int) -> HttpResponse:
    """What other rooms show of a deal: each asks for its own, so they are read by themselves."""
    found, user, now = deal_of(request, pk), me(request), timezone.now()
    shown = [placed.call(found, user, now) for placed in deal_panel.all()]
    context = {"panels": [one for one in shown if one is not None], "deal": found}
    is_part = request.headers.get("HX-Request") == "true"
    template = "crm/ambassadors/showing/panels.html" if is_part else "crm/ambassadors/showing/panels_page.html"
    return render(request, template, context)


@require_safe
@needs("crm.view_ambassadordeal")
def binds(request: HttpRequest, pk: int) -> HttpResponse:
    """What is promised about other brands and about the content, read by itself."""
    found = deal_of(request, pk)
    context = {"binds": binds_of(found, me(request)), "contract": found.contract, "deal": found}
    is_part = request.headers.get("HX-Request") == "true"
    template = "crm/ambassadors/showing/binds.html" if is_part else "crm/ambassadors/showing/binds_page.html"
    return render(request, template, context)
