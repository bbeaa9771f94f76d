"""Whom an offer reaches and how, before it leaves: who gets a mail, whom a colleague writes to, who gets nothing and why.

An offer out of the blue is advertising and needs a yes to offers; one within a relation that runs, or that answers what
she asked, is part of that relation (docs/decisions/0015-offers.md).
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.offers.models import Offer
from campaigns.planning.models import Collaboration
from crm.base.zones import local_date
from crm.contracts.models import Contract, Party
from crm.influencers.majority import ages_on
from crm.influencers.models import Influencer, Representation
from crm.influencers.queries.mail import mail_routes
from crm.outbox.checks import barred_people, who_did_not_agree
from crm.outbox.models import Contact
from crm.outbox.reasons import in_words
from crm.outbox.topics import Purpose, Topic
from crm.reminders.by_hand import is_by_hand

A_RELATION = dt.timedelta(days=730)
"""So long after she promised something to a brand it may ask her again as somebody it works with."""

NO_GUARDIAN = _("She is a minor and no guardian is on file. Add her guardian first.")
NOBODY = _("Nobody is on file to write to. Add her e-mail or WhatsApp, or tell her yourself.")


@dataclass(frozen=True)
class Way:
    """How an offer reaches one person."""

    mails: tuple[Contact, ...] = ()
    copies: tuple[Contact, ...] = ()
    by_hand: tuple[Contact, ...] = ()
    is_news: bool = False
    barred: Any = ""  # nobody may ask her at all
    silent: Any = ""  # no message may leave; a colleague may still tell her

    @property
    def reaches(self) -> bool:
        return bool(self.mails or self.by_hand)

    @property
    def why_not(self) -> Any:
        return self.barred or self.silent


def ways_of(cards: Sequence[Collaboration], at: dt.datetime) -> dict[int, Way]:
    """For each card how its offer would leave, in a fixed number of queries."""
    people = {card.influencer_id for card in cards}
    routes, known = mail_routes(people, at), related(cards, at)
    barred = barred_people(people, at)
    alone = minors_alone([card.influencer for card in cards], at)
    told = {card.pk: routes.of(card.influencer_id, Topic.CONTRACTS) for card in cards}
    contacts = Contact.objects.in_bulk({pk for route in told.values() for pk in route.everybody})
    strangers = {pk for card in cards if card.pk not in known for pk in told[card.pk].everybody}
    refused = who_did_not_agree(strangers, Purpose.OFFERS, at) if strangers else {}
    found = {}
    for card in cards:
        person, route, is_news = card.influencer_id, told[card.pk], card.pk not in known
        no = in_words(barred[person]) if person in barred else NO_GUARDIAN if person in alone else ""
        usable = [pk for pk in route.everybody if pk in contacts and not (is_news and pk in refused)]
        found[card.pk] = _way(
            [contacts[pk] for pk in usable], frozenset(route.copies), is_news, no,
            in_words(next(iter(refused[pk] for pk in route.to if pk in refused), "")) if is_news else "",
        )  # fmt: skip
    return found


def _way(contacts: Sequence[Contact], copies: frozenset[int], is_news: bool, barred: Any, refused: Any) -> Way:
    hand = tuple(one for one in contacts if is_by_hand(one))
    mailed = [one for one in contacts if one.is_mailable and one not in hand]
    asked = tuple(one for one in mailed if one.pk not in copies)
    rest = tuple(one for one in mailed if one.pk in copies)
    if not (asked or hand):
        return Way(is_news=is_news, barred=barred, silent=refused or NOBODY)
    return Way(asked, rest, hand, is_news, barred)


def related(cards: Sequence[Collaboration], at: dt.datetime) -> set[int]:
    """The cards whose offer is part of a relation: she worked with the brand, is under contract with it, or asked us."""
    people, brands = {card.influencer_id for card in cards}, {card.campaign.brand_id for card in cards}
    worked = Collaboration.objects.promised().filter(
        influencer__in=people, campaign__brand__in=brands, promised_at__gt=at - A_RELATION
    )
    pairs = set(worked.values_list("influencer_id", "campaign__brand_id"))
    signed = Party.objects.talents().filter(influencer__in=people, contract__brand__in=brands)
    signed = signed.filter(contract__status__in=Contract.IN_FORCE)
    pairs |= set(signed.values_list("influencer_id", "contract__brand_id"))
    asked = set(asked_us([card.pk for card in cards]))
    return {card.pk for card in cards if (card.influencer_id, card.campaign.brand_id) in pairs or card.pk in asked}


def asked_us(cards: Collection[int]) -> list[int]:
    """Cards on which she named a price of hers, in any round."""
    rows = Offer.objects.filter(collaboration__in=cards).exclude(her_fee__isnull=True, her_words="")
    rows = rows.exclude(status__in=[Offer.Status.DECLINED, Offer.Status.NOT_NOW])
    return list(rows.values_list("collaboration_id", flat=True))


def minors_alone(people: Sequence[Influencer], at: dt.datetime) -> set[int]:
    """Minors for whom no guardian stands today: nobody could say yes for them."""
    today = local_date(at, "UTC")
    ages = ages_on(today)
    minors = {one.pk for one in people if ages.is_minor(one, local_date(at, one.zone))}
    if not minors:
        return set()
    rows = Representation.objects.filter(influencer__in=minors, capacity=Representation.Capacity.GUARDIAN)
    return minors - {row.influencer_id for row in rows if row.stands_on(today)}
