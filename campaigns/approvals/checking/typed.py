"""A caption as it was typed beside a plain copy to search in, and the way back from one to the other."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

Span = tuple[int, int]
"""First code point and the one after the last, in the caption as it was typed."""

ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
WORD = re.compile(r"\w+")


@lru_cache(maxsize=8192)
def plain_of(sign: str) -> str:
    """One sign without case, without marks and without what cannot be seen; `É` is `e`, a joiner is nothing."""
    before, after = "", sign
    while before != after:
        before, after = after, unicodedata.normalize("NFKD", after.casefold())
    return "".join(one for one in after if unicodedata.category(one) not in ("Mn", "Cf"))


def plain(text: str) -> str:
    """`Ampúh` is `ampuh`. Plain text stays as it is."""
    return text.lower() if text.isascii() else "".join(map(plain_of, text))


@lru_cache(maxsize=8192)
def standing(words: str) -> re.Pattern[str]:
    """These words as whole words, whatever blanks part them: `aman` is not in `nyaman`."""
    return re.compile(rf"(?<!\w){_blanks(words)}(?!\w)")


@lru_cache(maxsize=8192)
def words_in(phrase: str) -> frozenset[str]:
    """Every word a phrase has, plain: a caption without one of them cannot have the phrase."""
    return frozenset(WORD.findall(plain(phrase)))


def _blanks(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in plain(words).split())


@dataclass(frozen=True)
class Typed:
    """What she typed. Everything that is found is told by its place in it."""

    caption: str
    seen: dict[Any, Any] = field(default_factory=dict, compare=False)
    """What one rule found already and the next asks for again."""

    @cached_property
    def plain(self) -> str:
        return plain(self.caption)

    @cached_property
    def _places(self) -> list[int] | None:
        """Where each sign of the plain copy stands in the caption; nothing to keep while they are the same."""
        if self.caption.isascii():
            return None
        return [place for place, sign in enumerate(self.caption) for _one in plain_of(sign)]

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(WORD.findall(self.plain))

    @cached_property
    def addresses(self) -> list[Span]:
        """Where web addresses stand in the plain copy; what is written in one is no word of hers."""
        if "://" not in self.plain and "www." not in self.plain:
            return []
        return [found.span() for found in ADDRESS.finditer(self.plain)]

    def quoted(self, span: Span) -> str:
        return self.caption[span[0] : span[1]]

    def found(self, pattern: re.Pattern[str]) -> Iterator[Span]:
        """Every place where a pattern stands in the plain copy, as places of the caption."""
        return (self.typed(found.span()) for found in pattern.finditer(self.plain) if found.end() > found.start())

    def typed(self, span: Span) -> Span:
        """Where something of the plain copy stands in the caption, with the marks that belong to its last letter."""
        start, end = span
        if self._places is not None:
            start, end = self._places[start], self._places[end - 1] + 1
            while end < len(self.caption) and unicodedata.category(self.caption[end]) == "Mn":
                end += 1
        return start, end

    def says(self, phrase: str) -> list[Span]:
        """Every place where a phrase stands as whole words."""
        needed = words_in(phrase)
        if not needed <= self.words or not (needed or plain(phrase).strip()):
            return []
        return list(self.found(standing(phrase)))

    def is_in_address(self, start: int) -> bool:
        return around(self.addresses, start) is not None


def around(spans: Sequence[Span], place: int) -> Span | None:
    """Which of these, in order and apart from each other, a place is in."""
    at = bisect_right(spans, place, key=lambda span: span[0])
    return spans[at - 1] if at and place < spans[at - 1][1] else None


def outside(spans: Iterable[Span], harmless: Iterable[Span]) -> list[Span]:
    """Those that stand in no harmless phrase."""
    kept = list(harmless)
    return [one for one in spans if not any(first <= one[0] and one[1] <= last for first, last in kept)]
