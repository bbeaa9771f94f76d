"""Hashtags, accounts and lists of words as people type them, made tidy."""

import re
from collections.abc import Iterable

BETWEEN = re.compile(r"[\s,;]+")
INSIDE = re.compile(r"[^\w]+")


def clean_hashtags(typed: str) -> list[str]:
    """`glow, #Glow  # lumi` becomes `#glow #lumi`: no sign twice, no blank within, each once whatever its case."""
    joined = re.sub(r"#+\s*", " #", typed)
    return once(f"#{word}" for part in BETWEEN.split(joined) if (word := INSIDE.sub("", part)))


def clean_mentions(typed: str) -> list[str]:
    """Accounts, each once, with one @ before it."""
    joined = re.sub(r"@+\s*", " @", typed)
    return once(f"@{name}" for part in BETWEEN.split(joined) if (name := re.sub(r"[^\w.]+", "", part).strip(".")))


def clean_lines(typed: str) -> list[str]:
    """One entry on each line, each once."""
    return once(" ".join(line.split()) for line in typed.splitlines() if line.strip())


def clean_words(typed: str) -> list[str]:
    """Words and phrases between commas or on lines of their own, each once."""
    return once(" ".join(part.split()) for part in re.split(r"[,\n;]", typed) if part.strip())


def once(found: Iterable[str]) -> list[str]:
    """The first of those that are alike whatever their case."""
    kept: dict[str, str] = {}
    for one in found:
        kept.setdefault(one.casefold(), one)
    return list(kept.values())
