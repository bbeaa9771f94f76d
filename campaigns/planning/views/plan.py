"""A campaign's plan, and the lists in it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.planning.actions.plan import carry, save_rows
from campaigns.planning.forms.plan import ROWS, with_one_more
from campaigns.planning.models import Pillar
from campaigns.planning.plan_page import plan_of
from campaigns.planning.tabs import tabs_of
from campaigns.planning.views.doors import (
    actor_of,
    back_to,
    colleague,
    find_campaign,
    find_collaboration,
    looks,
    refuse,
    works,
)

TITLES = {"channels": gettext_lazy("Channel plan"), "pillars": gettext_lazy("Messages")}
LEADS = {
    "channels": gettext_lazy("What else runs while the influencers post: one line for each, with its days if they are known."),
    "pillars": gettext_lazy("What the campaign wants to say, one message a line. Each person carries one of them."),
}  # fmt: skip


@looks
@require_safe
def campaign_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Its parts, its messages, its channels."""
    campaign, user = find_campaign(request, pk), colleague(request)
    context = {
        "campaign": campaign,
        "tabs": tabs_of(campaign, user, "plan"),
        "plan": plan_of(campaign, user, timezone.now()),
    }
    return render(request, "campaigns/planning/plan.html", context)


@works
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_rows(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Change a list: one more line, some lines out, then save it whole."""
    campaign, rows = find_campaign(request, pk), ROWS.get(what)
    if rows is None:
        raise Http404
    wants_more = "more" in request.POST
    data = with_one_more(request.POST) if wants_more else request.POST
    formset = rows(data if request.method == "POST" else None, instance=campaign, prefix="row")
    if request.method == "POST" and not wants_more and formset.is_valid():
        save_rows(campaign, formset.kept, formset.gone, at=timezone.now(), actor=actor_of(request))
        messages.success(request, _("Saved."))
        return redirect("campaign-plan", pk=pk)
    status = 422 if request.method == "POST" and not wants_more else 200
    context = {"campaign": campaign, "formset": formset, "title": TITLES[what], "lead": LEADS[what], "what": what}
    return render(request, "campaigns/planning/plan_rows.html", context, status=status)


@works
@require_POST
def collaboration_pillar(request: HttpRequest, pk: int) -> HttpResponse:
    """Which message she carries."""
    card = find_collaboration(request, pk)
    asked = request.POST.get("pillar", "")
    pillars = Pillar.objects.visible_to(colleague(request)).filter(campaign=card.campaign_id)
    chosen = pillars.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    here = back_to(request, reverse("collaboration", args=[pk]))
    if asked and chosen is None:
        return refuse(request, _("That message is not on the list any more. Choose another."), here)
    carry(card, chosen, at=timezone.now(), actor=actor_of(request))
    messages.success(request, _("Saved."))
    return redirect(here)
