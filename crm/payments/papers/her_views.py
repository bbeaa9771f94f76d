"""Her own page about money. It only shows: her bank account and her invoices have ways of their own."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from crm.base.files import serve_file
from crm.payments.models import Document
from crm.payments.papers.document_views import as_pdf
from crm.payments.papers.her_page import her_money, may_see_money, payments_of_hers
from crm.portal.visits import Visit, visiting


@visiting
@require_safe
def her_payments(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every amount: what for, by when, what is missing from her, and what was paid."""
    if not may_see_money(visit.asking):
        return _gone(request, visit)
    context = {"visit": visit, "frame": visit.frame, "her": her_money(visit.asking)}
    return render(request, "crm/payments/papers/her_payments.html", context)


@visiting
@require_safe
def her_proof(request: HttpRequest, visit: Visit, payment: int) -> Any:
    """The bank's proof of one of her payments."""
    _only_hers(visit)
    found = get_object_or_404(payments_of_hers(visit.asking).select_related("proof"), pk=payment)
    if found.proof is None:
        raise Http404
    return serve_file(request, found.proof)


@visiting
@require_safe
def her_paper(request: HttpRequest, visit: Visit, document: int) -> HttpResponse:
    """A paper about one of her payments."""
    _only_hers(visit)
    papers = Document.objects.filter(payment__in=payments_of_hers(visit.asking)).select_related("series", "influencer")
    return as_pdf(get_object_or_404(papers, pk=document))


def _only_hers(visit: Visit) -> None:
    if not may_see_money(visit.asking):
        raise Http404


def _gone(request: HttpRequest, visit: Visit) -> HttpResponse:
    return render(request, "crm/portal/gone.html", {"visit": visit, "frame": visit.frame}, status=404)
