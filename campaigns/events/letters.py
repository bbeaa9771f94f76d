"""The letters to a guest: to whoever reads her mail about work, with copies, or as a task where somebody passes it on."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from campaigns.events.emails import CANCELLED, INVITATION, MOVED, SEAT
from campaigns.events.models import Event, Guest
from campaigns.events.words import LANGUAGES, day_short, in_both, when_words
from crm.base.formats import day_words
from crm.base.zones import end_of_day, local_date
from crm.influencers.queries.mail import mail_routes
from crm.outbox.compose import enqueue
from crm.outbox.models import Contact, Email
from crm.outbox.reasons import in_words
from crm.outbox.topics import Topic
from crm.reminders.by_hand import CALL, WRITE, is_by_hand
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo
from crm.reminders.wordings import greeting_for
from crm.timeline.record import in_language, subject_of

__all__ = ["CANCELLED", "INVITATION", "MOVED", "SEAT", "facts_of", "words_of", "written"]

NOBODY = _("Nobody is on file to write to. Tell her yourself.")
WHAT: Mapping[str, Any] = {
    INVITATION: _("invitation to %(event)s"),
    SEAT: _("a seat is free at %(event)s"),
    MOVED: _("%(event)s has another time"),
    CANCELLED: _("%(event)s is off"),
}


def written(name: str, guest: Guest, *, at: dt.datetime, key: str, words: str = "") -> str:
    """Write to everybody who reads her mail about work; who that was, in words. `key` parts one occasion from the next."""
    route = mail_routes([guest.influencer_id], at).of(guest.influencer_id, Topic.WORK)
    contacts = Contact.objects.in_bulk(route.everybody)
    if not route.to:
        return str(NOBODY)
    said = []
    for pk in route.everybody:
        copy_of = guest.influencer.stage_name if pk in route.copies else ""
        said.append(_reach(name, guest, contacts[pk], at, key, words, copy_of))
    return "; ".join(said)


def _reach(name: str, guest: Guest, contact: Contact, at: dt.datetime, key: str, words: str, copy_of: str) -> str:
    if is_by_hand(contact):
        _leave(name, guest, contact, at, key)
        return _now("%(name)s by hand: a task is on Today") % {"name": contact.name}
    email = enqueue(name, **_letter(name, guest, contact, at, key, words, copy_of))
    if email is None:
        return _now("%(name)s has no address that works") % {"name": contact.name}
    if email.state == Email.State.SKIPPED:
        return _now("%(name)s: not sent. %(why)s") % {"name": contact.name, "why": in_words(email.why)}
    return _now("%(name)s by e-mail") % {"name": contact.name}


def _letter(
    name: str, guest: Guest, contact: Contact, at: dt.datetime, key: str, words: str, copy_of: str
) -> dict[str, Any]:
    event = guest.event
    owner, brand = event.owner, event.brand
    return {
        "to": contact,
        "key": f"{name}/{guest.pk}/{contact.pk}/{key}",
        "at": at,
        "context": {
            **words_of(guest, words),
            "greeting": greeting_for(contact, {"form_of_address": brand.form_of_address}),
        },
        "late_fields": {"page": {"influencer": guest.influencer_id, "brand": brand.pk}},
        "mail_class": "" if guest.is_work or name != INVITATION else Email.MailClass.MARKETING,
        "from_name": f"{owner.get_short_name()}, {brand.name}",
        "reply_to": owner.email,
        "sender_phone": str(owner.phone or ""),
        "copy_of": copy_of,
        "influencer_ref": guest.influencer_id,
        "brand_ref": brand.pk,
        "sender_ref": owner.pk,
        "subject_refs": [subject_of(guest), subject_of(event)],
        "thread": f"{subject_of(guest)}/event",
    }


def words_of(guest: Guest, words: str = "") -> dict[str, Any]:
    """The names of a letter to a guest, in both languages; JSON-safe."""
    event = guest.event
    return {
        "brand": event.brand.name,
        "event": event.name,
        "when": in_both(when_words(event)),
        "day": in_both(day_short(event)),
        "place": event.place,
        "seats": {spoken: in_language(spoken, SEATS, {"n": event.seats_each}) for spoken in LANGUAGES}
        if event.seats_each > 1
        else dict.fromkeys(LANGUAGES, ""),
        "until": _until(event),
        "words": words,
    }


SEATS = _("You may bring somebody: %(n)s seats are yours.")


def _until(event: Event) -> dict[str, str]:
    if event.answer_by_on is None:
        return dict.fromkeys(LANGUAGES, "")
    return {spoken: _until_in(spoken, event.answer_by_on) for spoken in LANGUAGES}


def _until_in(language: str, day: dt.date) -> str:
    with override(language):
        return str(_("Tell us by %(day)s.")) % {"day": day_words(day, "long")}


def facts_of(guest: Guest) -> dict[str, Any]:
    """What a reminder may say of an invitation; JSON-safe."""
    event, owner = guest.event, guest.event.owner
    return {
        "person": guest.influencer.stage_name,
        "form_of_address": event.brand.form_of_address,
        "brand": event.brand.name,
        "owner": owner.name,
        "owner_phone": str(owner.phone or ""),
        "owner_email": owner.email,
        "page": {"influencer": guest.influencer_id, "brand": event.brand_id},
        "words": words_of(guest),
    }


def _leave(name: str, guest: Guest, contact: Contact, at: dt.datetime, key: str) -> None:
    event, owner = guest.event, guest.event.owner
    leave_todo(
        f"{name}:{guest.pk}:{contact.pk}:{key}",
        CALL if contact.prefers == Contact.Prefers.CALL else WRITE,
        language=owner.language,
        params={"name": contact.name, "what": in_language(owner.language, WHAT[name], {"event": event.name})},
        kind=Todo.Kind.MESSAGE,
        due_at=end_of_day(local_date(at, owner.zone), owner.zone),
        owner=owner,
        influencer_ref=guest.influencer_id,
        influencer_label=guest.influencer.stage_name,
        brand_ref=event.brand_id,
        subject=subject_of(guest),
        subject_label=event.name,
        url=guest.url,
    )
