"""Votes beside the board: their tab, and asking about the ticked people."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.places import card_work
from campaigns.planning.preview import Preview
from campaigns.planning.tabs import campaign_tab
from campaigns.planning.views.bulk import Bulk

if TYPE_CHECKING:
    from crm.team.models import User


@campaign_tab("votes", label=_("Votes"), order=45)
def votes_tab(campaign: Campaign, user: "User") -> str:
    may_look = user.has_perm("campaigns.view_voteround") and not campaign.is_standing
    return reverse("vote-rounds", args=[campaign.pk]) if may_look else ""


@card_work("votes", icon="ui-checks")
def ask_for_votes() -> Bulk:
    """Who is asked stands on a page of its own."""
    return Bulk(
        "votes",
        _("Ask for votes"),
        _("Ask for votes"),
        forms.Form,
        lambda campaign, cards, data, now: Preview("", [], []),
        lambda cards, data, at, actor: [],
        page=to_the_question,
    )


def to_the_question(request: HttpRequest, campaign: Campaign, cards: Sequence[Collaboration]) -> HttpResponseBase:
    picked = urlencode({"pick": [card.pk for card in cards]}, doseq=True)
    return redirect(f"{reverse('vote-round-new', args=[campaign.pk])}?{picked}")
