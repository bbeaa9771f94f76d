"""Whom a mail concerns: the message it answers, the address it went to, or the one contact who writes from there."""

import datetime as dt
from dataclasses import dataclass, field

from crm.base.text import one_line
from crm.inbox import reasons
from crm.inbox.models import InboundMail
from crm.influencers.models import Influencer, Representation
from crm.outbox.answers import marked_message
from crm.outbox.models import Contact, Email
from crm.outbox.reasons import reason
from crm.reminders.holds import person_subject
from crm.team.models import User

FoundBy = InboundMail.FoundBy
RECENTLY = dt.timedelta(days=30)


@dataclass(frozen=True)
class Match:
    """What is known about a mail. `why` says what is missing when it is not enough to deliver it."""

    found_by: str = FoundBy.NOBODY
    parent: Email | None = None
    contact: Contact | None = None
    influencer_id: int | None = None
    influencer_label: str = ""
    brand_id: int | None = None
    owner_id: int | None = None
    subjects: list[str] = field(default_factory=list)
    why: str = ""

    @property
    def held_subjects(self) -> list[str]:
        """What waits until the answer is read: its things, or everything of hers while nobody knows which."""
        return self.subjects or ([person_subject(self.influencer_id)] if self.influencer_id else [])


def match(mail: InboundMail) -> Match:
    """The best that is known, from the surest sign to the weakest."""
    parent, found_by = parent_of(mail)
    if parent is not None:
        return of_parent(parent, found_by)
    return of_sender(mail)


def parent_of(mail: InboundMail) -> tuple[Email | None, str]:
    """The message of ours a mail answers: named in its thread, or by the address it was sent to."""
    names = list(mail.facts.get("answers", []))
    if names:
        known = {
            email.message_id: email for email in Email.objects.filter(message_id__in=names).select_related("contact")
        }
        found = next((known[name] for name in names if name in known), None)
        if found is not None:
            return found, FoundBy.THREAD
    marks = [pk for address in mail.facts.get("to", []) if (pk := marked_message(address)) is not None]
    marked = Email.objects.filter(pk__in=marks[:5]).select_related("contact").order_by("-pk").first()
    return (marked, FoundBy.MARK) if marked else (None, FoundBy.NOBODY)


def of_parent(parent: Email, found_by: str) -> Match:
    """Everything the answered message knows."""
    if not parent.is_to_partner:
        return Match(found_by, parent, parent.contact, why=reason(reasons.FROM_A_COLLEAGUE))
    person, label = parent.influencer_ref, ""
    if person is None:
        person, label, why = _person_behind(parent.contact)
        if person is None:
            return Match(found_by, parent, parent.contact, brand_id=parent.brand_ref, why=why)
    person, named = goes_on_as(person)
    label = label or named or parent.contact.name
    owner = parent.sender_ref if _may_own(parent.sender_ref, parent.brand_ref) else None
    return Match(found_by, parent, parent.contact, person, label, parent.brand_ref, owner, list(parent.subject_refs))


def of_sender(mail: InboundMail) -> Match:
    """The one contact with the sender's address, and the one person behind it."""
    if not mail.from_address:
        return Match(why=reason(reasons.UNKNOWN_SENDER))
    contacts = list(Contact.objects.partners().filter(email__iexact=mail.from_address)[:2])
    if len(contacts) != 1:
        return Match(why=reason(reasons.SEVERAL_CONTACTS if contacts else reasons.UNKNOWN_SENDER))
    [contact] = contacts
    person, label, why = _person_behind(contact)
    if person is None:
        return Match(FoundBy.SENDER, contact=contact, why=why)
    brand, owner = _lately(contact, person, mail.received_at)
    return Match(FoundBy.SENDER, None, contact, person, label, brand, owner)


def _person_behind(contact: Contact) -> tuple[int | None, str, str]:
    """The one person a contact stands for, or why nobody knows."""
    stands = Representation.objects.filter(contact=contact, influencer__merged_into=None)
    people = list(stands.values_list("influencer_id", "influencer__stage_name").distinct()[:2])
    if len(people) != 1:
        return None, "", reason(reasons.SEVERAL_PEOPLE if people else reasons.NOBODY_BEHIND)
    return people[0][0], one_line(people[0][1], 160), ""


def _lately(contact: Contact, person: int, at: dt.datetime) -> tuple[int | None, int | None]:
    """The brand and the colleague of what went to her lately, when there is only one: two brands never share a wall."""
    sent = Email.objects.sent().filter(contact=contact, influencer_ref=person, sent_at__gte=at - RECENTLY)
    brands = set(sent.order_by().values_list("brand_ref", flat=True).distinct())
    if len(brands) != 1:
        return None, None
    [brand] = brands
    sender = sent.order_by("-sent_at").values_list("sender_ref", flat=True).first()
    return brand, sender if _may_own(sender, brand) else None


def goes_on_as(person: int) -> tuple[int, str]:
    """Who somebody is now, and by what name: a message may have gone to one of two who became one."""
    found = Influencer.objects.filter(pk=person).select_related("merged_into").first()
    if found is None:
        return person, ""
    now = found.merged_into or found
    return now.pk, one_line(now.stage_name, 160)


def _may_own(user_id: int | None, brand_id: int | None) -> bool:
    """Whether this colleague is here and may see the brand: nobody is told about what stands behind her wall."""
    user = User.objects.active().filter(pk=user_id).first() if user_id else None
    if user is None:
        return False
    brands = user.brand_ids()
    return brands is None or brand_id in brands
