"""What she is told when changes are asked for: all notes at once, what is good first; and what may not be sent yet."""

import datetime as dt

from campaigns.approvals.deciding.refusals import NeedsCitation, NothingSaid
from campaigns.approvals.models import Note, Review
from campaigns.approvals.reviewing import notes


def check_words(review: Review, comment: str, *, musts_cite: bool) -> None:
    """Refuse changes without a word, and a must that stands on nothing."""
    waiting = notes.unsent(review.version)
    if not comment and not waiting.exclude(level=Note.Level.GOOD).exists():
        raise NothingSaid(review)
    bare = waiting.filter(level=Note.Level.MUST, brief_item__isnull=True, rule="").count() if musts_cite else 0
    if bare:
        raise NeedsCitation(review, bare)


def send_words(review: Review, comment: str, at: dt.datetime) -> str:
    """Send every note that waits; everything that was said, as one text for her page in her language."""
    sent = notes.send(review.version, at=at)
    language = review.version.deliverable.collaboration.influencer.language
    return "\n\n".join(part for part in (comment, notes.as_text(sent, language)) if part)
