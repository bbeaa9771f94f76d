"""What two writings of one name, and two spellings of one handle, have in common: short texts a database can look up.

The keys of a name stand in columns of the person. Whoever changes these functions empties `keys_of` in a migration:
the next look writes all keys anew.
"""

import re
import unicodedata
from typing import NamedTuple

LONGEST = 120
IN_WORDS = str.maketrans("", "", "'’‘`´.")
SOUNDS = (
    ("oe", "u"), ("dj", "j"), ("tj", "c"), ("nj", "ny"), ("sj", "s"), ("sy", "s"), ("sh", "s"), ("kh", "k"),
    ("ch", "k"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("x", "ks"), ("q", "k"), ("v", "f"), ("w", "f"),
    ("z", "s"), ("y", "i"), ("ee", "i"), ("ie", "i"),
)  # fmt: skip
"""Old Indonesian spelling beside the new one, and letters people take for each other. Our own choice, in this order."""

DOUBLED = re.compile(r"(.)\1+")
SILENT = re.compile(r"(?<=.)h\b")
WORD = re.compile(r"[^\W_]+")


class NameKeys(NamedTuple):
    """`alike` is equal for two writings of one name, `sounds` also for two spellings of it. Empty without a letter."""

    alike: str
    sounds: str


def name_keys(name: str) -> NameKeys:
    """Without case, accents, punctuation, emoji and the order of words."""
    words = sorted(set(WORD.findall(_plain(name))))
    return NameKeys(" ".join(words)[:LONGEST], " ".join(sorted({_sound(word) for word in words}))[:LONGEST])


def _plain(name: str) -> str:
    if not name.isascii():
        name = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return name.casefold().translate(IN_WORDS)


def _sound(word: str) -> str:
    for written, said in SOUNDS:
        word = word.replace(written, said)
    return SILENT.sub("", DOUBLED.sub(r"\1", word))


def handle_key(handle: str) -> str:
    """Without dots, lines and the digits at its end, as the database itself writes SocialAccount.handle_key."""
    return re.sub(r"[._-]", "", handle).rstrip("0123456789")
