"""The voter's page, without sign-in: looking changes nothing, one press saves what was said."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.shortlist.models import Ballot
from campaigns.shortlist.votes_actions import save_votes
from campaigns.shortlist.votes_forms import BallotForm
from campaigns.shortlist.votes_links import ballot_behind
from campaigns.shortlist.votes_names import cards_of_round, names_of
from campaigns.shortlist.votes_page import header, page_of, rows_of
from crm.base.csv_out import csv_response, xlsx_response
from crm.base.zones import local_date
from crm.portal.visits import private
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

MOST_SAVES, WITHIN = 30, 600
"""So often a ballot may be saved, in so many seconds."""


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: HttpRequest, token: str) -> HttpResponse:
    """The names, each with yes, perhaps or no. Mail scanners open links, so opening one only shows it."""
    found, now = ballot_behind(token), timezone.now()
    if found is None:
        return lost(request)
    language = language_of(request, found)
    request.LANGUAGE_CODE = language
    zone = found.round.campaign.zone
    with translation.override(language), timezone.override(ZoneInfo(zone)):
        return private(_answer(request, found, token, now))


def _answer(request: HttpRequest, found: Ballot, token: str, now: dt.datetime) -> HttpResponse:
    today = local_date(now, found.round.campaign.zone)
    if request.method != "POST" and not found.round.is_open(today):
        return render(request, "campaigns/shortlist/vote_closed.html", {"ballot": found}, status=403)
    cards, said, status = cards_of_round(found.round), list(found.votes.all()), 200
    names = [(card.pk, card.influencer.stage_name) for card in cards]
    form = BallotForm(request.POST if request.method == "POST" else None, names=names, said=said)
    if request.method == "POST":
        status, is_whole = save_form(request, found, form, now)
        if status == 200:
            return redirect(f"{request.path}?in={request.LANGUAGE_CODE}&saved={'all' if is_whole else 'some'}")
    context = {
        "page": page_of(found, names_of(found.round, cards, today), said, form),
        "round": found.round,
        "form": form,
        "saved": request.GET.get("saved", "") if request.method != "POST" else "",
        "token": token,
        "owner": found.round.started_by or found.round.campaign.owner,
        "is_closed": status == 409,
    }
    return render(request, "campaigns/shortlist/vote.html", context, status=status)


def save_form(request: HttpRequest, found: Ballot, form: BallotForm, now: dt.datetime) -> tuple[int, bool]:
    """Save it, or put into the form why not; the status, and whether every name that was answered is still asked about."""
    if too_often(found):
        form.add_error(None, _("That was often in a few minutes. Wait a little, then press again."))
        return 429, False
    if not form.is_valid():
        return 422, False
    try:
        kept = save_votes(found, form.said, at=now, actor=Actor.contact(found.contact))
    except TransitionRefused as refused:
        form.add_error(None, str(refused))
        return 409, False
    return 200, not kept.gone and not taken_off(request, form)


def taken_off(request: HttpRequest, form: BallotForm) -> bool:
    """Whether something was said of a name that is no longer on the list."""
    asked = {f"says-{pk}" for pk, _name in form.names}
    return any(name.startswith("says-") and name not in asked and value for name, value in request.POST.items())


@require_safe
def ballot_list(request: HttpRequest, token: str, ending: str) -> HttpResponseBase:
    """What the page shows, to take along: CSV, XLSX or PDF."""
    found, now = ballot_behind(token), timezone.now()
    if found is None:
        return lost(request)
    campaign = found.round.campaign
    today = local_date(now, campaign.zone)
    with translation.override(language_of(request, found)), timezone.override(ZoneInfo(campaign.zone)):
        if not found.round.is_open(today):
            return private(render(request, "campaigns/shortlist/vote_closed.html", {"ballot": found}, status=403))
        names, said = names_of(found.round, cards_of_round(found.round), today), list(found.votes.all())
        name = f"{campaign.brand.name} {found.round.title}.{ending}"
        if ending == "pdf":
            from campaigns.shortlist.votes_paper import (
                draw_names,  # brings the drawing library: most processes never draw
            )

            made = HttpResponse(draw_names(found.round, names, said, at=now), content_type="application/pdf")
            made["Content-Disposition"] = content_disposition_header(True, name)
            return private(made)
        write = csv_response if ending == "csv" else xlsx_response
        return private_file(write(name, header(), rows_of(names, said), zone=campaign.zone))


def private_file(response: Any) -> HttpResponseBase:
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response  # type: ignore[no-any-return]


def language_of(request: HttpRequest, found: Ballot) -> str:
    """The voter's own, or the one she asked for in the address."""
    asked = request.GET.get("in", "")
    return asked if asked in dict(settings.LANGUAGES) else found.contact.language


def lost(request: HttpRequest) -> HttpResponse:
    """The one answer to every link that does not open: unknown and revoked look the same."""
    return private(render(request, "campaigns/shortlist/vote_lost.html", status=404))


def too_often(found: Ballot) -> bool:
    """Whether this ballot was saved too many times in a few minutes; without its cache nobody is kept out."""
    key = f"ballot:{found.pk}"
    cache.add(key, 0, WITHIN)
    try:
        return cache.incr(key) > MOST_SAVES
    except ValueError:
        return False
