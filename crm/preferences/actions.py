"""Agreeing, taking it back, and wishes: each told in the story, and in force from the next message on."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from crm.base.models import StoredFile
from crm.base.zones import local_date
from crm.outbox.models import Contact
from crm.outbox.reasons import in_words
from crm.outbox.tasks import ring_on_commit
from crm.outbox.topics import OF_MARKETING, Purpose
from crm.preferences.models import Consent, ReminderWish
from crm.preferences.places import after_withdrawal, people_told, why_not_alone
from crm.preferences.queries import current_text, why_not_market
from crm.timeline.edits import veiled
from crm.timeline.models import Channel
from crm.timeline.record import Actor, entry, record_many


class ConsentRefused(Exception):
    """She cannot agree by herself; nothing was changed. `str(error)` says who can."""


@dataclass(frozen=True)
class Evidence:
    """How we know: when she said it, through which channel, in which words, with which file."""

    said_at: dt.datetime | None = None
    channel: str = Channel.MITRA
    words: str = ""
    file: StoredFile | None = None


ON_HER_PAGE = Evidence()


def agree(contact: Contact, purpose: str, *, at: dt.datetime, actor: Actor, how: Evidence = ON_HER_PAGE) -> bool:
    """Record a yes, with the words she saw. False when it stands already; raises
    ConsentRefused when she cannot agree alone, or has said no since."""
    with transaction.atomic():
        alone = why_not_alone(contact.pk, at)
        if alone:
            raise ConsentRefused(in_words(alone))
        Contact.objects.select_for_update().get(pk=contact.pk)
        if Consent.objects.open().filter(contact=contact, purpose=purpose).exists():
            return False
        _refuse_older(contact, purpose, how.said_at or at)
        text = current_text(purpose, local_date(at, contact.zone))
        consent = Consent.objects.create(
            contact=contact,
            purpose=purpose,
            text=text,
            shown=text.words(contact.language) if text else "",
            language=contact.language,
            given_at=how.said_at or at,
            channel=how.channel,
            evidence=how.words,
            file=how.file,
            given_by=actor.label,
        )
        if purpose in OF_MARKETING:
            _keep_the_other_no(contact, purpose, actor)
            Contact.objects.filter(pk=contact.pk).exclude(news_off_at=None).update(news_off_at=None, updated_at=at)
            contact.news_off_at = None
        _tell(consent, "consent.given", _("%(name)s agreed: %(purpose)s"), at, actor, how)
    return True


def _keep_the_other_no(contact: Contact, purpose: str, actor: Actor) -> None:
    """Who wanted neither news nor offers and agrees to one of them still does not want the other."""
    off_at = Contact.objects.values_list("news_off_at", flat=True).get(pk=contact.pk)
    for other in OF_MARKETING:
        if off_at and other != purpose and not Consent.objects.filter(contact=contact, purpose=other).exists():
            Consent.objects.create(
                contact=contact,
                purpose=other,
                language=contact.language,
                withdrawn_at=off_at,
                withdrawn_by=actor.label,
            )


def _refuse_older(contact: Contact, purpose: str, said_at: dt.datetime) -> None:
    """A no that came after this yes stands."""
    later = Consent.objects.filter(contact=contact, purpose=purpose, withdrawn_at__gt=said_at)
    if later.exists():
        raise ConsentRefused(_now("She took it back after that day. Ask her again."))


def take_back(contact: Contact, purpose: str, *, at: dt.datetime, actor: Actor, how: Evidence = ON_HER_PAGE) -> bool:
    """Record a no, in force at once. False when she has said so already."""
    with transaction.atomic():
        Contact.objects.select_for_update().get(pk=contact.pk)
        consent = Consent.objects.filter(contact=contact, purpose=purpose).newest_first().first()
        if consent is not None and not consent.stands:
            return False
        consent = _ended(consent, contact, purpose, at, actor, how)
        if purpose in OF_MARKETING:
            _note_marketing_off(contact, at)
        _tell(consent, "consent.taken_back", _("%(name)s does not want this any more: %(purpose)s"), at, actor, how)
        for placed in after_withdrawal.all():
            placed.call(consent, at)
    return True


def _ended(
    consent: Consent | None, contact: Contact, purpose: str, at: dt.datetime, actor: Actor, how: Evidence
) -> Consent:
    """The yes with its second date; a no of its own where nothing was agreed before."""
    if consent is None:
        return Consent.objects.create(
            contact=contact,
            purpose=purpose,
            language=contact.language,
            channel=how.channel,
            evidence=how.words,
            file=how.file,
            withdrawn_at=at,
            withdrawn_by=actor.label,
        )
    Consent.objects.filter(pk=consent.pk).update(withdrawn_at=at, withdrawn_by=actor.label, updated_at=at)
    consent.withdrawn_at, consent.withdrawn_by = at, actor.label
    return consent


def _note_marketing_off(contact: Contact, at: dt.datetime) -> None:
    """Once she wants neither news nor offers, her contact says so by itself."""
    refused = Consent.objects.filter(contact=contact, purpose__in=OF_MARKETING, withdrawn_at__isnull=False)
    standing = Consent.objects.open().filter(contact=contact, purpose__in=OF_MARKETING)
    said_no = set(refused.values_list("purpose", flat=True))
    if said_no == set(OF_MARKETING) and not standing.exists():
        Contact.objects.filter(pk=contact.pk, news_off_at=None).update(news_off_at=at, updated_at=at)
        contact.news_off_at = contact.news_off_at or at


def no_more_marketing(contact: Contact, *, at: dt.datetime, actor: Actor | None = None) -> bool:
    """Neither news nor offers: what the way out of every marketing message does. Pressing twice is once."""
    by = actor or Actor.contact(contact)
    with transaction.atomic():
        said = [take_back(contact, purpose, at=at, actor=by) for purpose in OF_MARKETING]
    return any(said)


def decide(
    contact: Contact, wanted: Mapping[str, bool], *, at: dt.datetime, actor: Actor, how: Evidence = ON_HER_PAGE
) -> bool:
    """Bring consents to what she ticked; only what differs from what stands is recorded. An empty box is a no where
    the house takes silence for a yes."""
    with transaction.atomic():
        changed = [
            (agree if yes else take_back)(contact, purpose, at=at, actor=actor, how=how)
            for purpose, yes in wanted.items()
            if yes != _stands(contact, purpose, at, silence=not yes)
        ]
    return any(changed)


def _stands(contact: Contact, purpose: str, at: dt.datetime, *, silence: bool) -> bool:
    """Whether she agreed to it, or, where silence counts, gets it without having said anything."""
    if Consent.objects.open().filter(contact=contact, purpose=purpose).exists():
        return True
    return silence and purpose in OF_MARKETING and not why_not_market([contact.pk], purpose, at)


def wish(contact: Contact, *, pace: str, weekday: int, only_binding: bool, at: dt.datetime, actor: Actor) -> bool:
    """Record how often she wants to be reminded; False when it is so already."""
    after = {"pace": pace, "weekday": weekday, "only_binding": only_binding}
    with transaction.atomic():
        Contact.objects.select_for_update().get(pk=contact.pk)
        stored = ReminderWish.objects.filter(contact=contact).first() or ReminderWish(contact=contact)
        changes = {
            name: (getattr(stored, name), value) for name, value in after.items() if getattr(stored, name) != value
        }
        if not changes:
            return False
        ReminderWish.objects.update_or_create(contact=contact, defaults=after)
        sentence = _("%(name)s wants reminders: %(pace)s")
        params = {"name": contact.name, "pace": ReminderWish.Pace(pace).label}
        _write("wish.reminders", sentence, params, contact, at, actor, changes=changes)
        ring_on_commit()
    return True


def reach(
    contact: Contact,
    *,
    prefers: str,
    whatsapp: str,
    language: str,
    at: dt.datetime,
    actor: Actor,
    how: Evidence = ON_HER_PAGE,
) -> bool:
    """Record how she wants to be reached; choosing WhatsApp is also a yes to it, leaving it a no. False when it is so."""
    after = {"prefers": prefers, "whatsapp": whatsapp, "language": language}
    with transaction.atomic():
        stored = Contact.objects.select_for_update().get(pk=contact.pk)
        changes = {name: (str(getattr(stored, name)), value) for name, value in after.items()}
        changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        by_whatsapp = prefers == Contact.Prefers.WHATSAPP
        agreed = decide(stored, {Purpose.WHATSAPP: by_whatsapp}, at=at, actor=actor, how=how)
        if not changes:
            return agreed
        Contact.objects.filter(pk=contact.pk).update(**after, updated_at=at)
        told = {
            name: (veiled(old), veiled(new)) if name == "whatsapp" else (old, new)
            for name, (old, new) in changes.items()
        }
        params = {"name": contact.name, "way": Contact.Prefers(prefers).label}
        _write("wish.reach", _("%(name)s wants to be reached by: %(way)s"), params, contact, at, actor, changes=told)
        ring_on_commit()
    return True


def _tell(consent: Consent, verb: str, sentence: Any, at: dt.datetime, actor: Actor, how: Evidence) -> None:
    params = {"name": consent.contact.name, "purpose": Purpose(consent.purpose).label}
    _write(verb, sentence, params, consent.contact, at, actor, channel=how.channel, quote=how.words, file=how.file)


def _write(
    verb: str, sentence: Any, params: Mapping[str, Any], contact: Contact, at: dt.datetime, actor: Actor, **more: Any
) -> None:
    """One line in the story of everybody it is about; one of the contact's own when that is nobody."""
    people: list[int | None] = [*people_told(contact.pk)] or [None]
    record_many(
        entry(verb, sentence, params=params, at=at, actor=actor, subject=contact, influencer=person, **more)
        for person in people
    )
