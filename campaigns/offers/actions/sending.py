"""Making an offer: the card goes into talks through its door, the round is written down, and she hears of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.offers.actions.rounds import answered, round_of, settle_tasks, standing_offer, stored
from campaigns.offers.letters import write_letters
from campaigns.offers.models import Offer
from campaigns.offers.whom import Way, ways_of
from campaigns.offers.words import filled_for, gets
from campaigns.planning.door import check_budget, pass_door
from campaigns.planning.models import Campaign, Collaboration, columns
from campaigns.planning.models.told import Refused, ring_after_commit
from crm.exclusivity.gate import Busy, joining, through_gate
from crm.influencers.places import Offer as Asked
from crm.influencers.places import holds_of
from crm.timeline.record import Actor, record

OVER = (Campaign.Status.WRAPPED, Campaign.Status.CANCELLED)
IS_OVER = _("The campaign is over: nobody is asked any more.")
IS_OPEN = _("She has an offer already and has not answered. Withdraw it first, or wait.")
SAID_YES = _("She has said yes already.")
EMPTY = _("Say what she gets: a fee, or something beside it.")
SENT = _("Offered %(gets)s for %(campaign)s")
WITHDRAWN = _("Took the offer for %(campaign)s back")
NEXT_ROUND = _("Another offer for %(campaign)s follows")


@dataclass(frozen=True)
class Ask:
    """What we ask and give. No fee means the one on the card; no words, the usual ones in her language."""

    answer_by_on: dt.date
    fee: Any = None
    fee_said: str = ""
    in_kind: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    by_myself: bool = False


def send_offer(card: Collaboration, ask: Ask, *, at: dt.datetime, actor: Actor) -> Offer:
    """Everything or nothing: the card in talks, the round, her message or the task to write to her.

    Raises Refused with what to do: an offer is open, the door is closed, over the budget, held, nobody to write to.
    """

    def write(held: frozenset[int]) -> Offer:
        found = stored(card)
        fee = ask.fee if ask.fee is not None else found.fee
        way = ways_of([found], at)[found.pk]
        check(found, ask, fee, way, at)
        pass_door(found.campaign, at=at, actor=actor)
        make_room(found, at=at, actor=actor)
        check_budget(found, fee)
        _into_talks(found, ask, fee, at, actor)
        offer = _write_down(found, ask, fee, at, actor)
        if not ask.by_myself:
            write_letters(offer, ask.words, way, at)
        return offer

    try:
        offer = through_gate([card.influencer_id], write)
    except Busy as error:
        raise Refused(card, error) from error
    ring_after_commit()
    return offer


def check(card: Collaboration, ask: Ask, fee: Any, way: Way, at: dt.datetime) -> None:
    """Raises Refused with the first thing that stands against this offer."""
    if why := why_not(card, ask, fee, way):
        raise Refused(card, why)
    held = holds_of([Asked(card.influencer_id, fee)], at).get(card.influencer_id, [])
    if held:
        raise Refused(card, str(columns.HELD) % {"why": " ".join(hold.why for hold in held)})


def why_not(card: Collaboration, ask: Ask, fee: Any, way: Way) -> Any:
    """What stands against it, holds aside; empty when nothing does."""
    if card.campaign.status in OVER:
        return IS_OVER
    if card.is_promised:
        return SAID_YES
    if fee is None and not ask.in_kind.strip():
        return EMPTY
    if way.barred:
        return way.barred
    return "" if ask.by_myself or way.reaches else way.silent


def make_room(card: Collaboration, *, at: dt.datetime, actor: Actor) -> None:
    """One round at a time: what she asked is answered by the next one; one she has not answered stays. Raises Refused."""
    there = standing_offer(card)
    if there is None:
        return
    if there.is_open:
        raise Refused(card, IS_OPEN)
    there.put(Offer.Status.WITHDRAWN, "offer.next", NEXT_ROUND, at=at, actor=actor)


def _into_talks(card: Collaboration, ask: Ask, fee: Any, at: dt.datetime, actor: Actor) -> None:
    """The card in talks, with the fee she would get."""
    if fee is not None and (fee != card.fee or ask.fee_said):
        card.fee, card.fee_said = fee, ask.fee_said or card.fee_said
        card.save(update_fields=["fee", "fee_currency", "fee_said", "updated_at"])
    if card.status != Collaboration.Status.IN_TALKS:
        with joining():
            card.put(Collaboration.Status.IN_TALKS, at=at, actor=actor)


def _write_down(card: Collaboration, ask: Ask, fee: Any, at: dt.datetime, actor: Actor) -> Offer:
    own = ask.words.get(card.campaign.brand.language, "")
    offer = Offer.objects.create(
        collaboration=card, fee=fee, in_kind=ask.in_kind.strip(), answer_by_on=ask.answer_by_on, sent_at=at,
        sent_by_id=actor.user_id,
        words=filled_for(card, own, card.campaign.brand.language, ask.answer_by_on) if own else "",
    )  # fmt: skip
    record(
        "offer.sent", SENT, at=at, actor=actor, subject=offer, influencer=card.influencer_id,
        brand=card.campaign.brand_id, params={"campaign": card.campaign, "gets": gets(offer)}, quote=offer.words,
    )  # fmt: skip
    settle_tasks(card, at)
    return offer


def withdraw(card: Collaboration, *, at: dt.datetime, actor: Actor) -> None:
    """We take back what she has not answered. Raises Refused when she was faster."""
    with round_of(card) as offer:
        offer.put(Offer.Status.WITHDRAWN, "offer.withdrawn", WITHDRAWN, at=at, actor=actor)
        answered(offer.collaboration, at, actor)
    ring_after_commit()
