"""What she hears from us, how often and how: her own page, reached from the foot of every message."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from crm.base.zones import local_date
from crm.outbox.models import Contact
from crm.outbox.reasons import in_words
from crm.outbox.topics import Purpose
from crm.portal.actions import keep_choices
from crm.portal.choices_forms import ChoicesForm
from crm.portal.links import choose, chooser_of
from crm.portal.models import Link, PortalSession
from crm.portal.registry import Frame
from crm.portal.views import acting_name
from crm.portal.visits import choosing, house_frame, lost, private, welcome
from crm.preferences.models import ReminderWish
from crm.preferences.places import why_not_alone
from crm.preferences.queries import current_texts, standing_purposes
from crm.timeline.record import Actor


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, token: str) -> HttpResponse:
    """Where the foot of a message leads. Opening shows a button and changes nothing."""
    contact = chooser_of(token)
    if contact is None:
        return lost(request)
    if request.method == "POST":
        return welcome(request, choose(contact, timezone.now()), "portal-choices")
    request.LANGUAGE_CODE = contact.language
    with translation.override(contact.language):
        return private(render(request, "crm/portal/choices_door.html", {"frame": house_frame(contact)}))


@csrf_protect
@choosing
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest, session: PortalSession, frame: Frame, now: dt.datetime) -> HttpResponse:
    """Shows what stands; saves what she changed."""
    contact = session.link.contact
    alone = why_not_alone(contact.pk, now)
    form = choices_form(request, contact, now, may_agree=not alone)
    if request.method == "POST" and form.is_valid():
        keep_choices(contact, form, at=now, actor=Actor.contact(contact, label=acting_name(contact, frame)))
        return redirect(f"{reverse('portal-choices', args=[session.pk])}?saved=1")
    context = {
        "session": session,
        "visit": session if session.link.purpose == Link.Purpose.TASKS else None,
        "frame": frame,
        "form": form,
        "alone": in_words(alone),
        "saved": request.GET.get("saved") == "1" and not form.is_bound,
    }
    return render(request, "crm/portal/choices.html", context, status=422 if form.is_bound else 200)


def choices_form(request: HttpRequest, contact: Contact, now: dt.datetime, *, may_agree: bool) -> ChoicesForm:
    standing = standing_purposes(contact)
    texts = current_texts(local_date(now, contact.zone), contact.language)
    shown = {purpose: words for purpose, words in texts.items() if purpose != Purpose.WHATSAPP}
    return ChoicesForm(
        request.POST if request.method == "POST" else None,
        texts=shown,
        standing=standing,
        may_agree=may_agree,
        guards=contact.kind == Contact.Kind.GUARDIAN,
        initial=_as_it_stands(contact, standing),
    )


def _as_it_stands(contact: Contact, standing: set[str]) -> dict[str, Any]:
    wish = ReminderWish.objects.filter(contact=contact).first() or ReminderWish(contact=contact)
    return {
        **dict.fromkeys(standing, True),
        "pace": wish.pace,
        "weekday": wish.weekday,
        "extras": not wish.only_binding,
        "prefers": contact.prefers,
        "whatsapp": contact.whatsapp,
        "language": contact.language,
    }
