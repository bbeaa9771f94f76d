"""CAP-20: whether what is public is what was approved, word by word."""

import re
import unicodedata
from dataclasses import dataclass

from crm.base.matching import steps

UNSEEN = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u200b\u2060\ufeff]")
"""What picks the look of the sign before it, and what has no width: platforms add and drop both."""
BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Changed:
    """Words that went, or came."""

    kind: str
    words: str

    @property
    def is_gone(self) -> bool:
        return self.kind == "gone"


def normalised(text: str) -> str:
    """As two captions are compared: one way to write each letter, one blank between words; case counts."""
    whole = unicodedata.normalize("NFC", UNSEEN.sub("", text))
    return BLANKS.sub(lambda blank: "\n" if "\n" in blank.group() else " ", whole).strip()


def same_after(approved: str, live: str) -> list[Changed]:
    """What differs between the approved caption and the public one; nothing when they are the same."""
    old, new = normalised(approved), normalised(live)
    if old == new:
        return []
    before, after = old.split(), new.split()
    found = []
    for what, first, last, begins, ends in steps(before, after):
        if what != "equal" and last > first:
            found.append(Changed("gone", " ".join(before[first:last])))
        if what != "equal" and ends > begins:
            found.append(Changed("new", " ".join(after[begins:ends])))
    return found
