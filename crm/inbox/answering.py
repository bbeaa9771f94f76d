"""An answer to a mail that came in: its subject, and the thread in which her mail program shows it."""

import re

from crm.inbox.models import InboundMail

LONGEST_SUBJECT = 200
MOST_REFERENCES = 20
ANSWERED = re.compile(r"(?:(?:re|bls|balas)[ ]{0,2}:[ ]{0,5}){1,20}", re.IGNORECASE)
"""What mail programs put before the subject of an answer; “Bls:” and “Balas:” are Indonesian."""


def answer_subject(mail: InboundMail) -> str:
    """Re: what she wrote about, with one Re: however often it went back and forth."""
    subject = mail.subject.strip()
    begun = ANSWERED.match(subject)
    return f"Re: {subject[begun.end() :] if begun else subject}"[:LONGEST_SUBJECT].rstrip()


def references_of(mail: InboundMail) -> list[str]:
    """The Message-IDs of the thread (RFC 5322, 3.6.4), hers at the end; none when her mail has no name of its own.

    Of a long thread the first stays, because that is what it hangs on, and the newest.
    """
    if not mail.message_id.isascii() or not mail.message_id:
        return []
    named = reversed(mail.facts.get("answers", []))
    before = [name for name in named if name != mail.message_id and name.isascii()]
    if len(before) > MOST_REFERENCES:
        before = [before[0], *before[1 - MOST_REFERENCES :]]
    return [*before, mail.message_id]
