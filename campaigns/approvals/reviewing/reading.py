"""Notes as somebody reads them: on her page, in a letter, beside a picture. What is good comes first."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from campaigns.approvals.models import Note

HER_WORDS: dict[str, Any] = {
    Note.Level.GOOD: gettext_lazy("What is good"),
    Note.Level.MUST: pgettext_lazy("how she reads a note", "Please change this"),
    Note.Level.SHOULD: pgettext_lazy("how she reads it", "If you can"),
    Note.Level.NICE: pgettext_lazy("how she reads it", "Up to you"),
}
"""How she reads each level."""

ROWS = (
    pgettext_lazy("in a picture", "top"),
    pgettext_lazy("in a picture", "middle"),
    pgettext_lazy("in a picture", "bottom"),
)
COLUMNS = (
    pgettext_lazy("in a picture", "left"),
    pgettext_lazy("in a picture", "centre"),
    pgettext_lazy("in a picture", "right"),
)


def as_text(notes: Sequence[Note], language: str) -> str:
    """The letter's body: one part for each level, every note with its place; empty without notes."""
    with override(language):
        parts = [_part(level, [note for note in notes if note.level == level]) for level in Note.Level.values]
    return "\n\n".join(part for part in parts if part)


def _part(level: str, notes: Sequence[Note]) -> str:
    lines = [f"- {line_of(note)}" for note in notes]
    return "\n".join([f"{HER_WORDS[level]}:", *lines]) if lines else ""


def line_of(note: Note) -> str:
    """One note with its place before it, in the language that is on."""
    where = place_of(note)
    return f"{where}: {note.body}" if where else note.body


def place_of(note: Note) -> str:
    """Where it is, in words; empty for the whole."""
    if note.kind == Note.Kind.TEXT:
        return f"“{note.quoted}”"
    if note.kind == Note.Kind.TIME:
        return "–".join(clock_of(at) for at in (note.start_ms, note.end_ms) if at is not None)
    if note.kind in (Note.Kind.PIN, Note.Kind.BOX):
        return _in_picture(note)
    return ""


def clock_of(milliseconds: int) -> str:
    """`0:12`: a moment of a video."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes}:{seconds:02d}"


def _in_picture(note: Note) -> str:
    x = (note.x or 0) + (note.w or 0) / 2
    y = (note.y or 0) + (note.h or 0) / 2
    said = {"row": str(ROWS[_third(y)]), "column": str(COLUMNS[_third(x)])}
    if note.asset is not None and note.asset.position > 1:
        return _("Picture %(n)d, %(row)s %(column)s") % {"n": note.asset.position, **said}
    return _("In the picture, %(row)s %(column)s") % said


def _third(share: float) -> int:
    return min(2, int(share * 3))
