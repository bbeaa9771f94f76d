"""The words of due reminders: one alone is its own message, several at once are one digest."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse

from crm.outbox.compose import compose
from crm.outbox.kinds import KINDS
from crm.outbox.models import Contact, Email
from crm.outbox.words import short_day, spoken
from crm.reminders.letters import DIGEST, ESCALATIONS
from crm.reminders.models import Recipient, Reminder
from crm.reminders.registry import Due
from crm.reminders.wordings import greeting_for, once_up, which_format, whose_thing


class Ask(NamedTuple):
    """A reminder with the due thing it speaks of."""

    row: Reminder
    due: Due

    @property
    def group(self) -> tuple[Any, ...]:
        """What may share an e-mail: one contact, one brand, one sender, one page. What stands alone has its own number."""
        row = self.row
        about = row.influencer_ref if row.recipient == Recipient.INFLUENCER else None
        alone = row.pk if stands_alone(row) else 0
        return row.contact_id, row.brand_ref, row.owner_ref, about, row.recipient, row.rule.mail_class, alone


def stands_alone(row: Reminder) -> bool:
    """Whether it never shares an e-mail: urgent, counted in hours, on the very day of a post, or about no brand."""
    kind = KINDS.get(row.email_name)
    return row.brand_ref is None or row.rule.is_urgent or row.is_by_the_hour or kind is None or not kind.line


def letter_about(asks: Sequence[Ask], now: dt.datetime) -> Email:
    """The composed, unsaved message about these asks of one group."""
    asks = sorted(asks, key=lambda ask: (ask.due.due_at, ask.row.pk))
    return letter_for(*asks[0], now) if len(asks) == 1 else digest_of(asks, now)


def letter_for(row: Reminder, due: Due, now: dt.datetime) -> Email:
    """The composed, unsaved message of one reminder."""
    return compose(
        row.email_name,
        key=f"reminder/{row.pk}",
        at=now,
        context=context_of(row, due),
        subject_refs=[row.subject],
        thread=f"{row.subject}/{row.kind}",
        urgent=row.is_urgent,
        **_around(row, due),
    )


def digest_of(asks: Sequence[Ask], now: dt.datetime) -> Email:
    """One e-mail for several asks: what is wanted, line by line, the soonest first."""
    row, due = asks[0]
    kind = DIGEST if row.recipient == Recipient.INFLUENCER else ESCALATIONS
    words = context_of(row, due) | {
        "lines": [line_of(ask) for ask in asks],
        "count": len(asks),
        "url": settings.BASE_URL + reverse("today"),
    }
    return compose(
        kind.name,
        key=_key(asks),
        at=now,
        context=words,
        subject_refs=list(dict.fromkeys(ask.row.subject for ask in asks)),
        thread=f"digest/{row.brand_ref}/{row.influencer_ref or 0}",
        urgent=any(ask.row.is_urgent for ask in asks),
        **_around(row, due),
    )


def _key(asks: Sequence[Ask]) -> str:
    numbers = sorted(ask.row.pk for ask in asks)
    return f"digest/{numbers[0]}/{hashlib.sha256(repr(numbers).encode()).hexdigest()[:24]}"


def line_of(ask: Ask) -> str:
    """What is asked, in one sentence with its day, in the recipient's language."""
    contact = ask.row.contact
    words = context_of(*ask)
    told = {name: spoken(value, contact.language, contact.zone) for name, value in words.items()}
    return str(spoken(KINDS[ask.row.email_name].line, contact.language, contact.zone)) % told


def _around(row: Reminder, due: Due) -> dict[str, Any]:
    """Who it comes from and whom it concerns."""
    to_influencer = row.recipient == Recipient.INFLUENCER
    facts = due.facts
    owner = str(facts.get("owner", ""))
    sender = ", ".join(part for part in (owner.split(" ")[0], due.brand_label) if part)
    return {
        "to": row.contact,
        "from_name": sender if to_influencer else "",
        "reply_to": str(facts.get("owner_email", "")) if to_influencer else "",
        "sender_phone": str(facts.get("owner_phone") or "") if to_influencer else "",
        "copy_of": name_of(due.contact_ids) if row.contact_id in due.copy_ids else "",
        "mail_class": row.rule.mail_class,
        "influencer_ref": row.influencer_ref,
        "brand_ref": row.brand_ref,
        "sender_ref": row.owner_ref,
        "late_fields": {"page": facts.get("page", {})},
    }


def name_of(contact_ids: Sequence[int]) -> str:
    """Who is asked, for those who get a copy."""
    return ", ".join(Contact.objects.filter(pk__in=contact_ids).order_by("pk").values_list("name", flat=True))


def context_of(row: Reminder, due: Due) -> dict[str, Any]:
    """Every name a reminder's message may use."""
    facts, contact = due.facts, row.contact
    return {
        "greeting": greeting_for(contact, facts),
        "person": due.influencer_label,
        "brand": due.brand_label,
        "campaign": facts.get("campaign", ""),
        "format": which_format(contact, facts, due.influencer_label),
        "what": due.title,
        "thing": whose_thing(contact, facts, due.influencer_label),
        "once_up": once_up(facts),
        "due_day": due.due_on,
        "due_short": short_day(due.due_on, contact.language),
        "due_time": due.due_at,
        "url": settings.BASE_URL + due.url,
        **facts.get("words", {}),
    }
