"""One offer for one card or for many of a board: everything shown before it leaves, and a result for each."""

import datetime as dt
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from djmoney.money import Money

from campaigns.offers.actions.sending import IS_OPEN, Ask, send_offer, why_not
from campaigns.offers.forms import OfferForm
from campaigns.offers.letters import composed
from campaigns.offers.models import Offer
from campaigns.offers.whom import Way, ways_of
from campaigns.planning.door import DoorClosed, committed, missing_of, summed, tree_below
from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.models.budget import chain_of
from campaigns.planning.models.told import Refused
from campaigns.planning.places import card_work
from campaigns.planning.preview import Letter, Line, Preview, line
from campaigns.planning.verdicts import Verdict
from campaigns.planning.views.bulk import Bulk
from crm.base.formats import day_words, money_short
from crm.influencers.places import Offer as Asked
from crm.influencers.places import OfferHold, holds_of
from crm.outbox.late import masked
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

Cards = Sequence[Collaboration]


def preview_offers(campaign: Campaign, cards: Cards, ask: Ask, now: dt.datetime) -> Preview:
    """Whom it reaches and how, who gets nothing and why; nothing is written."""
    ways, asked = ways_of(cards, now), already_asked(cards)
    held = holds_of([Asked(card.influencer_id, _fee(card, ask)) for card in cards], now)
    purse, shut = Purse(campaign, cards), shut_because(campaign)
    lines = []
    for card in cards:
        why = shut or (IS_OPEN if card.pk in asked else "")
        lines.append(_line(card, ask, ways[card.pk], why, held.get(card.influencer_id, ()), purse))
    count = sum(shown.happens for shown in lines)
    said = ngettext("Makes an offer to %(n)d person.", "Makes an offer to %(n)d people.", count) % {"n": count}
    reached = next(
        (card for card, shown in zip(cards, lines, strict=True) if shown.happens and ways[card.pk].mails), None
    )
    letter = _letter(reached, ask, ways[reached.pk], now) if reached and not ask.by_myself else None
    return Preview(said, lines, _notes(cards, ask, ways), letter)


def _letter(card: Collaboration, ask: Ask, way: Way, now: dt.datetime) -> Letter:
    """The first of the letters, for somebody to read before any leaves."""
    offer = Offer(collaboration=card, fee=_fee(card, ask), in_kind=ask.in_kind.strip(), answer_by_on=ask.answer_by_on)
    email = composed(offer, way.mails[0], now, ask.words)
    return Letter(way.mails[0].name, email.from_name, email.subject, masked(email.text))


def _notes(cards: Cards, ask: Ask, ways: dict[int, Way]) -> list[str]:
    notes = [_("They answer by %(day)s.") % {"day": day_words(ask.answer_by_on, "long")}]
    if any(ways[card.pk].is_news and ways[card.pk].reaches for card in cards) and not ask.by_myself:
        notes.append(
            _("To those you have not worked with it is an invitation, with a way out of further ones in its foot.")
        )
    return notes


def _fee(card: Collaboration, ask: Ask) -> Any:
    return ask.fee if ask.fee is not None else card.fee


def already_asked(cards: Cards) -> set[int]:
    """Cards with an offer nobody has answered."""
    rows = Offer.objects.open().filter(collaboration__in=[card.pk for card in cards])
    return set(rows.values_list("collaboration_id", flat=True))


def shut_because(campaign: Campaign) -> str:
    """What the campaign still has to say before its first offer; empty once the door is open."""
    if campaign.offers_open_at is not None:
        return ""
    missing = missing_of(campaign)
    return str(DoorClosed(campaign, missing)) if missing else ""


class Purse:
    """What is left of the budgets above these offers, spent line by line as they would be."""

    def __init__(self, campaign: Campaign, cards: Cards) -> None:
        mine = {card.pk for card in cards}
        self.left: list[Money] = []
        for whose in chain_of(campaign):
            if whose.budget is not None and whose.budget.amount:
                others = [one for one in committed(tree_below(whose.pk)) if one.collaboration not in mine]
                taken = summed(others).get(str(whose.budget.currency), Decimal(0))
                self.left.append(Money(whose.budget.amount - taken, whose.budget.currency))

    def spend(self, card: Collaboration, fee: Any) -> str:
        """Why this fee no longer fits; empty when it does, and then it is gone."""
        if fee is None:
            return ""
        over = [left for left in self.left if left.currency == fee.currency and fee.amount > left.amount]
        if over and not card.over_budget_because:
            worst = min(over, key=lambda left: left.amount)
            return _("Over the budget by %(over)s.") % {"over": money_short(fee - worst)}
        self.left = [left - fee if left.currency == fee.currency else left for left in self.left]
        return ""


def _line(card: Collaboration, ask: Ask, way: Way, shut: Any, holds: Collection[OfferHold], purse: Purse) -> Line:
    fee = _fee(card, ask)
    why = shut or why_not(card, ask, fee, way)
    if not why and holds:
        why = " ".join([_("The offer is held."), *(hold.why for hold in holds)])
    why = why or purse.spend(card, fee)
    if why:
        return line(card, str(why), happens=False)
    gets = ", ".join(part for part in (money_short(fee) if fee is not None else "", ask.in_kind) if part)
    return line(card, f"{gets}. {reach_of(way, ask)}")


def reach_of(way: Way, ask: Ask) -> str:
    """Who is written to, and how."""
    if ask.by_myself:
        return _("You tell her yourself.")
    said = []
    if way.mails:
        said.append(_("E-mail to %(names)s.") % {"names": _names(way.mails)})
    if way.by_hand:
        said.append(_("A task to write to %(names)s on WhatsApp, or to call.") % {"names": _names(way.by_hand)})
    if way.copies:
        said.append(_("Copy to %(names)s.") % {"names": _names(way.copies)})
    return " ".join(said)


def _names(contacts: Collection[Any]) -> str:
    return ", ".join(contact.name for contact in contacts)


def send_offers(cards: Cards, ask: Ask, *, at: dt.datetime, actor: Actor) -> list[Verdict]:
    """Each by itself: what one is refused for changes no other."""
    return [_sent(card, ask, at, actor) for card in cards]


def _sent(card: Collaboration, ask: Ask, at: dt.datetime, actor: Actor) -> Verdict:
    who, url = card.influencer.stage_name, reverse("collaboration", args=[card.pk])
    try:
        offer = send_offer(card, ask, at=at, actor=actor)
    except (Refused, TransitionRefused) as refused:
        return Verdict(who, str(refused), False, url, card.influencer_id)
    way = ways_of([offer.collaboration], at)[card.pk]
    return Verdict(who, reach_of(way, ask), True, url, card.influencer_id)


OFFER = Bulk(
    "offer",
    gettext_lazy("Make an offer"),
    gettext_lazy("Send the offers"),
    OfferForm,
    lambda campaign, cards, data, now: preview_offers(campaign, cards, data["ask"], now),
    lambda cards, data, at, actor: send_offers(cards, data["ask"], at=at, actor=actor),
)


@card_work("offer", order=5, icon="envelope-check")
def make_offers() -> Bulk:
    return OFFER
