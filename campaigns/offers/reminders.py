"""What is due while an offer waits for her answer: the answer itself, and the day on which the offer ends.

Both are about her card and take turns in the series of contracts. Once a contract is with her, that one asks. A question or a
price of hers holds them until we have answered; an invitation out of the blue is only reminded of where she agreed to offers.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.offers.actions.rounds import ASKS
from campaigns.offers.letters import letter_words
from campaigns.offers.models import Offer
from campaigns.offers.whom import Way, ways_of
from campaigns.planning.card_dues import due_about, facts_about
from campaigns.planning.models import Campaign, Collaboration
from crm.base.zones import end_of_day, local_date
from crm.contracts.models import Contract
from crm.reminders.models import Todo
from crm.reminders.registry import Asked, Due, due, wanted
from crm.timeline.record import subject_of

OFFER, ENDS = "campaign.offer", "campaign.offer_ends"
SHOWN_AFTER = dt.timedelta(days=5)
"""From when on an offer nobody answers stands on Today; until then she is reminded."""
ANSWERED, OFF = _("She has answered, or it was taken back"), _("The collaboration is not going ahead")
WAITS_FOR_US, SIGNS = _("She waits for our answer"), _("The contract is with her and asks by itself")
PAUSED, OVER = _("Reminders about this collaboration are paused"), _("The campaign is over")
NOT_NOW = _("The campaign is paused")
LOOKS = Way()
"""How an offer reaches her where nobody is about to write: not asked for."""


@due(OFFER, label=_("Answers to offers"), of="campaigns.Offer", order=18, on_calendar=False)
def answers(asked: Asked) -> Iterator[Due]:
    """From the day it was sent until she answers. On Today only once reminding did not help."""
    for offer, way, why in _waiting(asked):
        is_young = asked.now < offer.sent_at + SHOWN_AFTER
        if asked.user is not None and asked.subjects is None and is_young and not asked.calendar:
            continue
        on = local_date(offer.sent_at, offer.collaboration.campaign.zone)
        yield from wanted(_due(OFFER, offer, way, why, on), asked)


@due(ENDS, label=_("Ends of offers"), of="campaigns.Offer", order=19)
def ends(asked: Asked) -> Iterator[Due]:
    """The last day on which she may answer."""
    for offer, way, why in _waiting(asked):
        if offer.answer_by_on is not None:
            yield from wanted(_due(ENDS, offer, way, why, offer.answer_by_on), asked)


def _waiting(asked: Asked) -> Iterable[tuple[Offer, Way, Any]]:
    """The newest round of each card asked for, how it reaches her and why nobody asks; read once for both kinds."""
    return asked.once("campaign offers", lambda: _read(asked))  # type: ignore[no-any-return]


def _read(asked: Asked) -> list[tuple[Offer, Way, Any]]:
    if asked.calendar and asked.subjects is None:
        return _for_a_calendar(asked)
    newest = {offer.collaboration_id: offer for offer in _rows(asked).order_by("pk")}
    cards = [offer.collaboration for offer in newest.values()]
    ways = ways_of(cards, asked.now) if cards else {}
    asking = _with_asks(cards)
    return [(offer, ways[pk], _stopped_why(offer, ways[pk], pk in asking)) for pk, offer in newest.items()]


def _for_a_calendar(asked: Asked) -> list[tuple[Offer, Way, Any]]:
    """The same for those who only look, in one query: nobody is written to, so nobody's address is asked for."""
    label = Value(f"{Collaboration._meta.label_lower}:", output_field=TextField())
    key = Concat(label, Cast("collaboration_id", TextField()))
    asks = Todo.objects.open().filter(key__startswith=f"{ASKS}:", subject=OuterRef("card_key"))
    seen = Offer.objects.with_card().select_related("collaboration__party__contract")
    rows = seen.visible_to(asked.user) if asked.user is not None else seen
    found = rows.open().annotate(card_key=key).annotate(is_asking=Exists(asks)).order_by("pk")
    return [(one, LOOKS, _stopped_why(one, LOOKS, one.is_asking)) for one in found]  # type: ignore[attr-defined]


def _rows(asked: Asked) -> QuerySet[Offer]:
    rows = Offer.objects.with_card().select_related("collaboration__party__contract")
    rows = rows.prefetch_related("collaboration__deliverables__format")
    if asked.user is not None:
        rows = rows.visible_to(asked.user)
    return rows.filter(collaboration__in=asked.subjects) if asked.subjects is not None else rows.open()


def _with_asks(cards: Iterable[Collaboration]) -> set[int]:
    """Cards on which something of hers waits for us."""
    subjects = {subject_of(card): card.pk for card in cards}
    rows = Todo.objects.open().filter(key__startswith=f"{ASKS}:", subject__among=sorted(subjects)) if subjects else ()
    return {subjects[todo.subject] for todo in rows}


def _stopped_why(offer: Offer, way: Way, is_asking: bool) -> Any:
    card = offer.collaboration
    campaign, party = card.campaign, card.party
    if card.is_off:
        return OFF
    if offer.status == Offer.Status.COUNTERED or (offer.is_open and is_asking):
        return WAITS_FOR_US
    if not offer.is_open or card.is_promised:
        return ANSWERED
    if campaign.status in (Campaign.Status.WRAPPED, Campaign.Status.CANCELLED):
        return OVER
    if campaign.status == Campaign.Status.PAUSED:
        return NOT_NOW
    if not card.may_be_reminded:
        return PAUSED
    if party is not None and party.contract.status == Contract.Status.SENT:
        return SIGNS
    return way.barred


def _due(kind: str, offer: Offer, way: Way, why: Any, on: dt.date) -> Due:
    card = offer.collaboration
    campaign = card.campaign
    title = _("Answer to the offer for “{campaign}”") if kind == OFFER else _("Offer for “{campaign}” ends")
    return due_about(
        card,
        kind=kind,
        due_on=on,
        due_at=end_of_day(on, campaign.zone),
        title=format_lazy(title, campaign=campaign.name),
        contact_ids=tuple(contact.pk for contact in (*way.mails, *way.by_hand)),
        copy_ids=tuple(contact.pk for contact in way.copies),
        url=f"{reverse('collaboration', args=[card.pk])}#offers",
        verb=_("Look at it"),
        icon="envelope-check",
        stopped_why=why,
        on_hold=why in (WAITS_FOR_US, PAUSED, NOT_NOW),
        born_at=offer.sent_at,
        went_on_at=card.resumed_at,
        entered_at=offer.sent_at,
        changed_at=offer.updated_at,
        facts=_facts(offer, way),
    )


def _facts(offer: Offer, way: Way) -> dict[str, Any]:
    if way is LOOKS:
        return {"owner": offer.collaboration.campaign.owner.name}
    return {**facts_about(offer.collaboration), "words": letter_words(offer, {}) if offer.is_open else {}}
