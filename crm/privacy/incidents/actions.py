"""Noting an incident, saying whose data it was, telling them, telling the authority, closing it."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.inserts import insert_missing
from crm.influencers.models import Influencer
from crm.influencers.queries.mail import mail_routes
from crm.messages.letters import PLAIN
from crm.outbox.compose import enqueue
from crm.outbox.models import Contact, Email
from crm.outbox.reasons import in_words
from crm.outbox.tasks import ring_on_commit
from crm.outbox.topics import Topic
from crm.privacy.models import DataIncident, IncidentPerson
from crm.team.models import User
from crm.timeline.edits import save_edit
from crm.timeline.record import Actor, entry, record, record_many

WITHIN = dt.timedelta(hours=72)
"""UU 27/2022, article 46: three times 24 hours, to the authority and to the people."""

FIELDS = ("title", "what", "happened_at", "found_at", "due_at", "data", "consequences", "measures")
NOBODY_TO_WRITE_TO = _("has no e-mail address that works")


@dataclass(frozen=True)
class Notice:
    """What is sent: subject and words in each language."""

    subject: Mapping[str, str]
    words: Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """Whom a notice reached and who has to be told another way."""

    written: int
    left: int


def note(incident: DataIncident, *, by: User, at: dt.datetime) -> DataIncident:
    """Put it on record; from its discovery the clock runs. Raises ValidationError."""
    incident.found_by, incident.due_at = by, incident.found_at + WITHIN
    with transaction.atomic():
        incident.full_clean()
        incident.save(force_insert=True)
        _tell(incident, "incident.noted", _("Noted a data incident"), at, Actor.user(by))
    return incident


def change(incident: DataIncident, *, seen: dt.datetime, by: User, at: dt.datetime) -> bool:
    """Save what differs. Raises ChangedMeanwhile, ValidationError."""
    incident.due_at = incident.found_at + WITHIN
    incident.full_clean()
    sentence = _("Changed what is known of a data incident")
    return save_edit(
        incident, seen=seen, fields=FIELDS, private=FIELDS, verb="incident.changed", sentence=sentence, at=at,
        actor=Actor.user(by),
    )  # fmt: skip


def name_people(incident: DataIncident, people: Collection[int], *, at: dt.datetime, by: User) -> int:
    """Say whose data it was; those named already stay as they are. How many are new. Raises ValidationError once closed."""
    with transaction.atomic():
        held = _held(incident)
        rows = [IncidentPerson(incident=held, influencer_id=pk) for pk in sorted(set(people))]
        new = insert_missing(rows, "(incident_id, influencer_id)")
        if new:
            sentence = _("Named %(number)s people whose data a data incident is about")
            _tell(held, "incident.people", sentence, at, Actor.user(by), number=new)
    return new


def tell_people(incident: DataIncident, notice: Notice, *, by: User, at: dt.datetime) -> Told:
    """Write to everybody who has not been told, each in her language; whoever cannot be written to stays on the list."""
    with transaction.atomic():
        held = _held(incident)
        waiting = list(held.people.waiting().select_related("influencer").order_by("pk"))
        routes = mail_routes([row.influencer_id for row in waiting], at)
        written = [
            row
            for row in waiting
            if _write(row, routes.of(row.influencer_id, Topic.CONTRACTS).everybody, notice, by, at)
        ]
        _tell_each(held, written, _("Was told about a data incident"), at, Actor.user(by))
        _settle(held, at=at, actor=Actor.user(by))
        ring_on_commit()
    return Told(len(written), len(waiting) - len(written))


def _write(row: IncidentPerson, contacts: Collection[int], notice: Notice, by: User, at: dt.datetime) -> bool:
    """One message for each contact who reads for her; whether one is on its way."""
    emails = [
        email
        for contact in Contact.objects.filter(pk__in=contacts).order_by("pk")
        if contact.is_mailable and (email := _letter(row, contact, notice, by, at)) is not None
    ]
    sent = next((email for email in emails if email.state != Email.State.SKIPPED), None)
    row.email = sent or next(iter(emails), None)
    row.told_at = at if sent else None
    row.told_how = "" if sent else in_words(row.email.why) if row.email else str(NOBODY_TO_WRITE_TO)
    row.save(update_fields=["email", "told_at", "told_how"])
    return sent is not None


def _letter(row: IncidentPerson, contact: Contact, notice: Notice, by: User, at: dt.datetime) -> Email | None:
    first = contact.name.split(" ")[0]
    words = {language: f"{HELLO[language] % first}\n\n{text}" for language, text in notice.words.items()}
    return enqueue(
        PLAIN.name, to=contact, key=f"incident/{row.pk}/{contact.pk}", at=at, urgent=True, ignores_quiet_hours=True,
        context={"subject": dict(notice.subject), "words": words, "marked": words},
        influencer_ref=row.influencer_id, sender_ref=by.pk, reply_to=by.email,
    )  # fmt: skip


HELLO = {"en": "Hi %s,", "id": "Halo %s,"}


def told_by_hand(row: IncidentPerson, how: str, *, by: User, at: dt.datetime) -> bool:
    """She was told another way; False when she had been told already."""
    with transaction.atomic():
        held = _held(row.incident)
        if not held.people.waiting().filter(pk=row.pk).update(told_at=at, told_how=how):
            return False
        _tell_each(held, [row], _("Was told about a data incident"), at, Actor.user(by))
        _settle(held, at=at, actor=Actor.user(by))
    return True


def tell_authority(incident: DataIncident, ref: str, *, told_at: dt.datetime, by: User, at: dt.datetime) -> None:
    """The authority was told, outside of Mitra, and this is its reference. Raises ValidationError once closed."""
    with transaction.atomic():
        held = _held(incident)
        if told_at > at:
            raise ValidationError({"told_at": _("That has not come yet.")})
        DataIncident.objects.filter(pk=held.pk).update(authority_told_at=told_at, authority_ref=ref, updated_at=at)
        held.authority_told_at = told_at
        _tell(held, "incident.authority", _("The authority was told about a data incident"), at, Actor.user(by))
        _settle(held, at=at, actor=Actor.user(by))


def close(incident: DataIncident, why: str, *, by: User, at: dt.datetime) -> None:
    """Nothing is left to do, or nobody had to be told, and this is why. Raises TransitionRefused when it is closed."""
    incident.close(why, at=at, actor=Actor.user(by))


def _held(incident: DataIncident) -> DataIncident:
    """The incident, locked. Raises ValidationError once it is closed."""
    held = DataIncident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if held.is_closed:
        raise ValidationError(_("This incident is closed. Note a new one."), code="closed")
    return held


def _settle(incident: DataIncident, *, at: dt.datetime, actor: Actor) -> None:
    """Once authority and everybody named have been told, so has everybody."""
    everybody = incident.people.exists() and not incident.people.waiting().exists()
    if everybody and incident.people_told_at is None:
        DataIncident.objects.filter(pk=incident.pk).update(people_told_at=at, updated_at=at)
    if everybody and incident.authority_told_at and incident.is_open:
        incident.tell(at=at, actor=actor)


def _tell(incident: DataIncident, verb: str, sentence: object, at: dt.datetime, actor: Actor, **params: object) -> None:
    record(verb, sentence, at=at, actor=actor, subject=incident, params=params)


def _tell_each(
    incident: DataIncident, rows: Collection[IncidentPerson], sentence: object, at: dt.datetime, actor: Actor
) -> None:
    people = Influencer.objects.filter(pk__in=[row.influencer_id for row in rows]).order_by("pk")
    record_many(
        entry("incident.told", sentence, at=at, actor=actor, subject=incident, influencer=person) for person in people
    )
