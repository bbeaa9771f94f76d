"""A report to take along, for colleagues: with costs, or as the client would get it (`?for=client`)."""

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.planning.models import Campaign
from campaigns.planning.views.doors import colleague, find_campaign, may
from campaigns.results.papers.files import as_pdf, as_workbook
from campaigns.results.papers.single_orders import order_rows
from campaigns.results.reports.building import report_of
from campaigns.results.reports.shape import Report

reads = may("campaigns.view_report")


@reads
@require_safe
def report_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    return as_pdf(_told(request, find_campaign(request, pk)), at=timezone.now())


@reads
@require_safe
def report_xlsx(request: HttpRequest, pk: int) -> HttpResponseBase:
    """With single orders for colleagues only: buyers' numbers leave the house with nobody else."""
    campaign = find_campaign(request, pk)
    report = _told(request, campaign)
    return as_workbook(report, [] if report.client else order_rows(campaign, colleague(request)))


def _told(request: HttpRequest, campaign: Campaign) -> Report:
    is_client = request.GET.get("for") == "client"
    return report_of(campaign, user=colleague(request), now=timezone.now(), client=is_client)
