"""Statements of commission: all of them by month, and one with the orders it is made of."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from crm.base.text import one_line
from crm.payments.milestones.statements import lines_in
from crm.payments.models import CommissionStatement
from crm.team.views.access import me, needs

PAGE = 40


@require_safe
@needs("crm.view_ledgerline")
def statements(request: HttpRequest) -> HttpResponse:
    """Every month of everybody, the newest first."""
    words = one_line(request.GET.get("q", ""))
    rows = CommissionStatement.objects.visible_to(me(request)).select_related("influencer", "brand")
    rows = rows.filter(influencer__stage_name__icontains=words) if words else rows
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "crm/payments/milestones/statements.html", {"page_obj": page, "words": words})


@require_safe
@needs("crm.view_ledgerline")
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """One month of one person, order by order."""
    rows = CommissionStatement.objects.visible_to(me(request)).select_related("influencer", "brand")
    found = get_object_or_404(rows, pk=pk)
    context = {"statement": found, "lines": lines_in(found)}
    return render(request, "crm/payments/milestones/statement.html", context)
