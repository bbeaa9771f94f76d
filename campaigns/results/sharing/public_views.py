"""A report for whoever holds a link, without sign-in: looking changes nothing."""

import datetime as dt

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.results.models import ReportLink
from campaigns.results.papers.files import as_pdf, as_workbook
from campaigns.results.sharing.actions import came
from campaigns.results.sharing.links import link_behind
from campaigns.results.sharing.meant import report_behind
from campaigns.results.sharing.visits import language_of, lost, reading, welcome
from crm.portal.visits import private


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link leads. Mail scanners open links, so opening one only shows a button."""
    now = timezone.now()
    link = link_behind(token, now)
    if link is None:
        return lost(request)
    if request.method == "POST":
        came(link, now)
        return welcome(link)
    request.LANGUAGE_CODE = language_of(request, link)
    with translation.override(request.LANGUAGE_CODE):
        return private(render(request, "campaigns/results/sharing/door.html", {"link": link}))


@require_safe
@reading
def report(request: HttpRequest, link: ReportLink, now: dt.datetime) -> HttpResponse:
    """What moved, in the words and prices that are meant for the client."""
    context = {"link": link, "campaign": link.campaign, "report": report_behind(link, now), "now": now}
    return render(request, "campaigns/results/sharing/shared.html", context)


@require_safe
@reading
def report_file(request: HttpRequest, link: ReportLink, now: dt.datetime, ending: str) -> HttpResponseBase:
    """The same to take along."""
    told = report_behind(link, now)
    return as_pdf(told, at=now) if ending == "pdf" else as_workbook(told)
