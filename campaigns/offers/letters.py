"""The letters of an offer: to whoever answers for her, with copies, or as a task where somebody passes it on by hand."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from campaigns.offers.emails import KIND, TAKEN
from campaigns.offers.models import Offer
from campaigns.offers.whom import Way, ways_of
from campaigns.offers.words import filled_for, gets, in_both, subject_of_offer, thing_of, until
from crm.base.zones import end_of_day, local_date
from crm.outbox.compose import compose, enqueue
from crm.outbox.models import Contact, Email
from crm.reminders.by_hand import CALL, WRITE
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo
from crm.reminders.wordings import greeting_for
from crm.timeline.record import subject_of


def write_letters(offer: Offer, words: Mapping[str, str], way: Way, at: dt.datetime) -> None:
    """One letter for each contact who reads mail, one task for each who does not."""
    said = letter_words(offer, words)
    for contact in (*way.mails, *way.copies):
        copy_of = offer.collaboration.influencer.stage_name if contact in way.copies else ""
        enqueue(KIND, **_letter(offer, said, contact, way, at, copy_of))
    for contact in way.by_hand:
        _leave_to_hand(offer, contact, at)


def write_taken(offer: Offer, at: dt.datetime) -> None:
    """We take the price she named: she should hear it from us, not find out."""
    way = ways_of([offer.collaboration], at)[offer.collaboration_id]
    if way.barred:
        return
    said = letter_words(offer, {})
    for contact in way.mails:
        letter = _letter(offer, said, contact, way, at, "")
        enqueue(TAKEN.name, **{**letter, "key": f"offer_taken/{offer.pk}/{contact.pk}", "mail_class": ""})


def composed(offer: Offer, contact: Contact, at: dt.datetime, words: Mapping[str, str] | None = None) -> Email:
    """The letter as it would be written: to be passed on by hand, or looked at before the offer is made."""
    way = ways_of([offer.collaboration], at)[offer.collaboration_id]
    if words is None:
        words = dict.fromkeys(("en", "id"), offer.words) if offer.words else {}
    return compose(KIND, **_letter(offer, letter_words(offer, words), contact, way, at, ""))


def letter_words(offer: Offer, words: Mapping[str, str]) -> dict[str, Any]:
    """The names of a letter about an offer, in both languages; the greeting is each reader's own."""
    card = offer.collaboration
    brand, by = card.campaign.brand.name, offer.answer_by_on
    return {
        "brand": brand,
        "campaign": card.campaign.name,
        "thing": in_both(lambda: thing_of(card)),
        "heading": in_both(lambda: subject_of_offer(brand, thing_of(card), by)),
        "words": {spoken: filled_for(card, words.get(spoken, ""), spoken, by) for spoken in ("en", "id")},
        "gets": in_both(lambda: gets(offer)),
        "until": in_both(lambda: until(offer)),
    }


def _letter(
    offer: Offer, said: Mapping[str, Any], contact: Contact, way: Way, at: dt.datetime, copy_of: str
) -> dict[str, Any]:
    card = offer.collaboration
    campaign, owner = card.campaign, card.campaign.owner
    facts = {"form_of_address": campaign.brand.form_of_address}
    return {
        "to": contact,
        "key": f"offer/{offer.pk}/{contact.pk}",
        "at": at,
        "context": {**said, "greeting": greeting_for(contact, facts)},
        "late_fields": {"page": {"influencer": card.influencer_id, "brand": campaign.brand_id}},
        "mail_class": Email.MailClass.MARKETING if way.is_news else "",
        "from_name": f"{owner.get_short_name()}, {campaign.brand.name}",
        "reply_to": owner.email,
        "sender_phone": str(owner.phone or ""),
        "copy_of": copy_of,
        "influencer_ref": card.influencer_id,
        "brand_ref": campaign.brand_id,
        "sender_ref": owner.pk,
        "subject_refs": [subject_of(card), subject_of(offer)],
        "thread": f"{subject_of(card)}/offer",
    }


def _leave_to_hand(offer: Offer, contact: Contact, at: dt.datetime) -> None:
    card = offer.collaboration
    owner = card.campaign.owner
    leave_todo(
        f"offer_hand:{offer.pk}:{contact.pk}",
        CALL if contact.prefers == Contact.Prefers.CALL else WRITE,
        language=owner.language,
        params={"name": contact.name, "what": card.campaign.name},
        kind=Todo.Kind.MESSAGE,
        due_at=end_of_day(local_date(at, owner.zone), owner.zone),
        owner=owner,
        influencer_ref=card.influencer_id,
        influencer_label=card.influencer.stage_name,
        brand_ref=card.campaign.brand_id,
        subject=subject_of(card),
        subject_label=str(card)[:200],
        url=reverse("offer-hand", args=[offer.pk, contact.pk]),
    )
