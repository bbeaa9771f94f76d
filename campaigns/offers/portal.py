"""An offer on her own page: what she would make, what she gets, until when; and everything she may answer.

A colleague settles the same as "told me", also what she asks before anybody made her an offer.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.offers.actions.answers import (
    accept,
    ask_again,
    ask_question,
    counter,
    decline,
    more_time,
    not_this_time,
)
from campaigns.offers.actions.sending import OVER
from campaigns.offers.forms import (
    AgainForm,
    NoForm,
    PriceForm,
    QuestionForm,
    ToldPriceForm,
    UntilForm,
    YesForm,
)
from campaigns.offers.models import Offer
from campaigns.offers.words import filled_for, gets, thing_of
from campaigns.planning.models import Collaboration
from campaigns.planning.places import Part, her_part
from campaigns.planning.portal import HER_PAGE, Said, in_words
from crm.exclusivity.gate import Busy
from crm.portal.registry import (
    Answer,
    AnswerRefused,
    Asking,
    PortalFeature,
    PortalTask,
    Told,
    find_task,
    portal_task,
)
from crm.timeline.transitions import TransitionRefused

FEATURE = "offer"
YES = _("Thank you, we are glad! You hear from us about the next step.")
WE_COME_BACK = _("Thank you. We have to look at one thing first, and we will come back to you.")
PRICE = _("Thank you, your price is with us. You hear from us before anything else happens.")
NO = _("Thank you for telling us. We do not ask again for this campaign.")
NOT_NOW = _("Thank you for telling us. Another time, gladly.")
QUESTION = _("Your question is with us. You get an answer from a person.")
MORE_TIME = _("Take your time. We wait until then.")
AGAIN = _("Thank you, we look at it again and tell you.")

HER_ANSWERS = {
    one.code: one
    for one in (
        Answer("accept", _("Yes, I take part"), _("Says yes"), YES, YesForm, True, "check2", power="sign"),
        Answer("price", _("Another price"), _("Names another price"), PRICE, PriceForm, icon="cash"),
        Answer("more_time", _("I need more time"), _("Needs more time"), MORE_TIME, UntilForm, icon="hourglass-split"),
        Answer(
            "question",
            _("I have a question"),
            _("Has a question"),
            QUESTION,
            QuestionForm,
            icon="chat-left-text",
            power="",
        ),
        Answer("not_now", _("Not this time"), _("Not this time"), NOT_NOW, NoForm, icon="calendar3"),
        Answer("decline", _("No, thank you"), _("Says no"), NO, NoForm, icon="x-circle", power="sign"),
        Answer("again", _("I would still like to"), _("Would still like to"), AGAIN, AgainForm, True, "arrow-repeat"),
    )
}
TOLD_FORMS = {"accept": None, "price": ToldPriceForm, "question": None, "not_now": None, "decline": None, "again": None}
OPEN = ("accept", "price", "more_time", "question", "not_now", "decline")
HERS = ("price", "question", "not_now", "decline")
"""What she may still say after she named a price herself."""
BEFORE = ("price",)
"""What a colleague may hear of her before anybody made her an offer."""
RAN_OUT = ("again",)


def answers_for(offer: Offer | None, *, is_hers: bool) -> list[Answer]:
    """What can be said now, the most expected first; `is_hers` when she asks herself."""
    codes: tuple[str, ...] = BEFORE
    if offer is not None:
        codes = {"open": OPEN, "countered": HERS if offer.fee is None else OPEN, "lapsed": RAN_OUT}[offer.status]
    known = [HER_ANSWERS[code] for code in codes]
    if offer is not None and offer.status == Offer.Status.LAPSED and not is_hers:
        known = [*known, HER_ANSWERS["price"]]
    return known if is_hers else [replace(one, form=TOLD_FORMS.get(one.code, one.form)) for one in known]


class Offers:
    """Offers that wait for her, and those that ran out while she may still want them."""

    THANKS = {
        "accept": YES, "accept_later": WE_COME_BACK, "price": PRICE, "decline": NO, "not_now": NOT_NOW,
        "question": QUESTION, "more_time": MORE_TIME, "again": AGAIN,
    }  # fmt: skip

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        return [_task(card, offer, asking) for card, offer in open_rounds(asking)]

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> str | None:
        card = _cards(asking).filter(pk=task.subject_id).first()
        if card is None:
            raise AnswerRefused(_("This offer is not open any more. Nothing was changed."))
        try:
            return SETTLE[told.code](card, told, in_words(told))
        except (TransitionRefused, Busy) as refused:
            raise AnswerRefused(str(refused)) from refused


@portal_task(FEATURE, order=4)
def offers() -> PortalFeature:
    return Offers()


def _cards(asking: Asking) -> Any:
    rows = Collaboration.objects.filter(influencer_id=asking.influencer_id)
    if asking.brand_id is not None:
        rows = rows.filter(campaign__brand=asking.brand_id)
    return rows.select_related("campaign__brand", "campaign__owner", "influencer")


def open_rounds(asking: Asking) -> list[tuple[Collaboration, Offer | None]]:
    """Each card with the round that goes on, or the last one where it ran out.

    A colleague also sees cards nobody has made an offer for: she may name her price first.
    """
    is_hers = asking.contact is not None
    rows = _cards(asking).filter(status__in=("shortlist", "in_talks")).exclude(campaign__status__in=OVER)
    cards = list(rows.order_by("pk"))
    newest = {row.collaboration_id: row for row in Offer.objects.filter(collaboration__in=cards).order_by("pk")}
    found = []
    for card in cards:
        offer = newest.get(card.pk)
        is_live = offer is not None and offer.status in (*Offer.STANDING, Offer.Status.LAPSED)
        if is_live or (not is_hers and card.status == Collaboration.Status.IN_TALKS):
            found.append((card, offer if is_live else None))
    return found


def _task(card: Collaboration, offer: Offer | None, asking: Asking) -> PortalTask:
    is_hers = asking.contact is not None
    waits = offer is not None and offer.is_open
    lines = [of_round(offer)] if offer is not None else []
    return PortalTask(
        FEATURE,
        card.pk,
        format_lazy(title_of(offer), campaign=card.campaign.name),
        answers_for(offer, is_hers=is_hers),
        brand_id=card.campaign.brand_id,
        due_on=offer.answer_by_on if offer is not None and waits else None,
        zone=card.campaign.zone,
        is_next=waits,
        lines=lines,
        page=HER_PAGE if is_hers else "",
        page_label=_("See the offer"),
    )


def title_of(offer: Offer | None) -> Any:
    if offer is None or offer.status == Offer.Status.COUNTERED:
        return _("Price for “{campaign}”")
    return _("Offer for “{campaign}”") if offer.is_open else _("Offer for “{campaign}”, run out")


def _of_round(offer: Offer) -> str:
    return gets(offer)


of_round = lazy(_of_round, str)


@her_part("offer", order=10)
def offer_part(card: Collaboration, asking: Asking) -> Part | None:
    """The newest round: what we ask and give, or what became of it."""
    offer = Offer.objects.filter(collaboration=card).order_by("pk").last()
    if offer is None:
        return None
    offer.collaboration = card
    task = find_task(asking, FEATURE, card.pk)
    language = asking.contact.language if asking.contact is not None else card.campaign.brand.language
    return Part(
        "campaigns/her/offer.html",
        {
            "offer": offer,
            "task": task,
            "thing": thing_of(card),
            "gets": gets(offer),
            "words": offer.words or filled_for(card, "", language, offer.answer_by_on),
        },
    )


def _accept(card: Collaboration, told: Told, said: Said) -> str | None:
    return None if accept(card, at=told.at, actor=told.actor, file=told.file, **said) else "accept_later"


def _price(card: Collaboration, told: Told, said: Said) -> None:
    counter(card, told.data.get("amount"), said["quote"], at=told.at, actor=told.actor, file=told.file, **said)


def _decline(card: Collaboration, told: Told, said: Said) -> None:
    decline(card, said["quote"], at=told.at, actor=told.actor, file=told.file, **said)


def _not_now(card: Collaboration, told: Told, said: Said) -> None:
    not_this_time(card, said["quote"], at=told.at, actor=told.actor, file=told.file, **said)


def _question(card: Collaboration, told: Told, said: Said) -> None:
    ask_question(card, said["quote"], at=told.at, actor=told.actor, file=told.file, **said)


def _more_time(card: Collaboration, told: Told, said: Said) -> None:
    more_time(card, told.data["until"], at=told.at, actor=told.actor, file=told.file, **said)


def _again(card: Collaboration, told: Told, said: Said) -> None:
    ask_again(card, said["quote"], at=told.at, actor=told.actor, file=told.file, **said)


SETTLE: dict[str, Callable[[Collaboration, Told, Said], str | None]] = {
    "accept": _accept,
    "price": _price,
    "decline": _decline,
    "not_now": _not_now,
    "question": _question,
    "more_time": _more_time,
    "again": _again,
}
