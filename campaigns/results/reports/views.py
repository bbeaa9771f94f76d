"""The report of a campaign, its tiers beside each other, and how it is told."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.planning.models import Campaign
from campaigns.planning.views.doors import actor_of, colleague, find_campaign, may
from campaigns.results.models import MARKS, ReportSettings
from campaigns.results.reports.building import report_of
from campaigns.results.reports.chosen import Chosen, choose, chosen_for
from campaigns.results.reports.forms import ReportSettingsForm
from campaigns.results.reports.shape import Report
from campaigns.results.tabs import head_of

reads = may("campaigns.view_report")


@reads
@require_safe
def campaign_report(request: HttpRequest, pk: int) -> HttpResponse:
    """What a campaign came to, on one page. `?mark=` and `?cost=` look at it otherwise without keeping that."""
    campaign = find_campaign(request, pk)
    return shown(request, campaign, "report", "campaigns/results/report.html")


@reads
@require_safe
def campaign_tiers(request: HttpRequest, pk: int) -> HttpResponse:
    """Large accounts beside small ones: what each tier brought and what it cost."""
    campaign = find_campaign(request, pk)
    return shown(request, campaign, "tiers", "campaigns/results/tiers.html")


def shown(request: HttpRequest, campaign: Campaign, page: str, template: str) -> HttpResponse:
    chosen = looked_at(request, chosen_for(campaign))
    report = report_of(campaign, user=colleague(request), now=timezone.now(), chosen=chosen)
    context = {
        "report": report,
        "chosen": chosen,
        "looks": looks_of(report, chosen),
        **head_of(campaign, colleague(request), page),
    }
    return render(request, template, context)


def looked_at(request: HttpRequest, chosen: Chosen) -> Chosen:
    """The settings with what the address asks for; what it cannot mean is passed over."""
    mark, cost, match = (request.GET.get(name, "") for name in ("mark", "cost", "match"))
    if mark.isascii() and mark.isdigit() and int(mark[:4]) in MARKS:
        chosen = replace(chosen, mark=int(mark[:4]))
    if cost in ReportSettings.Cost.values:
        chosen = replace(chosen, cost=cost)
    if match.isascii() and match.isdigit() and len(match) <= 3 and int(match) <= 100:
        chosen = replace(chosen, match=Decimal(match))
    return chosen


def looks_of(report: Report, chosen: Chosen) -> dict[str, list[dict[str, Any]]]:
    """The ways to look at the same report, as components/seg.html draws them."""
    match = "" if chosen.match is None else f"&match={chosen.match}"
    marks = ReportSettings._meta.get_field("mark").flatchoices
    costs = ((ReportSettings.Cost.FULL, _("With goods")), (ReportSettings.Cost.CASH, _("Money only")))
    return {
        "marks": [
            {"label": label, "url": f"?mark={mark}&cost={chosen.cost}{match}", "active": mark == report.mark}
            for mark, label in marks
        ],
        "costs": [
            {"label": label, "url": f"?mark={chosen.mark}&cost={cost}{match}", "active": cost == chosen.cost}
            for cost, label in costs
        ],
    }


@may("campaigns.change_results")
@require_http_methods(["GET", "HEAD", "POST"])
def report_settings(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How the report is told; a refused form keeps what was typed."""
    campaign = find_campaign(request, pk)
    row = ReportSettings.objects.filter(campaign=campaign).first() or ReportSettings(campaign=campaign)
    form = ReportSettingsForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        said = {"shows_emv": row.shows_emv, **form.cleaned_data}
        choose(campaign, said, at=timezone.now(), actor=actor_of(request))
        messages.success(request, _("Saved."))
        return redirect("campaign-report", pk=pk)
    context = {"form": form, **head_of(campaign, colleague(request), "report")}
    return render(request, "campaigns/results/report_settings.html", context, status=422 if form.is_bound else 200)
