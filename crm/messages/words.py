"""One recipient's message: composed as the outbox keeps it, not stored."""

import datetime as dt
import hashlib
from typing import Any

from crm.base.text import without_marks
from crm.inbox.answering import references_of
from crm.messages.fields import words_for
from crm.messages.letters import PLAIN, WITH_PAGE
from crm.messages.models import Message
from crm.messages.whom import Verdict
from crm.outbox.compose import compose
from crm.outbox.models import Contact, Email


def composed(message: Message, verdict: Verdict, contact: Contact, now: dt.datetime) -> Email:
    """The message for this contact, in the contact's language."""
    values = verdict.values
    subject, words = words_for(message, contact.language, values)
    _subject, marked = words_for(message, contact.language, {key: without_marks(one) for key, one in values.items()})
    writer = message.started_by
    sender = [writer.get_short_name() if writer else "", values.get("brand", "")]
    return compose(
        (WITH_PAGE if message.with_page else PLAIN).name,
        to=contact,
        key=key_of(message, contact, subject, words, verdict),
        at=now,
        context={"subject": subject, "words": words, "marked": marked},
        send_at=verdict.send_at,
        from_name=", ".join(part for part in sender if part),
        sender_phone=str(writer.phone or "") if writer else "",
        reply_to=writer.email if writer else "",
        copy_of=copy_of(verdict),
        mail_class=message.mail_class,
        influencer_ref=verdict.member.person,
        brand_ref=message.brand_ref,
        sender_ref=message.started_by_id,
        subject_refs=[ref for ref in (verdict.member.subject, f"crm.message:{message.pk}") if ref],
        late_fields=late_fields(message, verdict),
        thread=f"message/{message.pk}",
        references=references_to(message, contact),
    )


def references_to(message: Message, contact: Contact) -> list[str] | None:
    """The thread it answers in, for who wrote; a copy to others begins none of theirs."""
    answered = message.answers
    return references_of(answered) or None if answered and answered.contact_id == contact.pk else None


def late_fields(message: Message, verdict: Verdict) -> dict[str, Any]:
    page = {"influencer": verdict.member.person, "brand": message.brand_ref}
    return {"page": page} if message.with_page else {}


def copy_of(verdict: Verdict) -> str:
    """Who is asked, for those who get a copy."""
    return verdict.label if verdict.is_copy else ""


def key_of(message: Message, contact: Contact, subject: str, words: str, verdict: Verdict) -> str:
    """Once for each message and contact; more often only when the words, or the page behind the button, differ."""
    told = f"{subject}\n{words}\n{verdict.member.person if message.with_page else ''}"
    return f"message/{message.pk}/{contact.pk}/{hashlib.sha256(told.encode()).hexdigest()[:32]}"
