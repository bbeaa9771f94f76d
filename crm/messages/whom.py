"""Who gets a message, by which way and when, and who does not and why: for many people in a fixed number of queries."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crm.base.models import Organisation
from crm.influencers.models import Influencer
from crm.influencers.queries.mail import Route, Routes, mail_routes
from crm.messages import reasons
from crm.messages.blanks import listed
from crm.messages.fields import missing_in, values_for
from crm.messages.models import MailClass, Message, MessageLine
from crm.messages.places import Member, message_audience
from crm.messages.times import Clock
from crm.outbox import reasons as outbox
from crm.outbox.checks import barred_people, who_did_not_agree
from crm.outbox.models import Contact
from crm.outbox.reasons import reason
from crm.outbox.topics import Purpose, Topic
from crm.reminders.by_hand import is_by_hand

Outcome = MessageLine.Outcome


@dataclass
class Verdict:
    """One contact of one person: gets it, this way, at that time; or does not, for that reason."""

    place: int
    member: Member
    label: str
    contact: Contact | None = None
    is_copy: bool = False
    why: str = ""
    refused: str = ""
    channel: str = Contact.Prefers.EMAIL
    send_at: dt.datetime | None = None
    values: dict[str, str] = field(default_factory=dict)

    def line(self, message: Message) -> MessageLine:
        """The unsaved row."""
        return MessageLine(
            message=message,
            place=self.place,
            influencer_ref=self.member.person,
            label=self.label[:160],
            subject=self.member.subject,
            contact=self.contact,
            is_copy=self.is_copy,
            outcome=Outcome.LEFT_OUT if self.refused else Outcome.GETS,
            channel=self.channel,
            why=self.refused or self.why,
            send_at=None if self.refused else self.send_at,
        )


@dataclass(frozen=True)
class Known:
    """Everything that decides, read for a whole batch."""

    message: Message
    house: Organisation
    people: Mapping[int, Influencer]
    routes: Routes
    contacts: Mapping[int, Contact]
    barred: Mapping[int, str]
    no_market: Mapping[int, str]
    facts: Mapping[Member, Mapping[str, Any]]
    clock: Clock

    @classmethod
    def read(cls, message: Message, members: Sequence[Member], now: dt.datetime, language: str = "") -> "Known":
        people = {member.person for member in members}
        routes = mail_routes(people, now)
        topic = topic_of(message)
        pairs = {
            (contact, person) for person in people for contact in route_to(message, routes, person, topic).everybody
        }
        meant = {contact for contact, _person in pairs}
        audience = message_audience[message.audience].call()
        return cls(
            message,
            Organisation.load(),
            Influencer.objects.in_bulk(people),
            routes,
            contacts_in(meant, language),
            barred_people(people, now),
            who_did_not_agree(meant, Purpose.OFFERS, now) if message.mail_class == MailClass.MARKETING else {},
            audience.facts(members, now),
            Clock.read(message, pairs, now),
        )

    def verdicts(self, place: int, member: Member) -> Iterator[Verdict]:
        """What becomes of one person: a verdict for each contact, or one that says why nobody gets it."""
        person = self.people.get(member.person)
        label = person.stage_name if person else ""
        if person is None or person.archived_at or person.merged_into_id:
            yield Verdict(place, member, label, refused=reason(reasons.ARCHIVED))
            return
        if member.person in self.barred:
            yield Verdict(place, member, label, refused=self.barred[member.person])
            return
        route = route_to(self.message, self.routes, member.person, topic_of(self.message))
        if not route.to:
            yield Verdict(place, member, label, refused=reason(reasons.NOBODY))
        for pk in route.everybody:
            yield self._judged(Verdict(place, member, label, self.contacts[pk], is_copy=pk in route.copies))

    def _judged(self, one: Verdict) -> Verdict:
        assert one.contact is not None
        facts = self.facts.get(one.member, {})
        one.values = values_for(self.message, one.contact, one.label, facts, self.house)
        one.refused = self._refusal(one, one.contact)
        if self._is_by_hand(one.contact):
            one.channel = (
                one.contact.prefers if one.contact.prefers != Contact.Prefers.EMAIL else Contact.Prefers.WHATSAPP
            )
        if not one.refused:
            one.send_at, one.why = self.clock.leaving(self.message, one.member.person, one.contact)
        return one

    def _is_by_hand(self, contact: Contact) -> bool:
        """Who wrote a mail is answered by mail, whatever she likes best."""
        answered = self.message.answers.contact_id if self.message.answers else None
        return is_by_hand(contact) and not (contact.pk == answered and contact.is_mailable)

    def _refusal(self, one: Verdict, contact: Contact) -> str:
        if contact.pk in self.no_market:
            return self.no_market[contact.pk]
        by_hand = self._is_by_hand(contact)
        if by_hand and one.is_copy:
            return reason(reasons.COPY_BY_HAND)
        if not by_hand and not contact.email:
            return reason(outbox.NO_ADDRESS)
        if not by_hand and not contact.is_mailable:
            return reason(outbox.BOUNCED)
        missing = missing_in(self.message, contact.language, one.values)
        return reason(reasons.MISSING, fields=listed(missing)) if missing else ""


def topic_of(message: Message) -> str:
    """Who gets what class of mail about a person decides who gets this; what promotes something is news."""
    return Topic.NEWS if message.mail_class == MailClass.MARKETING else message.topic


def route_to(message: Message, routes: Routes, person: int, topic: str) -> Route:
    """Who gets it about a person. An answer goes to who wrote, as long as she stands for the person; copies stay."""
    usual = routes.of(person, topic)
    answered = message.answers.contact_id if message.answers and topic != Topic.NEWS else None
    if answered is None or answered not in {one.contact_id for one in routes.stand.get(person, ())}:
        return usual
    return Route((answered,), tuple(pk for pk in usual.copies if pk != answered))


def contacts_in(ids: Collection[int], language: str) -> dict[int, Contact]:
    """These contacts, never saved; as if they all read one language, where one is given."""
    contacts = Contact.objects.in_bulk(ids)
    for contact in contacts.values() if language else ():
        contact.language = language
    return contacts


def judge(
    message: Message, members: Sequence[tuple[int, Member]], now: dt.datetime, language: str = ""
) -> list[Verdict]:
    """The verdict on every contact of these people, given with their places; to look at, also in another language."""
    known = Known.read(message, [member for _place, member in members], now, language)
    return [verdict for place, member in members for verdict in known.verdicts(place, member)]
