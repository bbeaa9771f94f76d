"""Guests of a campaign's reviews as colleagues see them, and letters somebody passes on by hand."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.approvals.guests.actions import let_in_again, revoke
from campaigns.approvals.guests.asking import link_by_hand, send_link
from campaigns.approvals.guests.emails import OF_STATUS
from campaigns.approvals.guests.letters import composed, readers
from campaigns.approvals.guests.roll import roll_of
from campaigns.approvals.models import Review, ReviewGuest
from campaigns.planning.tabs import tabs_of
from campaigns.planning.views.doors import actor_of, colleague, find_campaign, may, refuse
from crm.outbox.hand_over import hand_over, to_read
from crm.outbox.hand_over_views import channel_of
from crm.outbox.hand_over_views import page as pass_on_page
from crm.outbox.models import Contact, Email
from crm.outbox.views import needs
from crm.timeline.transitions import TransitionRefused

looks = may("campaigns.view_review")
works = may("campaigns.review")
FORM = ["GET", "HEAD", "POST"]


@looks
@require_safe
def guests(request: HttpRequest, pk: int) -> HttpResponse:
    """Who says yes from outside, what waits for each, and whether the link was used."""
    campaign = find_campaign(request, pk)
    context = {
        "campaign": campaign,
        "tabs": tabs_of(campaign, colleague(request), "approvals"),
        "roll": roll_of(campaign),
    }
    return render(request, "campaigns/approvals/guests/roll.html", context)


def find_guest(request: HttpRequest, pk: int) -> ReviewGuest:
    seen = ReviewGuest.objects.visible_to(colleague(request))
    found: ReviewGuest = get_object_or_404(seen.select_related("contact", "campaign__brand", "campaign__owner"), pk=pk)
    return found


def _send(guest: ReviewGuest, **how: Any) -> str:
    if guest.revoked_at is not None:
        let_in_again(guest, **how)
    email = send_link(guest, **how)
    if email is None:
        return _("The address of %(name)s does not work. Correct it first, or pass the link on by WhatsApp.") % {
            "name": guest.contact
        }
    if email.state == Email.State.SKIPPED:
        return email.why
    return _("A new link goes to %(address)s.") % {"address": email.to_address}


def _revoke(guest: ReviewGuest, **how: Any) -> str:
    revoke(guest, **how)
    return _("The link of %(name)s opens nothing any more.") % {"name": guest.contact}


STEPS: dict[str, Callable[..., str]] = {"send": _send, "revoke": _revoke}


@works
@require_POST
def guest_do(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Send a link, or take all of them back."""
    guest, step = find_guest(request, pk), STEPS.get(code)
    if step is None:
        raise Http404
    back = reverse("review-guests", args=[guest.campaign_id])
    try:
        told = step(guest, at=timezone.now(), actor=actor_of(request))
    except TransitionRefused as refused:
        return refuse(request, refused, back)
    messages.success(request, told)
    return redirect(back)


@works
@require_http_methods(FORM)
@needs("crm.tell_influencer")
def guest_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """The message with a link to pass on by WhatsApp; POST writes down who does and puts the link into it."""
    guest, now = find_guest(request, pk), timezone.now()
    if not ReviewGuest.objects.opening().filter(pk=guest.pk).exists():
        messages.info(
            request, _("This link opens nothing now. Send a new one first, or look whether the campaign is over.")
        )
        return redirect("review-guests", pk=guest.campaign_id)
    return _pass_on(request, link_by_hand(guest, now), str(guest.campaign))


@require_http_methods(FORM)
@needs("crm.tell_influencer")
def letter_hand(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """Our answer to a draft, to pass on by WhatsApp or phone."""
    now = timezone.now()
    seen = Review.objects.visible_to(colleague(request)).with_card()
    review, to = get_object_or_404(seen, pk=pk), get_object_or_404(Contact, pk=contact)
    card = review.version.deliverable.collaboration
    is_told = (review.version.stage, review.status) in OF_STATUS
    if not is_told or to not in [one for one, _copy in readers(review, now)]:
        messages.info(
            request, _("This message is no longer needed: something else was decided, or somebody else gets it.")
        )
        return redirect("collaboration", pk=card.pk)
    return _pass_on(request, composed(review, to, now), str(card))


def _pass_on(request: HttpRequest, email: Email, about: str) -> HttpResponse:
    now, passing = timezone.now(), to_read(email)
    if request.method == "POST":
        passing = hand_over(email, by=actor_of(request), at=now, channel=channel_of(request))
    return pass_on_page(request, email, passing, now, about=about)
