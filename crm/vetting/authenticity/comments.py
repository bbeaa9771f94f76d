"""How many comments of a sample say the same, or nothing but emoji."""

import unicodedata
from collections import Counter
from collections.abc import Sequence


def letters(comment: str) -> str:
    """A comment's letters and digits in one case: what is left when marks, blanks and emoji are gone."""
    plain = unicodedata.normalize("NFKC", comment).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def alike(comments: Sequence[str]) -> int:
    """Comments that occur more than once, and those without any letter."""
    said = [letters(comment) for comment in comments]
    times = Counter(said)
    return sum(1 for words in said if not words or times[words] > 1)
