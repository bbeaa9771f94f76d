"""What we do with her answer, or with none: take her price, let it go, let what nobody answered run out."""

import datetime as dt
from collections.abc import Callable, Mapping

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from campaigns.offers.actions.answers import agree
from campaigns.offers.actions.rounds import answered, leave, round_of
from campaigns.offers.letters import write_taken
from campaigns.offers.models import Offer
from campaigns.offers.words import her_ask_in_words
from campaigns.planning.models import Collaboration
from campaigns.planning.models.told import Refused, ring_after_commit
from crm.base.zones import local_date
from crm.exclusivity.gate import Busy, joining, through_gate
from crm.reminders.models import Todo
from crm.reminders.tick import upkeep
from crm.timeline.record import SYSTEM, Actor

STATUS = Offer.Status
TAKEN = _("Took her price for %(campaign)s: %(asks)s")
LET_GO = _("Let the offer for %(campaign)s go")
RAN_OUT = _("Nobody answered the offer for %(campaign)s in time")
ASK_OR_LET_GO = _("%(name)s has not answered the offer for %(campaign)s. Ask again, or let it go.")
NO_PRICE = _("She named no price. Make another offer instead.")
AT_ONCE = 200
A_DAY = dt.timedelta(days=1)


def take_it(card: Collaboration, *, at: dt.datetime, actor: Actor) -> None:
    """Agree at the price she named, through the same doors as any yes. Raises Refused with what stands against it."""

    def write(held: frozenset[int]) -> None:
        with round_of(card) as offer:
            if offer.status != STATUS.COUNTERED or offer.her_fee is None:
                raise Refused(card, NO_PRICE)
            mine, asks = offer.collaboration, her_ask_in_words(offer)
            also = {"fee": offer.her_fee, "fee_currency": str(offer.her_fee.currency), "answered_at": at}
            offer.put(STATUS.ACCEPTED, "offer.taken", TAKEN, at=at, actor=actor, also=also, params={"asks": asks})
            if why := agree(mine, offer.her_fee, at=at, actor=actor):
                raise Refused(card, why)
            answered(mine, at, actor)
            write_taken(offer, at)

    _through(card, write)


def let_go(card: Collaboration, why: str, *, at: dt.datetime, actor: Actor) -> None:
    """It does not come together: the round ends and the card goes off. Raises Refused."""

    def write(held: frozenset[int]) -> None:
        with round_of(card) as offer, joining():
            offer.put(STATUS.WITHDRAWN, "offer.let_go", LET_GO, at=at, actor=actor, quote=why)
            offer.collaboration.put(Collaboration.Status.OFF, at=at, actor=actor, why=why)
            answered(offer.collaboration, at, actor)

    _through(card, write)


def _through(card: Collaboration, write: Callable[[frozenset[int]], None]) -> None:
    try:
        through_gate([card.influencer_id], write)
    except Busy as error:
        raise Refused(card, error) from error
    ring_after_commit()


@upkeep("offers")
def let_run_out(now: dt.datetime) -> Mapping[str, int]:
    """Offers nobody answered by their day: told, and a task to ask again or let go. The card stays where it is."""
    rows = Offer.objects.over(now.date() + A_DAY).with_card().order_by(F("answer_by_on"), "pk")[:AT_ONCE]
    ran_out = sum(_run_out(offer, now) for offer in rows if _is_over(offer, now))
    return {"ran_out": ran_out} if ran_out else {}


def _is_over(offer: Offer, now: dt.datetime) -> bool:
    on = offer.answer_by_on
    return on is not None and on < local_date(now, offer.collaboration.campaign.zone)


def _run_out(offer: Offer, now: dt.datetime) -> bool:
    """False when somebody answered or moved the day meanwhile."""
    try:
        with round_of(offer.collaboration) as found:
            if found.pk != offer.pk or not found.is_open or not _is_over(found, now):
                return False
            found.put(STATUS.LAPSED, "offer.lapsed", RAN_OUT, at=now, actor=SYSTEM)
            answered(found.collaboration, now, SYSTEM)
            leave(found.collaboration, f"lapsed/{found.pk}", Todo.Kind.CHECK, ASK_OR_LET_GO, now)
    except Refused:
        return False
    return True
