"""How a person is reached: her own contact, an agent of several people, the guardian of a minor."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.influencers.models import Influencer, Representation
from crm.outbox.models import Contact
from crm.timeline.edits import save_edit
from crm.timeline.record import Actor, record

CONTACT_FIELDS = ("name", "email", "phone", "whatsapp", "prefers", "language", "zone")
PRIVATE = ("email", "phone", "whatsapp")

KINDS = {
    Representation.Capacity.SELF: Contact.Kind.PERSON,
    Representation.Capacity.AGENT: Contact.Kind.AGENT,
    Representation.Capacity.GUARDIAN: Contact.Kind.GUARDIAN,
}


@dataclass(frozen=True)
class Standing:
    """How a contact stands to a person, as a form says it."""

    capacity: str
    receives_mail: bool


def must_receive(person: Influencer, capacity: str, on: dt.date) -> bool:
    """The guardian of a minor always gets the mail."""
    return capacity == Representation.Capacity.GUARDIAN and person.is_minor_on(on)


def add_contact(
    person: Influencer, contact: Contact, capacity: str, *, receives_mail: bool, at: dt.datetime, actor: Actor
) -> Representation:
    """Keep a new contact and how it stands to the person."""
    with transaction.atomic():
        contact.kind = KINDS[Representation.Capacity(capacity)]
        contact.save(force_insert=True)
        return _stand(person, contact, Standing(capacity, receives_mail), at=at, actor=actor)


def link_contact(
    person: Influencer, contact: Contact, capacity: str, *, receives_mail: bool, at: dt.datetime, actor: Actor
) -> Representation:
    """Let a contact we know, an agent of other people, stand for this person too.

    Raises IntegrityError when it stands for her already.
    """
    with transaction.atomic():
        return _stand(person, contact, Standing(capacity, receives_mail), at=at, actor=actor)


def _stand(
    person: Influencer, contact: Contact, standing: Standing, *, at: dt.datetime, actor: Actor
) -> Representation:
    receives = standing.receives_mail or must_receive(person, standing.capacity, at.date())
    stands = Representation.objects.create(
        influencer=person, contact=contact, capacity=standing.capacity, receives_mail=receives
    )
    record(
        "contact.added",
        _("Added the contact %(name)s (%(capacity)s)"),
        params={"name": contact.name, "capacity": Representation.Capacity(standing.capacity).label},
        at=at,
        actor=actor,
        subject=contact,
        influencer=person,
    )
    return stands


def change_contact(
    stands: Representation, contact: Contact, standing: Standing, *, seen: dt.datetime, at: dt.datetime, actor: Actor
) -> bool:
    """Save the contact, and how it stands to this person. A new e-mail address starts without a past.

    Raises `ChangedMeanwhile`. A contact shared by several people changes for all of them.
    """
    person = stands.influencer
    with transaction.atomic():
        stored = Contact.objects.select_for_update().get(pk=contact.pk)
        fields = list(CONTACT_FIELDS)
        if stored.email.casefold() != contact.email.casefold():
            contact.email_state, contact.email_state_why = Contact.EmailState.OK, ""
            fields += ["email_state", "email_state_why"]
        changed = save_edit(
            contact,
            seen=seen,
            fields=fields,
            private=PRIVATE,
            verb="contact.changed",
            sentence=_("Changed the contact %(name)s"),
            params={"name": contact.name},
            at=at,
            actor=actor,
            influencer=person,
        )
        return _restand(stands, standing, at=at, actor=actor) or changed


def _restand(stands: Representation, standing: Standing, *, at: dt.datetime, actor: Actor) -> bool:
    receives = standing.receives_mail or must_receive(stands.influencer, standing.capacity, at.date())
    before, after = (stands.capacity, stands.receives_mail), (standing.capacity, receives)
    if before == after:
        return False
    stands.capacity, stands.receives_mail = after
    stands.save(update_fields=["capacity", "receives_mail"])
    record(
        "contact.stands",
        _("%(name)s now: %(capacity)s") if receives else _("%(name)s now: %(capacity)s, gets no mail"),
        params={"name": stands.contact.name, "capacity": stands.get_capacity_display()},
        at=at,
        actor=actor,
        subject=stands.contact,
        influencer=stands.influencer,
        changes={"capacity": (before[0], after[0]), "receives_mail": (before[1], after[1])},
    )
    return True


def write_to_guardians(person: Influencer, *, at: dt.datetime, actor: Actor) -> None:
    """Once she is known to be a minor, a guardian who got no mail until now gets it."""
    if not person.is_minor_on(at.date()):
        return
    silent = person.representations.filter(capacity=Representation.Capacity.GUARDIAN, receives_mail=False)
    for stands in silent.select_related("contact", "influencer").order_by("pk"):
        _restand(stands, Standing(stands.capacity, receives_mail=True), at=at, actor=actor)


def remove_contact(stands: Representation, *, at: dt.datetime, actor: Actor) -> None:
    """This contact no longer stands for the person. What was sent to it stays in the outbox."""
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
