"""The page on which a colleague passes a message on by WhatsApp or phone: read it, take it, take that back."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.base.way_back import way_back
from crm.outbox.hand_over import Passing, hand_over, quiet_until, take_again, take_back, to_read, why_not
from crm.outbox.models import Email
from crm.outbox.tasks import ring_on_commit
from crm.outbox.views import FORM, find_email, me, needs
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused


@require_http_methods(FORM)
@needs("crm.tell_influencer")
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the text; POST writes down who takes it and puts a link of her own into it, shown this once."""
    email, now = find_email(request, pk), timezone.now()
    if not email.is_to_partner:
        messages.info(request, _("Colleagues get this message by mail; it is not passed on."))
        return redirect("outbox-email", pk=pk)
    if request.method != "POST" or why_not(email, now):
        return page(request, email, to_read(email), now)
    try:
        passing = hand_over(email, by=Actor.user(me(request)), at=now, channel=channel_of(request))
    except TransitionRefused as refused:
        messages.error(request, str(refused))
        return redirect("outbox-email", pk=pk)
    return page(request, email, passing, now)


def channel_of(request: HttpRequest) -> str:
    """By which way it is passed on; whatever else arrives means WhatsApp."""
    called = request.POST.get("channel") == Email.Channel.CALL
    return Email.Channel.CALL if called else Email.Channel.WHATSAPP


def page(request: HttpRequest, email: Email, passing: Passing, now: dt.datetime, **more: Any) -> HttpResponse:
    """The text to pass on, or who did, or why nobody should any more."""
    context = {
        "email": email,
        "passing": passing,
        "why_not": "" if passing.is_taken else why_not(email, now),
        "quiet_until": quiet_until(passing.contact, now),
        "now": now,
        "back": back_to(request, email),
        **more,
    }
    return render(request, "crm/outbox/pass_on.html", context)


def back_to(request: HttpRequest, email: Email) -> str:
    """The page of ours the colleague came from; else the message, or Today while it has no page of its own."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return way_back(request, wanted, reverse("outbox-email", args=[email.pk]) if email.pk else reverse("today"))


@require_POST
@needs("crm.tell_influencer")
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """The text once more, for who closed the page before WhatsApp was open."""
    row = find_email(request, pk)
    if not row.may_take_back:
        return redirect("outbox-pass-on", pk=pk)
    now = timezone.now()
    return page(request, row, take_again(row, by=Actor.user(me(request)), at=now), now)


@require_POST
@needs("crm.tell_influencer")
def take_it_back(request: HttpRequest, pk: int) -> HttpResponse:
    """I did not send it after all."""
    row = find_email(request, pk)
    try:
        take_back(row, by=Actor.user(me(request)), at=timezone.now())
    except TransitionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back: it does not count as sent. What is still due is sent the usual way."))
        ring_on_commit()
    return redirect(back_to(request, row))
