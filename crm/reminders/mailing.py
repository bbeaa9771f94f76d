"""A due reminder becomes one message in the outbox, in one transaction; its words are written then."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction

from crm.base.models import Organisation
from crm.outbox.compose import compose, insert_once
from crm.outbox.models import Contact, Email
from crm.outbox.words import short_day
from crm.reminders.by_hand import hand_over, is_by_hand
from crm.reminders.for_people import ask_for_address
from crm.reminders.holds import holds_on
from crm.reminders.models import Recipient, Reminder
from crm.reminders.plan import dues_about, why_not_true
from crm.reminders.registry import Due
from crm.reminders.wordings import greeting_for, once_up, which_format, whose_thing

log = structlog.get_logger(__name__)

AT_ONCE = 200


class NoLongerWaiting(Exception):
    """Somebody else mailed or took back the reminder in the meantime."""


def mail_due(now: dt.datetime) -> Counter[str]:
    """Put the message of every due reminder into the outbox; returns how many ended how.

    While outgoing mail is paused reminders wait, so that only the newest of each chain leaves afterwards.
    """
    report: Counter[str] = Counter()
    if Organisation.load().mail_paused_at:
        return report
    for batch in _batches(now):
        report += mail(batch, now)
    return report


def _batches(now: dt.datetime) -> Iterator[list[Reminder]]:
    after = 0
    due = Reminder.objects.due(now).select_related("contact", "rule").order_by("pk")
    while batch := list(due.filter(pk__gt=after)[:AT_ONCE]):
        yield batch
        after = batch[-1].pk


def mail(rows: Sequence[Reminder], now: dt.datetime) -> Counter[str]:
    """Mail these reminders. One that cannot be mailed never blocks the others; it stays, and is tried again."""
    report: Counter[str] = Counter()
    found = dues_about(rows, now)
    waiting = holds_on(found.values(), now)
    for row in rows:
        due = found.get((row.kind, row.subject))
        if due is None or why_not_true(row, due) or row.subject in waiting:
            continue  # The planner takes it back with its reason, or moves it.
        if is_by_hand(row.contact):
            report["to pass on"] += hand_over(row, due, now)
            continue
        if not row.contact.is_mailable:
            report["address asked for"] += ask_for_address(row, due, now)
            continue
        try:
            mail_one(row, due, now)
            report["mailed"] += 1
        except NoLongerWaiting:
            continue
        except Exception:
            log.exception("reminder_cannot_be_mailed", reminder=row.pk)
            report["broken"] += 1
    return report


def mail_one(row: Reminder, due: Due, now: dt.datetime) -> Email:
    """Write the message, then insert it and mark the reminder, both or neither."""
    email = letter_for(row, due, now)
    with transaction.atomic():
        kept = insert_once(email)
        if not Reminder.objects.filter(pk=row.pk).mail(kept, now):
            raise NoLongerWaiting
    return kept


def letter_for(row: Reminder, due: Due, now: dt.datetime) -> Email:
    """The composed, unsaved message of one reminder."""
    to_influencer = row.recipient == Recipient.INFLUENCER
    facts = due.facts
    owner = str(facts.get("owner", ""))
    sender = ", ".join(part for part in (owner.split(" ")[0], due.brand_label) if part)
    return compose(
        row.email_name,
        to=row.contact,
        key=f"reminder/{row.pk}",
        at=now,
        context=context_of(row, due),
        from_name=sender if to_influencer else "",
        reply_to=str(facts.get("owner_email", "")) if to_influencer else "",
        sender_phone=str(facts.get("owner_phone") or "") if to_influencer else "",
        copy_of=name_of(due.contact_ids) if row.contact_id in due.copy_ids else "",
        mail_class=row.rule.mail_class,
        influencer_ref=row.influencer_ref,
        brand_ref=row.brand_ref,
        sender_ref=row.owner_ref,
        subject_refs=[row.subject],
        late_fields={"page": facts.get("page", {})},
        thread=f"{row.subject}/{row.kind}",
    )


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
    }
