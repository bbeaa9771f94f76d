"""`enqueue()`: the only way a message comes to be. It is a row first; sending is somebody else's work."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import override

from crm.base.models import Organisation
from crm.outbox import letters  # noqa: F401  declares the messages every installation has
from crm.outbox.checks import tell_no_address
from crm.outbox.headers import message_id_for, unsubscribe_url
from crm.outbox.kinds import EmailKind, kind_of
from crm.outbox.late import late_field
from crm.outbox.models import Contact, Email, Wording
from crm.outbox.words import one_line, render, spoken

AHEAD_OF_QUIET = frozenset([Email.MailClass.CODE])


def enqueue(name: str, *, to: Contact, key: str, at: dt.datetime, **details: Any) -> Email | None:
    """Put a message into the outbox, once per `key`; asking again returns the row that is there.

    Takes what `compose` takes. Returns None when the contact has no address that works; whoever stands in the place
    `no_address` then leaves a task for a colleague.
    """
    there = Email.objects.filter(key=key).first()
    if there is not None:
        return there
    email = compose(name, to=to, key=key, at=at, **details)
    if not to.is_mailable:
        tell_no_address(email, at)
        return None
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
    from_name: str = "",
    reply_to: str = "",
    mail_class: str = "",
    send_at: dt.datetime | None = None,
    urgent: bool = False,
    ignores_quiet_hours: bool = False,
    doubt: str = Email.Doubt.RESEND,
    brand_ref: int | None = None,
    influencer_ref: int | None = None,
    sender_ref: int | None = None,
    subject_refs: Sequence[str] = (),
    late_fields: Mapping[str, Mapping[str, Any]] | None = None,
    thread: str = "",
    sender_phone: str = "",
) -> Email:
    """The message as an unsaved row, in words of the recipient's language.

    `context` has the names of the kind; lazy texts, dates and {"en": ..., "id": ...} are spoken in her language.
    `late_fields` maps late fields to the parameters their functions get. `send_at` defaults to now. `doubt` says what
    happens when nobody knows whether it arrived. Raises LookupError for an unknown message, a missing name or an
    unknown late field.
    """
    kind = kind_of(name)
    house = Organisation.load()
    facts = _facts(kind, context, to)
    lates = {field: dict((late_fields or {}).get(field, {})) for field in kind.late.values()}
    missing = [field for field in lates if field not in late_field]
    if missing:
        raise LookupError(f"Nobody fills in {', '.join(missing)} for {name!r}. See crm.outbox.late.late_field.")
    mail_class = mail_class or kind.mail_class
    sender = one_line(from_name or house.name)
    wording = Wording.objects.filter(name=name, language=to.language).first()
    frame = _frame(house, to, sender, sender_phone, mail_class)
    rendered = render(kind, facts, to.language, wording, frame)
    is_code = mail_class in AHEAD_OF_QUIET
    return Email(
        name=name,
        key=key,
        mail_class=mail_class,
        contact=to,
        language=to.language,
        from_name=sender,
        reply_to=reply_to,
        to_address=to.email,
        context=facts,
        late_fields=lates,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        body_hash=rendered.body_hash,
        wording_version=rendered.version,
        message_id=message_id_for(key, at),
        thread=thread,
        influencer_ref=influencer_ref,
        brand_ref=brand_ref,
        sender_ref=sender_ref,
        subject_refs=list(subject_refs),
        doubt=doubt,
        urgent=urgent or is_code,
        ignores_quiet_hours=ignores_quiet_hours or is_code,
        send_at=send_at or at,
    )


def _facts(kind: EmailKind, context: Mapping[str, Any], to: Contact) -> dict[str, str]:
    missing = set(kind.names) - set(context)
    if missing:
        raise LookupError(f"{kind.name!r} needs {', '.join(sorted(missing))}.")
    return {name: spoken(context[name], to.language, to.zone) for name in kind.names}


def _frame(house: Organisation, to: Contact, sender: str, sender_phone: str, mail_class: str) -> dict[str, str]:
    is_news = mail_class == Email.MailClass.MARKETING
    with override(to.language):
        return {
            "name": to.name,
            "first_name": to.name.split(" ")[0],
            "house": house.name,
            "sender": sender,
            "sender_phone": sender_phone,
            "postal_address": " ".join(house.postal_address.split()) if is_news else "",
            "unsubscribe_url": unsubscribe_url(to) if is_news else "",
        }
