"""The page of deals at risk."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from crm.ambassadors.risks.listing import narrowed, reasons_of, risk_rows, tabs_of
from crm.team.views.access import me, needs

PAGE = 50


@require_safe
@needs("crm.view_ambassadordeal")
def at_risk(request: HttpRequest) -> HttpResponse:
    """Every reason to look at a deal, the worst first, each with what settles it."""
    key = request.GET.get("reason", "")
    found = reasons_of(me(request), timezone.now())
    page = Paginator(narrowed(found, key), PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": risk_rows(list(page.object_list)),
        "tabs": tabs_of(found, key, _("All reasons")),
        "deals": len({reason.facts.deal for reason in found}),
    }
    return render(request, "crm/ambassadors/risks/at_risk.html", context)
