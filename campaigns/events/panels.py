"""Events on other pages: a tab beside the board, a line on the collaboration, people of a board put on a list."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.events.actions.planning import invite, list_guests
from campaigns.events.models import Event, Guest
from campaigns.events.shown import worth_of
from campaigns.events.words import when
from campaigns.planning.forms.boxes import helper
from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.places import card_work
from campaigns.planning.preview import Line, Preview, line
from campaigns.planning.tabs import campaign_tab
from campaigns.planning.verdicts import Verdict
from campaigns.planning.views.bulk import Bulk
from campaigns.planning.views.doors import colleague
from crm.base.places import panel
from crm.timeline.record import Actor

if TYPE_CHECKING:
    from crm.team.models import User


@campaign_tab("events", label=gettext_lazy("Events"), order=70)
def events_tab(campaign: Campaign, user: "User") -> str:
    return reverse("campaign-events", args=[campaign.pk]) if user.has_perm("campaigns.view_event") else ""


@panel("collaboration/events", order=65)
def card_events(request: HttpRequest, card: Collaboration) -> tuple[str, dict[str, Any]] | None:
    """Her invitations of this campaign, and what being there was worth; nothing without any. One query."""
    if not colleague(request).has_perm("campaigns.view_event"):
        return None
    guests = list(card.invitations.with_event().order_by("event__starts_at", "pk"))
    lines = [{"guest": guest, "when": when(guest.event), "worth": worth_of(guest)} for guest in guests]
    return ("campaigns/events/card_panel.html", {"lines": lines}) if lines else None


class InviteForm(forms.Form):
    """To which event of this campaign."""

    event = forms.ModelChoiceField(
        Event.objects.none(), label=gettext_lazy("Event"),
        error_messages={"required": gettext_lazy("Choose an event; plan one first if there is none.")},
    )  # fmt: skip
    write = forms.BooleanField(label=gettext_lazy("Invite them now, by mail"), required=False, initial=True)

    def __init__(self, *args: Any, campaign: Campaign, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events = self.fields["event"]
        assert isinstance(events, forms.ModelChoiceField)
        events.queryset = campaign.events.planned().order_by("starts_at", "pk")
        self.helper = helper("event", "write")


def preview_invitations(
    campaign: Campaign, cards: Sequence[Collaboration], data: dict[str, Any], now: dt.datetime
) -> Preview:
    event = data["event"]
    there = set(event.guests.filter(collaboration__in=cards).values_list("collaboration_id", flat=True))
    lines = [_line(card, event, card.pk in there) for card in cards]
    many = sum(shown.happens for shown in lines)
    said = ngettext("Puts %(n)d person on the guest list.", "Puts %(n)d people on the guest list.", many)
    note = _("They are invited by mail.") if data["write"] else _("Nobody is told by this.")
    return Preview(said % {"n": many}, lines, [note])


def _line(card: Collaboration, event: Event, is_there: bool) -> Line:
    if is_there:
        return line(card, _("Is on the list already."), happens=False)
    if card.is_off:
        return line(card, _("Is not going ahead."), happens=False)
    return line(card, f"{event.name}, {when(event)}")


def invite_many(cards: Sequence[Collaboration], data: dict[str, Any], at: dt.datetime, actor: Actor) -> list[Verdict]:
    """Each on the list once; whoever is invited has a result of her own."""
    event = data["event"]
    made = {
        guest.influencer_id: guest
        for guest in list_guests(event, [card.influencer for card in cards if not card.is_off], at=at, actor=actor)
    }
    rows = list(Guest.objects.with_event().filter(pk__in=[guest.pk for guest in made.values()]).order_by("pk"))
    told = invite(rows, at=at, actor=actor) if data["write"] else [_listed(guest) for guest in rows]
    fresh = {guest.influencer_id for guest in rows}
    return told + [
        Verdict(card.influencer.stage_name, _("Is on the list already, or not going ahead."), False, event.url)
        for card in cards
        if card.influencer_id not in fresh
    ]


def _listed(guest: Guest) -> Verdict:
    return Verdict(guest.influencer.stage_name, _("On the list."), True, guest.url, guest.influencer_id)


@card_work("event", icon="calendar-event")
def invitations_for_many() -> Bulk:
    return Bulk(
        "event", gettext_lazy("Invite to an event"), gettext_lazy("Put on the list"), InviteForm, preview_invitations,
        invite_many,
    )  # fmt: skip
