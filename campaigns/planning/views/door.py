"""The door before the first offer, and going over the budget: each asked once, then what was pressed goes on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns.planning.actions.door import fill_in, go_over
from campaigns.planning.door import OverBudget, check_budget, may_go_on, missing_of, open_door
from campaigns.planning.door.asking import ONLY_START, carried_with_way, door_page, go_on, over_page
from campaigns.planning.forms.door import DoorForm, OverForm
from campaigns.planning.models import Campaign, Refused
from campaigns.planning.models.door import START, Missing
from campaigns.planning.views.doors import actor_of, colleague, find_campaign, find_collaboration, works


def asked_of(campaign: Campaign, *, only_start: bool) -> list[Missing]:
    return [one for one in missing_of(campaign) if not only_start or one.code in START]


@works
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_door(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing before the first offer, as fields; what is typed is kept, and a reason goes on without the rest."""
    campaign, here = find_campaign(request, pk), reverse("campaign", args=[pk])
    data = request.POST if request.method == "POST" else request.GET
    only_start = data.get(ONLY_START) == "1"
    missing = asked_of(campaign, only_start=only_start)
    pairs = carried_with_way(data)
    if campaign.offers_open_at is not None:
        messages.info(request, _("Offers may be made already: somebody opened them a moment ago."))
        return go_on(request, here) if request.method == "POST" else redirect(here)
    if request.method != "POST":
        return door_page(request, campaign, missing, pairs)
    may, now, actor = may_go_on(colleague(request)), timezone.now(), actor_of(request)
    form = DoorForm(request.POST, campaign=campaign, missing=missing, may_go_on=may)
    if not form.is_valid():
        return door_page(request, campaign, missing, pairs, form)
    fill_in(campaign, form.said, at=now, actor=actor)
    campaign = find_campaign(request, pk)
    because, left = form.said.get("because", ""), asked_of(campaign, only_start=only_start)
    if left and not because:
        return still_missing(request, campaign, left, pairs)
    if left or not only_start:
        try:
            open_door(campaign, because, at=now, actor=actor)
        except Refused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(request, _("Offers may be made for %(campaign)s now.") % {"campaign": campaign})
    return go_on(request, here)


def still_missing(
    request: HttpRequest, campaign: Campaign, left: list[Missing], pairs: list[tuple[str, str]]
) -> HttpResponse:
    """What was typed is stored; the rest is asked again."""
    may = may_go_on(colleague(request))
    form = DoorForm(request.POST, campaign=campaign, missing=left, may_go_on=may)
    form.is_valid()
    if may:
        form.add_error("because", _("Fill in what is missing, or say why you go on without it."))
    else:
        form.add_error(None, _("Fill in what is missing, or ask a manager to go on without it."))
    return door_page(request, campaign, left, pairs, form)


@works
@require_http_methods(["GET", "HEAD", "POST"])
def collaboration_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Why this one may go over the budget; then what was pressed goes on."""
    card, here = find_collaboration(request, pk), reverse("collaboration", args=[pk])
    if request.method == "POST" and not may_go_on(colleague(request)):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else request.GET
    form = OverForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        go_over(card, form.cleaned_data["because"], at=timezone.now(), actor=actor_of(request))
        return go_on(request, here)
    try:
        check_budget(card, card.fee)
    except OverBudget as refused:
        return over_page(request, refused, carried_with_way(data), form)
    messages.info(request, _("It fits the budget by now. Try again."))
    return redirect(here)
