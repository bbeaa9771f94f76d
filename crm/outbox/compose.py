"""`enqueue()`: the only way a message comes to be. It is a row first; sending is somebody else's work."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction

from crm.base.models import Organisation
from crm.outbox import letters  # noqa: F401  declares the messages every installation has
from crm.outbox.checks import tell_no_address
from crm.outbox.headers import message_id_for, unsubscribe_url
from crm.outbox.kinds import EmailKind, kind_of
from crm.outbox.late import CHOICES, late_field, marker
from crm.outbox.models import Contact, Email, Wording
from crm.outbox.sorting import why_never
from crm.outbox.words import one_line, render, spoken


class Columns(TypedDict, total=False):
    """What a message may carry beside its words; see the columns of Email."""

    reply_to: str
    urgent: bool
    ignores_quiet_hours: bool
    doubt: str  # Email.Doubt: what happens when nobody knows whether it arrived
    brand_ref: int | None
    influencer_ref: int | None
    sender_ref: int | None
    subject_refs: list[str]
    thread: str
    references: list[str] | None  # of a mail that came in, which this one answers


def enqueue(name: str, *, to: Contact, key: str, at: dt.datetime, **details: Any) -> Email | None:
    """Put a message into the outbox, once per `key`; asking again returns the row that is there.

    Takes what `compose` takes. Returns None when the contact has no address that works; whoever stands in the place
    `no_address` then leaves a task for a colleague. What nobody may send her (she is left alone, she did not agree to
    news) is kept as not sent, with the reason.
    """
    there = Email.objects.filter(key=key).first()
    if there is not None:
        return there
    email = compose(name, to=to, key=key, at=at, **details)
    if not to.is_mailable:
        tell_no_address(email, at)
        return None
    email.why = why_never(email, at)
    if email.why:
        email.state = Email.State.SKIPPED
    return insert_once(email)


def insert_once(email: Email) -> Email:
    """Insert the composed row, or return the one that took its key in the meantime."""
    try:
        with transaction.atomic():
            email.save(force_insert=True)
    except IntegrityError:
        there = Email.objects.filter(key=email.key).first()
        if there is None:
            raise
        return there
    return email


def compose(
    name: str,
    *,
    to: Contact,
    key: str,
    context: Mapping[str, Any],
    at: dt.datetime,
    send_at: dt.datetime | None = None,
    from_name: str = "",
    sender_phone: str = "",
    copy_of: str = "",
    mail_class: str = "",
    late_fields: Mapping[str, Mapping[str, Any]] | None = None,
    **columns: Unpack[Columns],
) -> Email:
    """The message as an unsaved row, in words of the recipient's language.

    `context` has the names of the kind; lazy texts, dates and {"en": ..., "id": ...} are spoken in her language.
    `late_fields` maps late fields to parameters. `send_at` defaults to now. `copy_of` names who is asked, in a copy.
    Raises LookupError for an unknown message, a missing name or an unknown late field.
    """
    kind, house = kind_of(name), Organisation.load()
    email = Email(
        name=name,
        key=key,
        mail_class=mail_class or kind.mail_class,
        contact=to,
        language=to.language,
        from_name=one_line(from_name or house.name),
        to_address=to.email,
        context=_facts(kind, context, to),
        late_fields=_lates(kind, late_fields or {}) | _choices(kind, to, mail_class),
        message_id=message_id_for(key, at),
        send_at=send_at or at,
        **columns,
    )
    if email.mail_class == Email.MailClass.CODE:
        email.urgent = email.ignores_quiet_hours = True
    _write(email, kind, _frame(house, email, sender_phone, copy_of))
    return email


def _write(email: Email, kind: EmailKind, frame: Mapping[str, str]) -> None:
    """Put the words into the row: an admin's own, or those that ship with Mitra."""
    wording = Wording.objects.filter(name=email.name, language=email.language).first()
    rendered = render(kind, email.context, email.language, wording, frame)
    email.subject, email.text, email.html = rendered.subject, rendered.text, rendered.html
    email.body_hash, email.wording_version = rendered.body_hash, rendered.version


def _lates(kind: EmailKind, asked: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    missing = [field for field in kind.late.values() if field not in late_field]
    if missing:
        raise LookupError(f"Nobody fills in {', '.join(missing)} for {kind.name!r}. See crm.outbox.late.late_field.")
    return {field: dict(asked.get(field, {})) for field in kind.late.values()}


def _choices(kind: EmailKind, to: Contact, mail_class: str) -> dict[str, dict[str, Any]]:
    """The way to her choices, under what is neither a code nor written to a colleague."""
    is_code = (mail_class or kind.mail_class) == Email.MailClass.CODE
    return {} if is_code or to.kind not in Contact.PARTNERS or CHOICES not in late_field else {CHOICES: {}}


def _facts(kind: EmailKind, context: Mapping[str, Any], to: Contact) -> dict[str, Any]:
    missing = set(kind.names) - set(context)
    if missing:
        raise LookupError(f"{kind.name!r} needs {', '.join(sorted(missing))}.")
    return {name: spoken(context[name], to.language, to.zone) for name in kind.names}


def _frame(house: Organisation, email: Email, sender_phone: str, copy_of: str) -> dict[str, str]:
    """What stands around the words."""
    to, is_news = email.contact, email.mail_class == Email.MailClass.MARKETING
    return {
        "name": to.name,
        "first_name": to.name.split(" ")[0],
        "house": house.name,
        "sender": email.from_name,
        "sender_phone": sender_phone,
        "copy_of": copy_of,
        "postal_address": " ".join(house.postal_address.split()) if is_news else "",
        "unsubscribe_url": unsubscribe_url(to) if is_news else "",
        "choices_url": marker(CHOICES) if CHOICES in email.late_fields else "",
    }
