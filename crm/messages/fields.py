"""What may be filled in for each recipient, and what it is for her."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.messages.blanks import filled, used_in
from crm.messages.models import Message, Worded
from crm.messages.places import message_audience
from crm.outbox.models import Contact
from crm.outbox.words import one_line, spoken
from crm.reminders.wordings import greeting_for
from crm.team.models import User

COMMON: Mapping[str, Any] = {
    "greeting": _("how she is addressed: Kak Kirana"),
    "first_name": _("the recipient's first name"),
    "name": _("the recipient's name"),
    "person": _("whom it is about; to an agent: the influencer"),
    "day": _("the day chosen above, in words"),
    "sender": _("your first name"),
    "house": _("the organisation's name"),
}


def fields_of(audience: str) -> dict[str, Any]:
    """What a message to these people may use, with what each means."""
    own = message_audience[audience].call().fields if audience in message_audience else {}
    return {**COMMON, **own}


def all_fields() -> dict[str, Any]:
    """What any template may use."""
    fields = dict(COMMON)
    for placed in message_audience.all():
        fields |= placed.call().fields
    return fields


def used_by(words: Worded, languages: Iterable[str] = ("en", "id")) -> list[str]:
    return used_in(*(part for language in languages for part in words.in_language(language)))


def values_for(
    message: Message, contact: Contact, person: str, facts: Mapping[str, Any], house: Organisation
) -> dict[str, str]:
    """Everything that may be filled in, as this recipient reads it; what is not known is empty."""
    writer = message.started_by
    known: dict[str, Any] = {
        **facts,
        "greeting": greeting_for(contact, {"form_of_address": "kak", **facts}),
        "first_name": contact.name.split(" ")[0],
        "name": contact.name,
        "person": person,
        "day": message.day_on or "",
        "sender": writer.get_short_name() if writer else house.name,
        "house": house.name,
    }
    return {name: spoken(known.get(name) or "", contact.language, contact.zone) for name in fields_of(message.audience)}


PERSONAL = ("greeting", "first_name", "name", "person")


def title_for(message: Message, facts: Mapping[str, Any], user: User) -> str:
    """The subject as colleagues speak of it: what is the same for all is filled in, a name is three dots."""
    own = {"day": message.day_on, "sender": user.get_short_name(), "house": Organisation.load().name}
    known = {**facts, **own, **dict.fromkeys(PERSONAL, "…")}
    values = {name: spoken(known.get(name) or "…", user.language, user.zone) for name in fields_of(message.audience)}
    return one_line(words_for(message, user.language, values)[0])[:200]


def missing_in(message: Message, language: str, values: Mapping[str, str]) -> list[str]:
    """The blanks of her language nobody can fill."""
    return [name for name in used_by(message, [language]) if not values.get(name)]


def words_for(message: Message, language: str, values: Mapping[str, str]) -> tuple[str, str]:
    """Subject and text, filled in."""
    subject, text = message.in_language(language)
    return filled(subject, values), filled(text.replace("\r\n", "\n"), values).strip()
