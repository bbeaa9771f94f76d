"""Pages of offers: one offer for one card, what we say to her price, and a letter passed on by hand."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.offers.actions.deciding import let_go, take_it
from campaigns.offers.actions.sending import withdraw
from campaigns.offers.bulk import OFFER
from campaigns.offers.letters import composed
from campaigns.offers.models import Offer
from campaigns.offers.whom import ways_of
from campaigns.planning.forms.collaborations import OffForm
from campaigns.planning.models import Collaboration
from campaigns.planning.views.bulk import bulk_page
from campaigns.planning.views.doors import actor_of, colleague, find_collaboration, may, refuse
from crm.base.zones import local_date
from crm.outbox.hand_over import hand_over, to_read
from crm.outbox.hand_over_views import channel_of
from crm.outbox.hand_over_views import page as pass_on_page
from crm.outbox.models import Contact
from crm.team.views.access import me, needs
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

works = may("campaigns.change_offer")


@works
@require_http_methods(["GET", "HEAD"])
def offer_new(request: HttpRequest, pk: int) -> HttpResponse:
    """An offer to one person: the same dialog as for many, which shows what will happen before it does."""
    card = find_collaboration(request, pk)
    form = OFFER.form(None, campaign=card.campaign, today=local_date(timezone.now(), card.campaign.zone))
    return bulk_page(request, card.campaign, OFFER, [card], form, None)


@works
@require_POST
def offer_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree at the price she named."""
    card = find_collaboration(request, pk)
    return _done(request, card, take_it, _("%(name)s is agreed at her price. She hears of it by mail."))


@works
@require_POST
def offer_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what she has not answered."""
    return _done(request, find_collaboration(request, pk), withdraw, _("The offer to %(name)s is taken back."))


@works
@require_http_methods(["GET", "HEAD", "POST"])
def offer_let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not come together: asks why."""
    card = find_collaboration(request, pk)
    form = OffForm(request.POST or None, initial={"why": _("Too dear")})
    if form.is_bound and form.is_valid():
        why = form.cleaned_data["why"]

        def step(card: Collaboration, *, at: dt.datetime, actor: Actor) -> None:
            let_go(card, why, at=at, actor=actor)

        return _done(request, card, step, _("%(name)s is not going ahead. Reminders stop."))
    context = {
        "form": form,
        "collaboration": card,
        "back": _page(card),
        "reasons": OffForm.REASONS,
        "action": reverse("offer-let-go", args=[pk]),
    }
    return render(request, "campaigns/planning/off.html", context, status=422 if form.is_bound else 200)


def _done(request: HttpRequest, card: Collaboration, step: Callable[..., Any], said: str) -> HttpResponse:
    try:
        step(card, at=timezone.now(), actor=actor_of(request))
    except TransitionRefused as refused:
        return refuse(request, refused, _page(card))
    messages.success(request, said % {"name": card.influencer.stage_name})
    return redirect(_page(card))


def _page(card: Collaboration) -> str:
    return reverse("collaboration", args=[card.pk])


@require_http_methods(["GET", "HEAD", "POST"])
@needs("crm.tell_influencer")
def offer_hand(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """The text to pass on by WhatsApp; POST writes down who does and puts a link of her own into it."""
    now = timezone.now()
    found = get_object_or_404(Offer.objects.visible_to(colleague(request)).with_card(), pk=pk)
    to = get_object_or_404(Contact, pk=contact)
    way = ways_of([found.collaboration], now)[found.collaboration_id]
    if not found.is_open or to not in way.by_hand:
        messages.info(request, _("This message is no longer needed: the offer is answered, or somebody else gets it."))
        return redirect(_page(found.collaboration))
    email = composed(found, to, now)
    passing = to_read(email)
    if request.method == "POST":
        passing = hand_over(email, by=Actor.user(me(request)), at=now, channel=channel_of(request))
    return pass_on_page(request, email, passing, now, about=str(found.collaboration))
