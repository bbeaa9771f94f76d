"""What she is told when changes are asked for: all notes at once, what is good first; and what may not be sent yet."""

import datetime as dt

from campaigns.approvals.deciding.refusals import NeedsCitation, NothingSaid
from campaigns.approvals.models import Note, Review


def check_words(review: Review, comment: str, *, musts_cite: bool) -> None:
    """Refuse changes without a word, and a must that stands on nothing."""
    waiting = Note.objects.filter(version=review.version, is_for_us=False).unsent()
    if not comment and not waiting.exclude(level=Note.Level.GOOD).exists():
        raise NothingSaid(review)
    bare = waiting.filter(level=Note.Level.MUST, brief_item__isnull=True, rule="").count() if musts_cite else 0
    if bare:
        raise NeedsCitation(review, bare)


def send_words(review: Review, comment: str, at: dt.datetime) -> str:
    """Send every note that waits; everything that was said, as one text for her page."""
    notes = list(Note.objects.filter(version=review.version, is_for_us=False).unsent().in_order())
    Note.objects.filter(pk__in=[note.pk for note in notes]).update(sent_at=at)
    return "\n".join([*([comment] if comment else []), *(note.body for note in notes)])
