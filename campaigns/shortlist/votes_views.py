"""Rounds of votes as colleagues see them: the list, a new one, its results, and the page exactly as a voter gets it."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.planning.models import Campaign
from campaigns.planning.tabs import tabs_of
from campaigns.planning.views.doors import actor_of, colleague, find_campaign, may
from campaigns.planning.views.people import numbers
from campaigns.shortlist.models import Ballot, VoteRound
from campaigns.shortlist.votes_actions import people_to_ask, start_round
from campaigns.shortlist.votes_forms import BallotForm, RoundForm, VotersForm
from campaigns.shortlist.votes_mail import sample_mail
from campaigns.shortlist.votes_names import cards_of_round, names_of
from campaigns.shortlist.votes_page import page_of
from campaigns.shortlist.votes_results import results_of, rounds_of
from crm.base.zones import local_date
from crm.outbox.late import masked
from crm.outbox.models import Contact
from crm.portal.visits import private

looks = may("campaigns.view_voteround")
asks = may("campaigns.add_voteround")
FORM = ["GET", "HEAD", "POST"]


def find_round(request: HttpRequest, pk: int) -> VoteRound:
    """A round this colleague may see, or 404."""
    seen = VoteRound.objects.visible_to(colleague(request))
    return get_object_or_404(seen.select_related("campaign__brand", "campaign__owner", "started_by"), pk=pk)


def around(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    """What stands around every page of a campaign's votes."""
    return {"campaign": campaign, "tabs": tabs_of(campaign, colleague(request), "votes")}


@looks
@require_safe
def vote_rounds(request: HttpRequest, pk: int) -> HttpResponse:
    """Every round of a campaign."""
    campaign = find_campaign(request, pk)
    context = {**around(request, campaign), "rounds": rounds_of(campaign, timezone.now())}
    return render(request, "campaigns/shortlist/vote_rounds.html", context)


@asks
@require_http_methods(FORM)
def vote_round_new(request: HttpRequest, pk: int) -> HttpResponse:
    """The question, whom it is about and who is asked. It is looked at before anything is sent."""
    campaign, now = find_campaign(request, pk), timezone.now()
    people, today = people_to_ask(campaign), local_date(now, campaign.zone)
    picked = numbers(request.GET.getlist("pick"))
    chosen = people.filter(pk__in=picked) if picked else people.filter(status="shortlist")
    initial = {"people": [card.pk for card in chosen], "close_on": None}
    data = request.POST if request.method == "POST" else None
    blank = VoteRound(campaign=campaign, started_by=colleague(request))
    form = RoundForm(data, instance=blank, people=people, today=today, initial=initial)
    voters = VotersForm(data, campaign=campaign)
    if request.method == "POST" and all([form.is_valid(), voters.is_valid()]):
        start_round(form.instance, form.cleaned_data["people"], voters.voters, at=now, actor=actor_of(request))
        messages.success(request, _("Nothing is sent yet. Look at what they will see, then send it."))
        return redirect("vote-round", pk=form.instance.pk)
    context = {**around(request, campaign), "form": form, "voters": voters}
    return render(request, "campaigns/shortlist/vote_round_new.html", context, status=422 if data is not None else 200)


@looks
@require_safe
def vote_round(request: HttpRequest, pk: int) -> HttpResponse:
    """People by voters: what was said, and who has not answered."""
    found, now = find_round(request, pk), timezone.now()
    results = results_of(found, now, by_name=request.GET.get("sort") == "name")
    mail = sample_mail(found, results.unasked[0].ballot, now) if results.unasked else None
    context = {
        **around(request, found.campaign),
        "round": found,
        "results": results,
        "by_name": request.GET.get("sort") == "name",
        "mail": mail,
        "mail_text": masked(mail.text) if mail else "",
    }
    return render(request, "campaigns/shortlist/vote_round.html", context)


@looks
@require_safe
def vote_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The page exactly as a voter gets it, without the button."""
    found, now = find_round(request, pk), timezone.now()
    zone, cards = found.campaign.zone, cards_of_round(found)
    first = found.ballots.select_related("contact").order_by("pk").first()
    asked = first or Ballot(contact=Contact(name=colleague(request).name))
    language = request.GET.get("in", "")
    language = language if language in ("en", "id") else asked.contact.language
    request.LANGUAGE_CODE = language
    with translation.override(language), timezone.override(ZoneInfo(zone)):
        form = BallotForm(names=[(card.pk, card.influencer.stage_name) for card in cards], said=[])
        names = names_of(found, cards, local_date(now, zone))
        ballot = Ballot(round=found, contact=asked.contact)
        context = {
            "page": page_of(ballot, names, [], form), "round": found, "form": form, "saved": "", "token": "",
            "owner": found.started_by or found.campaign.owner, "is_closed": False,
        }  # fmt: skip
        return private(render(request, "campaigns/shortlist/vote.html", context))


def round_url(found: VoteRound) -> str:
    return reverse("vote-round", args=[found.pk])
