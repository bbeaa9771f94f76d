"""Samples for many cards of a board: one form, everything shown before it is written, a result for each."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.models.told import Refused
from campaigns.planning.places import card_work
from campaigns.planning.preview import Line, Preview, line
from campaigns.planning.verdicts import Verdict
from campaigns.planning.views.bulk import Bulk
from campaigns.samples.asking.actions import IS_OFF, OVER, ask_for
from campaigns.samples.asking.forms import FOR_MANY, HELD, AskForm
from crm.base.text import one_line
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

Cards = Sequence[Collaboration]
IS_OVER = gettext_lazy("The campaign is over, so nothing more is sent for it.")


class ManyForm(AskForm):
    """`AskForm` as the board calls it; `ask` is what it says once it is valid."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["ask"] = (self.wanted(), self.details()) if not self.errors else None
        return data


def many_form(data: Any, *, campaign: Campaign, today: dt.date) -> ManyForm:
    named = list(campaign.products.filter(archived_at__isnull=True).order_by("name"))
    products = named or list(campaign.brand.products.offered().order_by("name"))
    return ManyForm(data, products=products, today=today, codes=FOR_MANY)


def preview_samples(campaign: Campaign, cards: Cards, data: dict[str, Any]) -> Preview:
    """Who gets it and who does not, and why; nothing is written."""
    lines = [_line(campaign, card, data) for card in cards]
    count = sum(one.happens for one in lines)
    said = ngettext("Sends something to %(n)d person.", "Sends something to %(n)d people.", count) % {"n": count}
    return Preview(said, lines, [])


def _line(campaign: Campaign, card: Collaboration, data: dict[str, Any]) -> Line:
    wanted, _more = data["ask"]
    if card.is_off:
        return line(card, str(IS_OFF), happens=False)
    if campaign.status in OVER:
        return line(card, str(IS_OVER), happens=False)
    said = ", ".join(f"{one.quantity} × {one.variant or one.product}" for one in wanted)
    return line(card, one_line(said, 160))


def send_to_many(cards: Cards, data: dict[str, Any], at: dt.datetime, actor: Actor) -> list[Verdict]:
    """Each by itself: what one is refused for changes no other."""
    return [_sent(card, data, at, actor) for card in cards]


def _sent(card: Collaboration, data: dict[str, Any], at: dt.datetime, actor: Actor) -> Verdict:
    wanted, details = data["ask"]
    who, campaign = card.influencer.stage_name, card.campaign
    waits = list(card.deliverables.post_open()) if details["purpose"] in HELD else []
    try:
        made = ask_for(
            card.influencer, campaign.brand, wanted, card=card, owner=campaign.owner, at=at, actor=actor,
            **{**details, "waits": waits},
        )  # fmt: skip
    except (Refused, TransitionRefused) as refused:
        return Verdict(who, str(refused), False, reverse("collaboration", args=[card.pk]), card.influencer_id)
    return Verdict(who, _("Is to be sent."), True, reverse("sample", args=[made.pk]), card.influencer_id)


SEND = Bulk(
    "samples",
    gettext_lazy("Send something"),
    gettext_lazy("Note it for each"),
    many_form,
    lambda campaign, cards, data, now: preview_samples(campaign, cards, data),
    send_to_many,
)


@card_work("samples", order=8, icon="box-seam")
def send_samples() -> Bulk:
    return SEND
