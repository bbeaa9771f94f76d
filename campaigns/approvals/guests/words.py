"""How notes speak to her: each with its place and with the words of the brief it stands on, what is good first."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from campaigns.approvals.models import Note
from campaigns.approvals.reviewing.reading import line_of


def by_level(notes: Sequence[Note]) -> dict[str, list[str]]:
    """The lines of each level, in the active language."""
    found: dict[str, list[str]] = {level: [] for level in Note.Level.values}
    for note in notes:
        found[note.level].append(with_reason(note))
    return found


def with_reason(note: Note) -> str:
    """Picture 2, top right: show the whole bottle. (Brief: “The bottle is seen once”)"""
    return f"{line_of(note)} ({why_of(note)})" if note.brief_item is not None else line_of(note)


def why_of(note: Note) -> str:
    """The item of the brief it stands on, word for word."""
    return _("Brief: “%(text)s”") % {"text": note.brief_item.text} if note.brief_item is not None else ""


def short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: max(1, most - 1)].rstrip()}…"
