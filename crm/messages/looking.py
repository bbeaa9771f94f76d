"""One recipient's message to look at before it leaves, or to pass on by hand."""

import datetime as dt

from crm.messages.models import MessageLine
from crm.messages.places import Member
from crm.messages.whom import Verdict, judge
from crm.messages.words import composed
from crm.outbox.models import Email

LANGUAGES = ("id", "en")


def verdict_on(line: MessageLine, now: dt.datetime, language: str = "") -> Verdict | None:
    """What is known of this line's contact now; None when the contact no longer gets mail about the person."""
    member = Member(line.influencer_ref, line.subject)
    for one in judge(line.message, [(line.place, member)], now, language):
        if one.contact is not None and one.contact.pk == line.contact_id:
            return one
    return None


def looked_at(line: MessageLine, language: str, now: dt.datetime) -> Email | None:
    """The message as this recipient would read it, in her language or another one; unsaved."""
    verdict = verdict_on(line, now, language if language in LANGUAGES else "")
    if verdict is None or verdict.contact is None:
        return None
    return composed(line.message, verdict, verdict.contact, now)
