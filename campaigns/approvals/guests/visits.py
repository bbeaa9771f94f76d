"""A guest's visit: the door's button begins it, a cookie of its own carries it, and nothing of it stays in a cache."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation

from campaigns.approvals.guests.links import key_for, visitor
from campaigns.approvals.models import ReviewGuest, ReviewLink
from crm.portal.forms import NewLinkForm
from crm.portal.links import SESSION_LIVES
from crm.portal.visits import private

COOKIE = "mitra_review"
MOST_WRITES, WITHIN = 60, 600
"""So often a guest may write something, in so many seconds."""
View = Callable[..., HttpResponseBase]


def welcome(link: ReviewLink) -> HttpResponse:
    """To the clean address, with the visit's own cookie that is sent nowhere else."""
    path = reverse("guest-page", args=[link.guest_id])
    response = HttpResponse(status=303, headers={"Location": path})
    response.set_cookie(
        COOKIE, key_for(link), path=path, httponly=True, samesite="Lax", secure=settings.HTTPS, max_age=SESSION_LIVES
    )
    return private(response)


def lost(request: HttpRequest) -> HttpResponse:
    """The one answer to every link that does not open: unknown, revoked and over look the same."""
    page = render(request, "campaigns/approvals/guests/lost.html", {"form": NewLinkForm()}, status=404)
    return private(page)


def language_of(request: HttpRequest, guest: ReviewGuest) -> str:
    """The guest's own, or the one asked for in the address."""
    asked = request.GET.get("in", "")
    return asked if asked in dict(settings.LANGUAGES) else guest.contact.language


def visiting(view: View) -> View:
    """Only for who holds the visit's cookie; speaks the guest's language in her or his zone."""

    @wraps(view)
    def wrapped(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
        now: dt.datetime = timezone.now()
        guest = visitor(pk, request.COOKIES.get(COOKIE, ""))
        if guest is None:
            return lost(request)
        language = language_of(request, guest)
        request.LANGUAGE_CODE = language
        with translation.override(language), timezone.override(ZoneInfo(guest.contact.zone)):
            try:
                response = view(request, guest, now, **kwargs)
            except Http404:
                response = render(request, "campaigns/approvals/guests/gone.html", {"guest": guest}, status=404)
            response["Cache-Control"] = "no-store, private"
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response

    return wrapped


def too_often(guest: ReviewGuest) -> bool:
    """Whether this guest wrote too many times in a few minutes; without its cache nobody is kept out."""
    key = f"review_guest:{guest.pk}"
    cache.add(key, 0, WITHIN)
    try:
        return cache.incr(key) > MOST_WRITES
    except ValueError:
        return False
