"""What she says to an offer, on her page or as a colleague heard it: yes, another price, no, not this time, more time."""

import datetime as dt
from typing import Any, Unpack

from django.utils.translation import gettext_lazy as _

from campaigns.offers.actions.rounds import answered, leave, round_of, settle_tasks, standing_offer, stored
from campaigns.offers.models import Offer
from campaigns.offers.words import gets, her_ask_in_words
from campaigns.planning.models import Collaboration, Told
from campaigns.planning.models.promises import PromiseHeld
from campaigns.planning.models.told import Refused, ring_after_commit
from campaigns.planning.promise_page import told_why
from crm.base.formats import day_in_words
from crm.exclusivity.gate import gate, joining
from crm.reminders.models import Todo
from crm.reminders.settled import stop_asking
from crm.timeline.record import Actor, record, subject_of

STATUS = Offer.Status

ACCEPTED = _("Said yes to %(gets)s for %(campaign)s")
COUNTERED = _("Would do %(campaign)s for %(asks)s")
DECLINED, NOT_NOW = _("Said no to %(campaign)s"), _("Said not this time to %(campaign)s")
QUESTION = _("Has a question about the offer for %(campaign)s")
LATER = _("Answers about %(campaign)s by %(day)s")
AGAIN = _("Would still like to take part in %(campaign)s")
SHE_ASKS = _("%(name)s would do %(campaign)s for %(asks)s")
SHE_SAID_YES = _("%(name)s said yes to %(campaign)s, and something stands against it: %(why)s")
SHE_WANTS_AGAIN = _("%(name)s would still like to take part in %(campaign)s: her offer ran out")
SHE_QUESTIONS = _("%(name)s has a question about the offer for %(campaign)s")
OFF_NO, OFF_NOT_NOW = _("Said no"), _("Said not this time")
SAY_SOMETHING = _("Say which price, or in words what you would like instead.")
IS_PROMISED = _("She has said yes already. Change her terms instead.")


def accept(card: Collaboration, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> bool:
    """Her yes, kept whatever stands against it; whether she is agreed now. Raises Refused when nothing is open.

    What stands against it (a promise elsewhere, a hold, the budget) becomes a task, and she hears from us.
    """
    with round_of(card) as offer:
        mine = offer.collaboration
        offer.put(
            STATUS.ACCEPTED, "offer.accepted", ACCEPTED, at=at, actor=actor, also={"answered_at": at},
            params={"gets": gets(offer)}, **told,
        )  # fmt: skip
        answered(mine, at, actor)
        why = agree(mine, offer.fee, at=at, actor=actor)
        if why:
            leave(mine, f"yes/{offer.pk}", Todo.Kind.CHECK, SHE_SAID_YES, at, params={"why": why})
    ring_after_commit()
    return not why


def agree(card: Collaboration, fee: Any, *, at: dt.datetime, actor: Actor) -> str:
    """Put the card into Agreed at this fee; what stands against it instead, and then nothing was changed."""
    before = card.fee
    try:
        with gate([card.influencer_id]), joining():
            if fee is not None and fee != card.fee:
                card.fee = fee
                card.save(update_fields=["fee", "fee_currency", "updated_at"])
            card.put(Collaboration.Status.AGREED, at=at, actor=actor)
    except PromiseHeld as refused:
        card.fee = before
        return told_why(refused, card.campaign.owner, at)
    except Refused as refused:
        card.fee = before
        return str(refused)
    return ""


def counter(card: Collaboration, fee: Any, words: str, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> Offer:
    """Another price, or what she would like instead. Without an offer of ours it is the first round: she asked."""
    if fee is None and not words.strip():
        raise Refused(card, SAY_SOMETHING)
    said = {"her_fee": fee, "her_fee_currency": str(fee.currency) if fee is not None else "IDR"}
    said |= {"her_words": words.strip()[:300], "answered_at": at}
    with gate([card.influencer_id]):
        mine = stored(card)
        offer = standing_offer(mine)
        if offer is None:
            offer = _her_own_round(mine, said, at, actor, told)
        else:
            offer.put(
                STATUS.COUNTERED, "offer.countered", COUNTERED, at=at, actor=actor, also=said,
                params={"asks": her_ask_in_words(Offer(her_fee=fee, her_words=words))}, **told,
            )  # fmt: skip
        settle_tasks(mine, at)
        asks = her_ask_in_words(Offer(her_fee=fee, her_words=words))
        leave(mine, f"price/{offer.pk}/{at.isoformat()}", Todo.Kind.QUESTION, SHE_ASKS, at, quote=words, params={"asks": asks})  # fmt: skip
        stop_asking([subject_of(mine)], at)
    ring_after_commit()
    return offer


def _her_own_round(card: Collaboration, said: dict[str, Any], at: dt.datetime, actor: Actor, told: Told) -> Offer:
    if card.is_promised:
        raise Refused(card, IS_PROMISED)
    offer = Offer.objects.create(collaboration=card, status=STATUS.COUNTERED, sent_at=at, **said)
    asks = her_ask_in_words(offer)
    record(
        "offer.countered", COUNTERED, at=at, actor=actor, subject=offer, influencer=card.influencer_id,
        brand=card.campaign.brand_id, params={"campaign": card.campaign, "asks": asks}, **told,
    )  # fmt: skip
    return offer


def decline(card: Collaboration, why: str, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
    """She does not want it: the card goes off with her reason. Raises Refused."""
    _no(card, STATUS.DECLINED, "offer.declined", DECLINED, why.strip() or str(OFF_NO), at, actor, told)


def not_this_time(card: Collaboration, why: str, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
    """Not now, gladly another time: off here, and nothing speaks against asking her again. Raises Refused."""
    said = f"{OFF_NOT_NOW}: {why.strip()}" if why.strip() else str(OFF_NOT_NOW)
    _no(card, STATUS.NOT_NOW, "offer.not_now", NOT_NOW, said, at, actor, told)


def _no(
    card: Collaboration, to: str, verb: str, sentence: Any, why: str, at: dt.datetime, actor: Actor, told: Told
) -> None:
    with round_of(card) as offer, joining():
        mine = offer.collaboration
        offer.put(to, verb, sentence, at=at, actor=actor, also={"answered_at": at, "her_words": why[:300]}, **told)
        mine.put(Collaboration.Status.OFF, at=at, actor=actor, why=why[:200])
        answered(mine, at, actor)
    ring_after_commit()


def ask_question(card: Collaboration, words: str, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
    """Her question; the offer stays open, and nobody reminds her until we have answered. Raises Refused."""
    with round_of(card) as offer:
        mine = offer.collaboration
        _tell(offer, "offer.question", QUESTION, at, actor, {}, told)
        leave(mine, f"question/{at.isoformat()}", Todo.Kind.QUESTION, SHE_QUESTIONS, at, quote=words)
        stop_asking([subject_of(mine)], at)
    ring_after_commit()


def more_time(card: Collaboration, until: dt.date, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
    """She answers by another day, and that is fine: the day moves, reminders follow. Raises Refused."""
    with round_of(card) as offer:
        if offer.answer_by_on is None or until > offer.answer_by_on:
            Offer.objects.filter(pk=offer.pk).update(answer_by_on=until, updated_at=at)
        _tell(offer, "offer.later", LATER, at, actor, {"day": day_in_words(until)}, told)
        stop_asking([subject_of(offer.collaboration)], at)
    ring_after_commit()


def ask_again(card: Collaboration, words: str, *, at: dt.datetime, actor: Actor, **told: Unpack[Told]) -> None:
    """Her offer ran out and she would still like to: a task for the owner, once while it is open."""
    with gate([card.influencer_id]):
        mine = stored(card)
        last = Offer.objects.filter(collaboration=mine).last()
        if last is None or last.status != STATUS.LAPSED or mine.is_promised:
            raise Refused(card, _("This offer cannot be asked for again. Nothing was changed."))
        last.collaboration = mine
        _tell(last, "offer.again", AGAIN, at, actor, {}, told)
        settle_tasks(mine, at)
        leave(mine, f"again/{last.pk}", Todo.Kind.QUESTION, SHE_WANTS_AGAIN, at, quote=words)
    ring_after_commit()


def _tell(
    offer: Offer, verb: str, sentence: Any, at: dt.datetime, actor: Actor, params: dict[str, Any], told: Told
) -> None:
    card = offer.collaboration
    record(
        verb, sentence, at=at, actor=actor, subject=offer, params={"campaign": card.campaign, **params},
        influencer=card.influencer_id, brand=card.campaign.brand_id, **told,
    )  # fmt: skip
