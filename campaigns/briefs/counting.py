"""How long a caption is, in each of the ways platforms count, and where a word stands in it."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from campaigns.briefs.models import CaptionLimit

Counting = CaptionLimit.Counting
JOINER = "\u200d"
SKIN = range(0x1F3FB, 0x1F400)
FLAG = range(0x1F1E6, 0x1F200)

EXCEPTIONS: dict[str, tuple[str, ...]] = {"bebas": ("bebas ongkir", "bebas biaya")}
"""Phrases in which a word means something harmless (free of delivery costs is not free of something bad)."""


def length(text: str, counting: str) -> int:
    """So many code points, UTF-16 units or visible characters."""
    return COUNTED[counting](text)


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _graphemes(text: str) -> int:
    """Visible characters: what only joins, colours or marks its neighbour is not one; two letters of a flag are one."""
    count, before, flags = 0, "", 0
    for sign in text:
        is_flag = ord(sign) in FLAG
        flags = flags + 1 if is_flag else 0
        joins = sign == JOINER or before == JOINER or unicodedata.category(sign) in ("Mn", "Me", "Mc", "Cf")
        if not (joins or ord(sign) in SKIN or (is_flag and flags % 2 == 0)):
            count += 1
        before = sign
    return count


COUNTED: dict[str, Callable[[str], int]] = {
    Counting.CODEPOINT: len,
    Counting.UTF16: _utf16,
    Counting.GRAPHEME: _graphemes,
}


def folded(text: str) -> str:
    """Without case and without marks on letters, so that `Ampúh` is `ampuh`."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(sign for sign in apart if unicodedata.category(sign) != "Mn"))


def words_found(text: str, forbidden: Iterable[str]) -> list[str]:
    """Those of the words that stand in the text as whole words: `aman` is not in `nyaman`, `top` not in `laptop`."""
    plain = " ".join(folded(text).split())
    return [word for word in forbidden if _stands_in(plain, " ".join(folded(word).split()))]


def _stands_in(plain: str, word: str) -> bool:
    for phrase in EXCEPTIONS.get(word, ()):
        plain = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", " ", plain)
    return bool(word) and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", plain) is not None
