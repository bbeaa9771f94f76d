"""What a campaign aims at: its figures, how much of it is said, and what each person carries."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.planning.door import chain_of, committed, summed, tree_below
from campaigns.planning.door.asking import is_script
from campaigns.planning.forms.kpis import KpiRows
from campaigns.planning.forms.shares import SharesForm
from campaigns.planning.goals import aims_of, completeness, named, set_share, share_evenly, suggested_tiers
from campaigns.planning.models import Campaign, Kpi, Refused
from campaigns.planning.tabs import tabs_of
from campaigns.planning.views.doors import (
    actor_of,
    colleague,
    find_campaign,
    find_collaboration,
    looks,
    refuse,
    works,
)
from crm.base.formats import money_full


@looks
@require_safe
def campaign_goal(request: HttpRequest, pk: int) -> HttpResponse:
    """The goal, what it is measured by, who suits it, what is said and what is not."""
    campaign = find_campaign(request, pk)
    said, suits = completeness(campaign), suggested_tiers(campaign)
    context = {
        "campaign": campaign,
        "tabs": tabs_of(campaign, colleague(request), "goal"),
        "aims": aims_of(campaign),
        "suits": suits,
        "suits_named": named(suits, timezone.localdate()) if suits else {},
        "said": said,
        "missing": [(one, field_url(campaign, one.code)) for one in said.missing],
        "budgets": [budget_line(one) for one in chain_of(campaign) if one.budget is not None],
    }
    return render(request, "campaigns/planning/goal.html", context)


def field_url(campaign: Campaign, code: str) -> str:
    """Where it is typed."""
    if code.startswith("brand_"):
        return f"{reverse('brand-edit', args=[campaign.brand_id])}#id_{code.removeprefix('brand_')}"
    anchor = {"kpi": "kpi-rows", "budget": "id_budget_0"}.get(code, f"id_{code}")
    return f"{reverse('campaign-edit', args=[campaign.pk])}#{anchor}"


def budget_line(campaign: Campaign) -> dict[str, Any]:
    """What is committed of one budget; other currencies stand beside it."""
    assert campaign.budget is not None
    sums = summed(committed(tree_below(campaign.pk)))
    currency = str(campaign.budget.currency)
    own = sums.pop(currency, 0)
    return {
        "campaign": campaign,
        "budget": money_full(campaign.budget),
        "committed": money_full(own, currency),
        "is_over": own > campaign.budget.amount,
        "beside": ", ".join(money_full(amount, code) for code, amount in sorted(sums.items())),
    }


@works
@require_safe
def campaign_kpis(request: HttpRequest) -> HttpResponse:
    """What a goal is measured by: rows for the form while it is open, what was typed kept in them."""
    asked = request.GET
    pk = asked.get("campaign", "")
    seen = Campaign.objects.visible_to(colleague(request))
    campaign = seen.filter(pk=int(pk)).first() if pk.isascii() and pk.isdigit() and len(pk) < 19 else None
    goals = [code for name in ("goal", "second_goal") if (code := asked.get(name, "")) in Campaign.Goal.values]
    form = {"instance": campaign}
    rows = KpiRows(campaign or Campaign(), list(dict.fromkeys(goals)), asked, is_checked=False)
    template = "campaigns/planning/_kpi_rows.html" if is_script(request) else "campaigns/planning/kpis.html"
    context = {"rows": rows, "form": form, "goals": Campaign.Goal.choices, "goal": asked.get("goal", "")}
    return render(request, template, context)


@works
@require_POST
def kpi_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody going ahead carries the same part."""
    kpi = get_object_or_404(Kpi.objects.visible_to(colleague(request)), pk=pk)
    here = reverse("campaign-goal", args=[kpi.campaign_id])
    try:
        people = share_evenly(kpi, at=timezone.now(), actor=actor_of(request))
    except Refused as refused:
        return refuse(request, refused, here)
    words = ngettext("%(n)d person carries it now.", "%(n)d people carry it now.", people)
    messages.success(request, words % {"n": people})
    return redirect(here)


@works
@require_http_methods(["GET", "HEAD", "POST"])
def collaboration_shares(request: HttpRequest, pk: int) -> HttpResponse:
    """What she is to bring to each figure of the campaign."""
    card = find_collaboration(request, pk)
    form = SharesForm(request.POST or None, card=card)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            for kpi, target in form.said:
                set_share(card, kpi, target, at=timezone.now(), actor=actor_of(request))
        messages.success(request, _("Saved."))
        return redirect("collaboration", pk=pk)
    context = {
        "form": form,
        "title": _("Her share"),
        "collaboration": card,
        "back": reverse("collaboration", args=[pk]),
    }
    return render(request, "campaigns/planning/small_form.html", context, status=422 if form.is_bound else 200)
