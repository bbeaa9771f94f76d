"""A chain of facts that anybody can check: each link's SHA-256 covers its own facts and the link before it.

The hash of a link is the SHA-256 of the JSON list [hash before, kind, facts], written with sorted keys, without blanks
and in ASCII; before the first stands a row of zeros. Nothing here needs a database, a key or Django.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

BEGINNING = "0" * 64
DOCUMENT, SIGNATURE, AMENDMENT, STAMP, PAGES = "document", "signature", "amendment", "stamp", "pages"

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Link:
    """One fact about a contract, and the hash that binds it to everything before it."""

    kind: str
    facts: Facts
    sha256: str


def canonical(value: Any) -> bytes:
    """The one way these facts are written: a changed letter gives other bytes, a changed order does not."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")


def hashed(before: str, kind: str, facts: Facts) -> str:
    """The hash of a link that follows this one."""
    return hashlib.sha256(canonical([before, kind, facts])).hexdigest()


def extended(links: Sequence[Link], kind: str, facts: Facts) -> list[Link]:
    """The chain with one more link."""
    return [*links, Link(kind, facts, hashed(end_of(links), kind, facts))]


def end_of(links: Sequence[Link]) -> str:
    """The hash that stands for all of it."""
    return links[-1].sha256 if links else BEGINNING


def first_break(links: Sequence[Link]) -> int | None:
    """Where the chain does not hold, counted from nought; None while it does."""
    before = BEGINNING
    for place, link in enumerate(links):
        if link.sha256 != hashed(before, link.kind, link.facts):
            return place
        before = link.sha256
    return None


def of_kind(links: Sequence[Link], kind: str) -> list[Link]:
    return [link for link in links if link.kind == kind]


def written(links: Sequence[Link]) -> bytes:
    """The chain as it is kept in a file."""
    return canonical([[link.kind, link.facts, link.sha256] for link in links])


def read(text: bytes) -> list[Link]:
    """A chain as it was kept. Raises ValueError for anything else."""
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("not a chain") from error
    if not isinstance(rows, list) or not all(_is_link(row) for row in rows):
        raise ValueError("not a chain")
    return [Link(*row) for row in rows]


def _is_link(row: Any) -> bool:
    match row:
        case [str(), dict(), str()]:
            return True
        case _:
            return False
