"""Two captions word by word, with places; and where words stand again in another caption. Pure: no database, no clock.

Places count code points, as everywhere in this room.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crm.base.matching import steps

SAME, NEW, GONE = "same", "new", "gone"


@dataclass(frozen=True)
class Span:
    """Some words: in both captions, only in the new one, or only in the old one; and where they begin in each."""

    tone: str
    text: str
    old_at: int
    new_at: int


@dataclass(frozen=True)
class Bit:
    """A piece of one caption as a page shows it: where it begins, what became of it, what is said about it."""

    tone: str
    text: str
    at: int
    is_found: bool = False
    note: int = 0
    folds: bool = False

    @property
    def end(self) -> int:
        return self.at + len(self.text)


@dataclass(frozen=True)
class Range:
    """Words of a caption that a finding, or the note of that number, is about."""

    start: int
    end: int
    note: int = 0


def caption_diff(old: str, new: str) -> list[Span]:
    """Everything of both captions in reading order; without its new spans it is the old one, without the gone ones the new."""
    before, after = _tokens(old), _tokens(new)
    found: list[Span] = []
    old_at = new_at = 0
    for tag, i1, i2, j1, j2 in steps(before, after):
        gone, came = "".join(before[i1:i2]), "".join(after[j1:j2])
        if tag == "equal":
            found.append(Span(SAME, came, old_at, new_at))
        else:
            found += [Span(GONE, gone, old_at, new_at)] if gone else []
            found += [Span(NEW, came, old_at + len(gone), new_at)] if came else []
        old_at, new_at = old_at + len(gone), new_at + len(came)
    return found


def of_old(spans: Sequence[Span]) -> list[Bit]:
    """The old caption, what is gone marked."""
    return [Bit(span.tone, span.text, span.old_at) for span in spans if span.tone != NEW]


def of_new(spans: Sequence[Span]) -> list[Bit]:
    """The new caption, what is new marked."""
    return [Bit(span.tone, span.text, span.new_at) for span in spans if span.tone != GONE]


def cut(bits: Sequence[Bit], ranges: Sequence[Range], fold: int | None = None) -> list[Bit]:
    """The same caption, cut where a range or the fold begins or ends; a bit that begins after the fold says so."""
    places = sorted({place for one in ranges for place in (one.start, one.end)} | ({fold} if fold else set()))
    return [_dressed(part, ranges, fold) for bit in bits for part in _parts(bit, places)]


def positions(quoted: str, caption: str, near: int = 0) -> tuple[int, int] | None:
    """Where these words stand in a caption, the place closest to `near`; spaces and capitals do not matter. None: gone."""
    words = quoted.split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
    places = [found.span() for found in pattern.finditer(caption)]
    return min(places, key=lambda place: (abs(place[0] - near), place[0]), default=None)


def _tokens(text: str) -> list[str]:
    """Words and signs, each with the spaces behind it, so that a space is no anchor."""
    return re.findall(r"^\s+|#?\w+\s*|[^\w\s]\s*", text)


def _parts(bit: Bit, places: Sequence[int]) -> Iterator[Bit]:
    at = bit.at
    for end in [*(place for place in places if bit.at < place < bit.end), bit.end]:
        yield Bit(bit.tone, bit.text[at - bit.at : end - bit.at], at)
        at = end


def _dressed(bit: Bit, ranges: Sequence[Range], fold: int | None) -> Bit:
    about = [one for one in ranges if one.start < bit.end and bit.at < one.end]
    note = max((one.note for one in about), default=0)
    is_found = any(not one.note for one in about)
    return Bit(bit.tone, bit.text, bit.at, is_found, note, folds=bool(fold) and bit.at == fold)
