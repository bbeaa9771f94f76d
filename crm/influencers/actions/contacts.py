"""How a person is reached: her own contact, an agent of several people, the guardian of a minor."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from crm.base.zones import local_date
from crm.influencers.actions.bulk import Outcome
from crm.influencers.majority import is_minor
from crm.influencers.models import Influencer, Representation
from crm.outbox.models import Contact
from crm.outbox.tasks import ring_on_commit
from crm.outbox.topics import Topic
from crm.timeline.edits import save_edit
from crm.timeline.record import Actor, entry, record, record_many

CONTACT_FIELDS = ("name", "agency", "email", "phone", "whatsapp", "prefers", "language", "zone")
PRIVATE = ("email", "phone", "whatsapp")

KINDS = {
    Representation.Capacity.SELF: Contact.Kind.PERSON,
    Representation.Capacity.AGENT: Contact.Kind.AGENT,
    Representation.Capacity.GUARDIAN: Contact.Kind.GUARDIAN,
}


@dataclass(frozen=True)
class Standing:
    """How a contact stands to a person, as a form says it; `shares` maps topics to what was chosen for them."""

    capacity: str
    receives_mail: bool = True
    shares: Mapping[str, str] = field(default_factory=dict)
    since_on: dt.date | None = None
    until_on: dt.date | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of a representation."""
        mail = {f"mail_{topic}": self.shares.get(topic, "") for topic in Topic.values}
        dates = {"since_on": self.since_on, "until_on": self.until_on}
        return {"capacity": self.capacity, "receives_mail": self.receives_mail, **mail, **dates}


def must_receive(person: Influencer, capacity: str, on: dt.date) -> bool:
    """The guardian of a minor always gets the mail."""
    return capacity == Representation.Capacity.GUARDIAN and is_minor(person, on)


def add_contact(
    person: Influencer, contact: Contact, standing: Standing, *, at: dt.datetime, actor: Actor
) -> Representation:
    """Keep a new contact and how it stands to the person."""
    with transaction.atomic():
        contact.kind = KINDS[Representation.Capacity(standing.capacity)]
        contact.save(force_insert=True)
        return _stand(person, contact, standing, at=at, actor=actor)


def link_contact(
    person: Influencer, contact: Contact, standing: Standing, *, at: dt.datetime, actor: Actor
) -> Representation:
    """Let a contact we know, an agent of other people, stand for this person too.

    Raises IntegrityError when it stands for her already.
    """
    with transaction.atomic():
        return _stand(person, contact, standing, at=at, actor=actor)


def _stand(
    person: Influencer, contact: Contact, standing: Standing, *, at: dt.datetime, actor: Actor
) -> Representation:
    columns = standing.columns
    columns["receives_mail"] |= must_receive(person, standing.capacity, local_date(at, person.zone))
    stands = Representation.objects.create(influencer=person, contact=contact, **columns)
    record(
        "contact.added",
        _("Added the contact %(name)s (%(capacity)s)"),
        params={"name": contact.name, "capacity": Representation.Capacity(standing.capacity).label},
        at=at,
        actor=actor,
        subject=contact,
        influencer=person,
    )
    ring_on_commit()
    return stands


def change_contact(
    stands: Representation, contact: Contact, standing: Standing, *, seen: dt.datetime, at: dt.datetime, actor: Actor
) -> bool:
    """Save the contact, and how it stands to this person. A new e-mail address starts without a past.

    Raises `ChangedMeanwhile`. A contact shared by several people changes for all of them.
    """
    with transaction.atomic():
        changed = save_contact(contact, seen=seen, at=at, actor=actor, first=stands.influencer)
        return restand(stands, standing, at=at, actor=actor) or changed


def save_contact(
    contact: Contact, *, seen: dt.datetime, at: dt.datetime, actor: Actor, first: Influencer | None = None
) -> bool:
    """Save how a contact is reached, once for everybody it stands for; each of them reads so in her story.

    Raises `ChangedMeanwhile`.
    """
    with transaction.atomic():
        stored = Contact.objects.select_for_update().get(pk=contact.pk)
        fields = list(CONTACT_FIELDS)
        if stored.email.casefold() != contact.email.casefold():
            contact.email_state, contact.email_state_why = Contact.EmailState.OK, ""
            fields += ["email_state", "email_state_why"]
        people = list(Influencer.objects.filter(representations__contact=contact).order_by("pk"))
        told = first or (people[0] if people else None)
        sentence, params = _("Changed the contact %(name)s"), {"name": contact.name}
        changed = save_edit(
            contact,
            seen=seen,
            fields=fields,
            private=PRIVATE,
            verb="contact.changed",
            sentence=sentence,
            params=params,
            at=at,
            actor=actor,
            influencer=told,
        )
        if changed:
            others = [one for one in people if told is None or one.pk != told.pk]
            _tell_others(contact, others, sentence, params, at, actor)
            ring_on_commit()
    return changed


def _tell_others(
    contact: Contact, people: list[Influencer], sentence: Any, params: dict[str, Any], at: dt.datetime, actor: Actor
) -> None:
    record_many(
        entry("contact.changed", sentence, params=params, at=at, actor=actor, subject=contact, influencer=one)
        for one in people
    )


def restand(stands: Representation, standing: Standing, *, at: dt.datetime, actor: Actor) -> bool:
    """How a contact stands to this person from now on: as what, for which mail, between which days."""
    after = standing.columns
    after["receives_mail"] |= must_receive(stands.influencer, standing.capacity, local_date(at, stands.influencer.zone))
    changes = {name: (getattr(stands, name), value) for name, value in after.items() if getattr(stands, name) != value}
    if not changes:
        return False
    for name, value in after.items():
        setattr(stands, name, value)
    with transaction.atomic():
        stands.save(update_fields=list(after))
        _tell_standing(stands, changes, at, actor)
        ring_on_commit()
    return True


def _tell_standing(stands: Representation, changes: dict[str, tuple[Any, Any]], at: dt.datetime, actor: Actor) -> None:
    sentence = _("%(name)s now: %(capacity)s")
    if stands.until_on is not None and "until_on" in changes:
        sentence = _("%(name)s stands for her until %(day)s")
    elif not stands.receives_mail:
        sentence = _("%(name)s now: %(capacity)s, gets no mail")
    said = {name: tuple("" if value is None else value for value in pair) for name, pair in changes.items()}
    record(
        "contact.stands",
        sentence,
        params={
            "name": stands.contact.name,
            "capacity": stands.get_capacity_display(),
            "day": stands.until_on.isoformat() if stands.until_on else "",
        },
        at=at,
        actor=actor,
        subject=stands.contact,
        influencer=stands.influencer,
        changes=said,
    )


def write_to_guardians(person: Influencer, *, at: dt.datetime, actor: Actor) -> None:
    """Once she is known to be a minor, a guardian who got no mail until now gets it."""
    if not is_minor(person, local_date(at, person.zone)):
        return
    silent = person.representations.guarding().filter(receives_mail=False)
    for stands in silent.select_related("contact", "influencer").order_by("pk"):
        standing = Standing(stands.capacity, True, stands.shares, stands.since_on, stands.until_on)
        restand(stands, standing, at=at, actor=actor)


def remove_contact(stands: Representation, *, at: dt.datetime, actor: Actor) -> None:
    """This contact never stood for the person, or nobody needs to know when. What was sent to it stays in the outbox."""
    with transaction.atomic():
        record(
            "contact.removed",
            _("%(name)s is no longer a contact"),
            params={"name": stands.contact.name},
            at=at,
            actor=actor,
            subject=stands.contact,
            influencer=stands.influencer,
        )
        stands.delete()
        ring_on_commit()


def link_to_many(
    people: Iterable[Influencer], contact: Contact, standing: Standing, *, at: dt.datetime, actor: Actor
) -> list[Outcome]:
    """One agent for several people, each with her own answer; who has her already, in whatever capacity, stays as is."""
    outcomes = []
    for person in people:
        try:
            link_contact(person, contact, standing, at=at, actor=actor)
        except IntegrityError:
            outcomes.append(Outcome(person.pk, person.stage_name, _("Stands for her already."), changed=False))
        else:
            outcomes.append(Outcome(person.pk, person.stage_name, _("Stands for her now."), changed=True))
    return outcomes
