"""Which item of the brief a note is probably about: the one it shares most of its words with. Pure."""

import re
from collections.abc import Iterable
from typing import Protocol, TypeVar

SAID = """yang dan di ke dari untuk dengan ini itu ada agar bisa boleh tolong lebih kurang saat pada juga atau tidak jangan
the and for with this that from not please more less can could should must will have has are was your you our"""
EVERYWHERE = frozenset(SAID.split())
"""Words that say nothing about what a sentence is about."""
SHORTEST, STEM = 3, 5


class Said(Protocol):
    text: str


T = TypeVar("T", bound=Said)


def suggest(body: str, items: Iterable[T]) -> T | None:
    """The item with the most words in common; the earlier one of two alike, None where nothing is shared."""
    words = stems(body)
    shared = [(len(words & stems(item.text)), item) for item in items]
    most, best = max(shared, key=lambda pair: pair[0], default=(0, None))
    return best if most else None


def stems(text: str) -> frozenset[str]:
    """Its words without their endings: `teksturnya` is about `tekstur`."""
    words = re.findall(r"\w+", text.casefold())
    return frozenset(word[:STEM] for word in words if len(word) >= SHORTEST and word not in EVERYWHERE)
