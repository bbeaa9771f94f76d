"""What only a person can settle: tasks the engine leaves on Today instead of failing."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.outbox.models import Contact, Email
from crm.outbox.reasons import in_words
from crm.outbox.topics import OF_DATA, Purpose
from crm.preferences.models import Consent
from crm.preferences.places import people_told
from crm.reminders.models import Reminder, Todo
from crm.reminders.registry import Due
from crm.reminders.todos import leave_todo
from crm.team.models import User

NO_CONTACT = "no_contact:"


def ask_for_contacts(lonely: Sequence[tuple[Due, dt.datetime]], now: dt.datetime) -> int:
    """Nobody can be asked about these: find out how to reach each person. One open task for each; how many are new.

    Who settled it since the given moment has asked another way: it comes back with the next step, not with the next
    look.
    """
    asked = {f"{NO_CONTACT}{due.influencer_id}" for due, _moment in lonely}
    known = Todo.objects.filter(key__among=sorted(asked)).values_list("key", "done_at") if asked else ()
    open_keys, settled_at = set(), dict[str, dt.datetime]()
    for key, done_at in known:
        if done_at is None:
            open_keys.add(key)
        else:
            settled_at[key] = max(done_at, settled_at.get(key, done_at))
    missing: dict[str, Due] = {}
    for due, moment in lonely:
        key = f"{NO_CONTACT}{due.influencer_id}"
        if key not in open_keys and (key not in settled_at or settled_at[key] < moment):
            missing.setdefault(key, due)
    return sum(_ask_for_contact(key, due, now) for key, due in missing.items())


def _ask_for_contact(key: str, due: Due, now: dt.datetime) -> bool:
    return _leave(
        key,
        Todo.Kind.NO_ADDRESS,
        _("Nobody gets the mail about %(name)s. Add an e-mail address, or ask another way."),
        {"name": due.influencer_label},
        owner_id=due.owner_id,
        now=now,
        influencer_ref=due.influencer_id,
        influencer_label=due.influencer_label,
        brand_ref=due.brand_id,
        url=due.url,
    )


def ask_for_address(row: Reminder, due: Due, now: dt.datetime) -> bool:
    """A reminder is due and its contact has no address that works. One open task for each contact.

    Who settled it since the reminder was due has asked another way: it comes back with the next reminder.
    """
    key = f"no_address:{row.contact_id}"
    if Todo.objects.settled_since(row.send_at, key).exists():
        return False
    return _leave(
        key,
        Todo.Kind.BOUNCED if row.contact.email else Todo.Kind.NO_ADDRESS,
        _address_words(row.contact),
        {"name": row.contact.name, "address": row.contact.email},
        owner_id=due.owner_id,
        now=now,
        influencer_ref=due.influencer_id,
        influencer_label=due.influencer_label,
        brand_ref=due.brand_id,
        subject=due.subject,
        url=due.url,
    )


def tell_no_address(email: Email, now: dt.datetime) -> None:
    """A message was asked for and its contact has no address that works."""
    contact = email.contact
    _leave(
        f"no_address:{contact.pk}",
        Todo.Kind.BOUNCED if contact.email else Todo.Kind.NO_ADDRESS,
        _address_words(contact),
        {"name": contact.name, "address": contact.email},
        owner_id=email.sender_ref,
        now=now,
        influencer_ref=email.influencer_ref,
        brand_ref=email.brand_ref,
    )


def tell_failure(email: Email, now: dt.datetime) -> None:
    """A message was given up, or nobody knows whether it arrived: its sender looks at it."""
    contact = email.contact
    bounced = contact.email_state == Contact.EmailState.BOUNCED
    is_unclear = email.state == Email.State.UNKNOWN
    unclear = _("Nobody knows whether “%(subject)s” reached %(name)s. Send it again, or leave it.")
    failed = _("“%(subject)s” to %(name)s did not go through. %(why)s")
    words = unclear if is_unclear else _address_words(contact) if bounced else failed
    _leave(
        f"no_address:{contact.pk}" if bounced and not is_unclear else f"email:{email.pk}",
        Todo.Kind.BOUNCED if bounced and not is_unclear else Todo.Kind.CHECK,
        words,
        {"subject": email.subject, "name": contact.name, "address": contact.email, "why": _LazyWords(email.why)},
        owner_id=email.sender_ref,
        now=now,
        influencer_ref=email.influencer_ref,
        brand_ref=email.brand_ref,
        subject=f"crm.email:{email.pk}",
        url=reverse("outbox-email", args=[email.pk]),
    )


STOP_WITHIN = dt.timedelta(hours=72)
"""UU 27/2022: three times 24 hours from the moment somebody takes her agreement back."""


def ask_to_stop(consent: Consent, now: dt.datetime) -> None:
    """She took back what the house works with her data on: a task that runs out when the law says so."""
    if consent.purpose not in OF_DATA:
        return
    people = people_told(consent.contact_id)
    _leave(
        f"consent:{consent.pk}",
        Todo.Kind.CHECK,
        _("%(name)s took back: %(purpose)s. Stop using that data within 3 x 24 hours, and note here what was done."),
        {"name": consent.contact.name, "purpose": Purpose(consent.purpose).label},
        owner_id=None,
        now=now + STOP_WITHIN,
        influencer_ref=people[0] if people else None,
        influencer_label=consent.contact.name,
        subject=f"crm.consent:{consent.pk}",
        url=reverse("privacy-consent-stopped", args=[consent.pk]),
    )


class _LazyWords:
    """A stored reason, read in the language that is active when it is written down."""

    def __init__(self, stored: str) -> None:
        self.stored = stored

    def __str__(self) -> str:
        return in_words(self.stored)


def _address_words(contact: Contact) -> Any:
    if contact.email:
        return _("%(address)s does not work. Ask %(name)s for another address.")
    return _("%(name)s has no e-mail address. Add one, or ask another way.")


def _leave(
    key: str, kind: str, text: Any, params: dict[str, Any], *, owner_id: int | None, now: dt.datetime, **fields: Any
) -> bool:
    owner = User.objects.active().filter(pk=owner_id).first() if owner_id else None
    language = owner.language if owner else Organisation.load().language
    todo = leave_todo(key, text, language=language, params=params, kind=kind, owner=owner, due_at=now, **fields)
    return todo is not None
