"""Where the chain is kept in a PDF: as comment lines right before the cross reference, which every reader skips.

The last link, `pages`, holds the SHA-256 of all other bytes of the file, so that nothing in it can change unseen. A seal
is put behind the file's end and touches none of it.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from crm.contracts.paper.chain import PAGES, Link, extended, of_kind, read, written

FIRST, LAST = b"%MITRA-PROOF-1\n", b"%MITRA-PROOF-END\n"
WIDTH = 160
START = re.compile(rb"startxref\n([0-9]{1,12})\n%%EOF\n?\Z")
END_OF_FILE = re.compile(rb"startxref\n[0-9]{1,12}\n%%EOF\n?")


@dataclass(frozen=True)
class Kept:
    """A PDF as it was found: its chain, its own bytes and what somebody put behind its end."""

    links: list[Link]
    rest: bytes
    behind: bytes
    ends: int

    @property
    def facts(self) -> list[Link]:
        """The chain as it stands on the pages."""
        return self.links[:-1]

    @property
    def is_whole(self) -> bool:
        """Whether every byte is as it was when the chain was put in."""
        last = self.links[-1:]
        return bool(of_kind(last, PAGES)) and last[0].facts == _pages(self.rest)


def keep_in(pdf: bytes, links: Sequence[Link]) -> bytes:
    """The PDF with the chain in it, and one link more that covers the file itself."""
    start = START.search(pdf)
    if start is None:
        raise ValueError("not a PDF as it is written here")
    at = int(start[1])
    room = len(_block(extended(links, PAGES, _pages(b""))))
    tail = pdf[at : start.start()] + b"startxref\n%d\n%%%%EOF\n" % (at + room)
    return pdf[:at] + _block(extended(links, PAGES, _pages(pdf[:at] + tail))) + tail


def found_in(data: bytes) -> Kept | None:
    """The chain of a file and everything around it; None where there is none, or it cannot be read."""
    if data.count(FIRST) != 1 or data.count(LAST) != 1:
        return None
    begins, ends = data.index(FIRST), data.index(LAST) + len(LAST)
    over = END_OF_FILE.search(data, ends)
    lines = data[begins + len(FIRST) : ends - len(LAST)].split(b"\n")
    if over is None or any(line and not line.startswith(b"%") for line in lines):
        return None
    try:
        links = read(b"".join(line[1:] for line in lines))
    except ValueError:
        return None
    return Kept(links, data[:begins] + data[ends : over.end()], data[over.end() :], over.end())


def _block(links: Sequence[Link]) -> bytes:
    text = written(links)
    lines = [b"%" + text[place : place + WIDTH] + b"\n" for place in range(0, len(text), WIDTH)]
    return FIRST + b"".join(lines) + LAST


def _pages(rest: bytes) -> dict[str, str]:
    return {"sha256": hashlib.sha256(rest).hexdigest()}
