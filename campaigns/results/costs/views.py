"""Pages of costs, and of what stands beside the figures: what also happened, and surveys."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.planning.models import Campaign
from campaigns.planning.views.doors import actor_of, colleague, find_campaign, may
from campaigns.results.costs import noting
from campaigns.results.costs.forms import ConfounderForm, CostForm, LiftForm
from campaigns.results.costs.lift import reading_of
from campaigns.results.costs.page import page_of
from campaigns.results.models import BrandLift, CampaignCost, Confounder, ReportSettings
from campaigns.results.tabs import head_of
from crm.base.zones import local_date

PAGE = ["GET", "HEAD", "POST"]
looks = may("campaigns.view_report")
changes = may("campaigns.change_results")


@looks
@require_http_methods(PAGE)
def campaign_costs(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What it cost, by part and by person; POST notes a cost beside people."""
    return add_cost(request, pk) if request.method == "POST" else _costs(request, find_campaign(request, pk), None)


@changes
def add_cost(request: HttpRequest, pk: int) -> HttpResponse:
    campaign, now = find_campaign(request, pk), timezone.now()
    form = CostForm(request.POST, campaign=campaign)
    if not form.is_valid():
        return _costs(request, campaign, form)
    form.instance.by = colleague(request)
    noting.note_cost(form.instance, at=now, actor=actor_of(request))
    messages.success(request, _("Noted."))
    return redirect("campaign-costs", pk)


def _costs(request: HttpRequest, campaign: Campaign, form: CostForm | None) -> HttpResponse:
    chosen = ReportSettings.objects.filter(campaign=campaign).values_list("cost", flat=True).first()
    asked = request.GET.get("cost", "")
    cost = asked if asked in ReportSettings.Cost.values else chosen or ReportSettings.Cost.FULL
    context: dict[str, Any] = {
        **head_of(campaign, colleague(request), "costs"), "page": page_of(campaign, cost), "cost": cost,
        "form": form or CostForm(campaign=campaign, initial={"on": _today(campaign)}),
        "switch": [
            {"label": _("Everything"), "url": "?cost=full", "active": cost == "full", "count": ""},
            {"label": _("Money only"), "url": "?cost=cash", "active": cost == "cash", "count": ""},
        ],
    }  # fmt: skip
    status = 422 if form is not None else 200
    return render(request, "campaigns/results/costs/campaign.html", context, status=status)


def _today(campaign: Campaign) -> Any:
    return local_date(timezone.now(), campaign.zone)


@looks
@require_http_methods(PAGE)
def campaign_lift(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Surveys and what also happened; POST notes a survey."""
    return add_lift(request, pk) if request.method == "POST" else _beside(request, find_campaign(request, pk))


@changes
def add_lift(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = find_campaign(request, pk)
    form = LiftForm(request.POST, campaign=campaign)
    if not form.is_valid():
        return _beside(request, campaign, lift=form)
    noting.note_lift(form.instance, at=timezone.now(), actor=actor_of(request))
    messages.success(request, _("Noted."))
    return redirect(reverse("campaign-lift", args=[pk]) + "#surveys")


@changes
@require_POST
def add_happened(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what else may have moved the figures."""
    campaign = find_campaign(request, pk)
    form = ConfounderForm(request.POST, campaign=campaign)
    if not form.is_valid():
        return _beside(request, campaign, also=form)
    noting.note_happened(form.instance, at=timezone.now(), actor=actor_of(request))
    messages.success(request, _("Noted."))
    return redirect("campaign-lift", pk)


def _beside(
    request: HttpRequest, campaign: Campaign, *, lift: LiftForm | None = None, also: ConfounderForm | None = None
) -> HttpResponse:
    today = _today(campaign)
    surveys = [
        (row, reading_of(row.exposed, row.exposed_yes, row.control, row.control_yes))
        for row in campaign.brand_lifts.all()
    ]
    context = {
        **head_of(campaign, colleague(request), "costs"), "surveys": surveys, "happened": campaign.confounders.all(),
        "lift_form": lift or LiftForm(campaign=campaign, initial={"on": today}),
        "also_form": also or ConfounderForm(campaign=campaign, initial={"first_on": today}),
    }  # fmt: skip
    status = 422 if lift is not None or also is not None else 200
    return render(request, "campaigns/results/costs/beside.html", context, status=status)


def _drop(
    model: type[models.Model], drop: Callable[..., None], back: str
) -> Callable[[HttpRequest, int], HttpResponse]:
    """A button that takes one row out again."""

    @changes
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        seen: Any = model._default_manager.all()
        row = get_object_or_404(seen.visible_to(colleague(request)).select_related("campaign"), pk=pk)
        drop(row, at=timezone.now(), actor=actor_of(request))
        messages.success(request, _("Taken out again. The story still tells of it."))
        return redirect(back, row.campaign_id)

    return view  # type: ignore[return-value]


cost_drop = _drop(CampaignCost, noting.drop_cost, "campaign-costs")
happened_drop = _drop(Confounder, noting.drop_happened, "campaign-lift")
lift_drop = _drop(BrandLift, noting.drop_lift, "campaign-lift")
