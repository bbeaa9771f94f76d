"""The contract of one card: written from it, chosen among hers, matched post by post, and let go again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.planning.actions.contracts import (
    Wish,
    link_contract,
    match_posts,
    parties_for,
    plan_promised,
    posts_for,
    unlink_contract,
    write_contract,
)
from campaigns.planning.forms.contracts import LinkForm, MatchForm
from campaigns.planning.models import Collaboration
from campaigns.planning.models.promises import PromiseHeld
from campaigns.planning.views.doors import actor_of, colleague, find_collaboration, may, refuse, works
from campaigns.planning.views.promises import held
from crm.exclusivity.gate import Busy
from crm.timeline.transitions import TransitionRefused

FORM = ["GET", "HEAD", "POST"]


def _here(card: Collaboration) -> str:
    return f"{reverse('collaboration', args=[card.pk])}#contract"


def _done(request: HttpRequest, card: Collaboration, do: Callable[[], str]) -> HttpResponse:
    """Do it and say so, or say why nothing was changed."""
    try:
        said = do()
    except PromiseHeld as refused:
        return held(request, card, refused)
    except (TransitionRefused, Busy) as refused:
        return refuse(request, refused, _here(card))
    messages.success(request, said)
    return redirect(_here(card))


@may("crm.add_contract")
@works
@require_POST
def card_contract_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A contract that says what the card says; it opens where its terms are looked through."""
    card = find_collaboration(request, pk)
    try:
        made = write_contract(card, Wish(), at=timezone.now(), actor=actor_of(request))
    except (TransitionRefused, Busy) as refused:
        return refuse(request, refused, _here(card))
    messages.success(
        request, _("The contract is a draft with what the card says. Look through it, then let it be signed.")
    )
    return redirect("contract", pk=made.pk)


@may("crm.change_contract")
@works
@require_http_methods(FORM)
def card_contract_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Under one of her contracts that is open or runs."""
    card = find_collaboration(request, pk)
    form = LinkForm(request.POST or None, parties=parties_for(card).visible_to(colleague(request)))

    def link() -> str:
        found = link_contract(card, form.cleaned_data["party"], at=timezone.now(), actor=actor_of(request))
        return ngettext(
            "Linked. %(n)d post was matched by its format.", "Linked. %(n)d posts were matched by their format.", found
        ) % {"n": found}

    if form.is_bound and form.is_valid():
        return _done(request, card, link)
    return _form(request, form, card, _("Under which contract?"))


@may("crm.change_contract")
@works
@require_http_methods(FORM)
def card_contract_match(request: HttpRequest, pk: int) -> HttpResponse:
    """Which promised post each piece of work stands for, where formats alone do not say it."""
    card = find_collaboration(request, pk)
    rows = list(card.deliverables.standing().select_related("format__platform").order_by("post_due_on", "pk"))
    if card.party_id is None or not rows:
        return refuse(request, _("There is nothing to match: link a contract and plan something first."), _here(card))
    form = MatchForm(request.POST or None, rows=rows, posts=posts_for(card))

    def match() -> str:
        match_posts(card, form.chosen, at=timezone.now(), actor=actor_of(request))
        return _("Matched.")

    if form.is_bound and form.is_valid():
        return _done(request, card, match)
    return _form(request, form, card, _("What stands for which promised post?"))


@works
@require_POST
def card_contract_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan what the contract promises and nobody planned."""
    card = find_collaboration(request, pk)

    def plan() -> str:
        made = plan_promised(card, at=timezone.now(), actor=actor_of(request))
        return ngettext("%(n)d post is planned. Check its day.", "%(n)d posts are planned. Check their days.", made) % {
            "n": made
        }

    return _done(request, card, plan)


@may("crm.change_contract")
@works
@require_POST
def card_contract_unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Out from under it; the contract itself stays as it is."""
    card = find_collaboration(request, pk)

    def unlink() -> str:
        unlink_contract(card, at=timezone.now(), actor=actor_of(request))
        return _("The card is under no contract now. What the contract promises is still owed.")

    return _done(request, card, unlink)


def _form(request: HttpRequest, form: Any, card: Collaboration, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "collaboration": card, "back": _here(card)}
    return render(request, "campaigns/planning/small_form.html", context, status=422 if form.is_bound else 200)
