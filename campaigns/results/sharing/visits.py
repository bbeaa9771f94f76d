"""A visit of somebody outside to one report: its cookie, its language and zone, and nothing of it in a cache."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation

from campaigns.results.models import ReportLink
from campaigns.results.sharing.links import key_for, visited
from crm.portal.links import SESSION_LIVES
from crm.portal.visits import private

COOKIE = "mitra_report"
View = Callable[..., HttpResponseBase]


def welcome(link: ReportLink) -> HttpResponse:
    """To the clean address, with the visit's own cookie that is sent nowhere else."""
    path = reverse("shared-report", args=[link.pk])
    response = HttpResponse(status=303, headers={"Location": path})
    response.set_cookie(
        COOKIE, key_for(link), path=path, httponly=True, samesite="Lax", secure=settings.HTTPS, max_age=SESSION_LIVES
    )
    return private(response)


def lost(request: HttpRequest) -> HttpResponse:
    """The one answer to every link that does not open: unknown, over and taken back look the same."""
    return private(render(request, "campaigns/results/sharing/lost.html", status=404))


def language_of(request: HttpRequest, link: ReportLink) -> str:
    """The link's own, or the one asked for in the address."""
    asked = request.GET.get("in", "")
    return asked if asked in dict(settings.LANGUAGES) else link.language


def reading(view: View) -> View:
    """Only for who holds the visit's cookie; speaks the link's language in the campaign's zone."""

    @wraps(view)
    def wrapped(request: HttpRequest, pk: int | str, **kwargs: Any) -> HttpResponseBase:
        now: dt.datetime = timezone.now()
        link = visited(int(pk), request.COOKIES.get(COOKIE, ""), now)
        if link is None:
            return lost(request)
        request.LANGUAGE_CODE = language_of(request, link)
        with translation.override(request.LANGUAGE_CODE), timezone.override(ZoneInfo(link.campaign.zone)):
            response = view(request, link, now, **kwargs)
            response["Cache-Control"] = "no-store, private"
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response

    return wrapped
