"""What is done with a running round: sending, closing, another last day, more people and voters, votes noted by word."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.planning.verdicts import done_count
from campaigns.planning.views.doors import actor_of, colleague, may, refuse
from campaigns.shortlist.models import Ballot, VoteRound
from campaigns.shortlist.votes_actions import (
    add_names,
    close,
    discard,
    invite,
    open_until,
    people_to_ask,
    revoke,
    save_votes,
)
from campaigns.shortlist.votes_forms import LastDayForm, PeopleForm, ToldForm, VotersForm
from campaigns.shortlist.votes_mail import remind, resend, send, told_of
from campaigns.shortlist.votes_names import cards_of_round
from campaigns.shortlist.votes_views import around, find_round, round_url
from crm.base.zones import local_date
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

changes = may("campaigns.change_voteround")
FORM = ["GET", "HEAD", "POST"]


@changes
@require_POST
def vote_round_do(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Send what was not sent yet, close, or throw away."""
    found, now, actor = find_round(request, pk), timezone.now(), actor_of(request)
    step = STEPS.get(code)
    if step is None:
        raise Http404
    back = reverse("vote-rounds", args=[found.campaign_id]) if code == "discard" else round_url(found)
    try:
        told = step(found, now, actor)
    except TransitionRefused as refused:
        return refuse(request, refused, round_url(found))
    messages.success(request, told)
    return redirect(back)


def _send(found: VoteRound, at: dt.datetime, actor: Actor) -> str:
    verdicts = send(found, at=at, actor=actor)
    done = done_count(verdicts)
    told = ngettext("%(n)d message is on its way.", "%(n)d messages are on their way.", done) % {"n": done}
    undone = [verdict for verdict in verdicts if not verdict.done]
    return f"{told} {told_of(undone)}".strip()


def _close(found: VoteRound, at: dt.datetime, actor: Actor) -> str:
    close(found, at=at, actor=actor)
    return _("Closed. Nobody can vote any more until you open it again.")


def _discard(found: VoteRound, at: dt.datetime, actor: Actor) -> str:
    discard(found, at=at, actor=actor)
    return _("Thrown away. Nobody had been asked.")


STEPS: dict[str, Callable[[VoteRound, dt.datetime, Actor], str]] = {
    "send": _send,
    "close": _close,
    "discard": _discard,
}


@changes
@require_http_methods(FORM)
def vote_round_days(request: HttpRequest, pk: int) -> HttpResponse:
    """Another last day, and open again if it was closed."""
    found, now = find_round(request, pk), timezone.now()
    today, data = local_date(now, found.campaign.zone), request.POST if request.method == "POST" else None
    form = LastDayForm(data, today=today, initial={"close_on": found.close_on})
    if form.is_bound and form.is_valid():
        open_until(found, form.cleaned_data["close_on"], at=now, actor=actor_of(request))
        messages.success(request, _("Saved. The links that are out work until then."))
        return redirect("vote-round", pk=pk)
    title = _("Open it again") if found.closed_at else _("Another last day")
    return form_page(request, found, form, title, note=_("Links that were sent before work again; nothing is sent."))


@changes
@require_http_methods(FORM)
def vote_round_people(request: HttpRequest, pk: int) -> HttpResponse:
    """More people for a running round."""
    found, now = find_round(request, pk), timezone.now()
    others = people_to_ask(found.campaign, but=found.people.values_list("pk", flat=True))
    form = PeopleForm(request.POST if request.method == "POST" else None, people=others)
    if form.is_bound and form.is_valid():
        try:
            count = add_names(found, form.cleaned_data["people"], at=now, actor=actor_of(request))
        except TransitionRefused as refused:
            return refuse(request, refused, round_url(found))
        added = ngettext("%(n)d name was added.", "%(n)d names were added.", count) % {"n": count}
        messages.success(request, added)
        return redirect("vote-round", pk=pk)
    note = _("Links that are out show them at once; nothing is sent. Remind whoever has voted already.")
    return form_page(request, found, form, _("Add people"), note=note)


@changes
@require_http_methods(FORM)
def vote_round_voters(request: HttpRequest, pk: int) -> HttpResponse:
    """More voters; they are asked when you send."""
    found, now = find_round(request, pk), timezone.now()
    form = VotersForm(request.POST if request.method == "POST" else None, campaign=found.campaign)
    if form.is_bound and form.is_valid():
        try:
            added = invite(found, form.voters, at=now, actor=actor_of(request))
        except TransitionRefused as refused:
            return refuse(request, refused, round_url(found))
        names = ", ".join(ballot.contact.name for ballot in added)
        messages.success(
            request,
            _("Added: %(names)s. Nothing is sent yet.") % {"names": names} if names else _("All of them vote already."),
        )
        return redirect("vote-round", pk=pk)
    return form_page(request, found, form, _("Add voters"), note=_("Nothing is sent before you press Send."))


BALLOT_STEPS: dict[str, Callable[..., Any]] = {"resend": resend, "remind": remind, "revoke": revoke}


def find_ballot(request: HttpRequest, pk: int) -> Ballot:
    seen = Ballot.objects.visible_to(colleague(request))
    return get_object_or_404(
        seen.select_related("contact", "round__campaign__brand", "round__campaign__owner", "round__started_by"), pk=pk
    )


@changes
@require_POST
def ballot_do(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Send the link once more, remind, or take it back."""
    ballot, step = find_ballot(request, pk), BALLOT_STEPS.get(code)
    if step is None:
        raise Http404
    try:
        verdict = step(ballot, at=timezone.now(), actor=actor_of(request))
    except TransitionRefused as refused:
        return refuse(request, refused, round_url(ballot.round))
    if verdict is None:
        messages.success(request, _("The link of %(name)s opens nothing any more.") % {"name": ballot.contact})
    elif verdict.done:
        messages.success(request, f"{verdict.who}: {verdict.text}")
    else:
        messages.warning(request, f"{verdict.who}: {verdict.text}")
    return redirect(round_url(ballot.round))


@changes
@require_http_methods(FORM)
def ballot_told(request: HttpRequest, pk: int) -> HttpResponse:
    """What a voter said by e-mail, by phone or in a chat, noted by a colleague."""
    ballot, now = find_ballot(request, pk), timezone.now()
    cards = cards_of_round(ballot.round)
    names = [(card.pk, card.influencer.stage_name) for card in cards]
    form = ToldForm(request.POST if request.method == "POST" else None, names=names, said=list(ballot.votes.all()))
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                kept = save_votes(
                    ballot, form.said, at=now, actor=actor_of(request), channel=form.cleaned_data["channel"],
                    noted_by=colleague(request),
                )  # fmt: skip
            except TransitionRefused as refused:
                form.add_error(None, str(refused))
            else:
                told = ngettext("%(n)d vote was noted.", "%(n)d votes were noted.", kept.changed) % {"n": kept.changed}
                messages.success(request, told)
                return redirect(round_url(ballot.round))
    lines = [(form[f"says-{pk}"], form[f"note-{pk}"]) for pk, _name in names]
    context = {
        **around(request, ballot.round.campaign),
        "ballot": ballot,
        "round": ballot.round,
        "form": form,
        "lines": lines,
    }
    return render(request, "campaigns/shortlist/vote_told.html", context, status=status)


def form_page(request: HttpRequest, found: VoteRound, form: Any, title: str, *, note: str) -> HttpResponse:
    context = {**around(request, found.campaign), "round": found, "form": form, "title": title, "note": note}
    return render(request, "campaigns/shortlist/vote_form.html", context, status=422 if form.is_bound else 200)
