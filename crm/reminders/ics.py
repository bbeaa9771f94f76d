"""Calendars as RFC 5545 writes them: lines of names and values, escaped and folded; a thousand events in a blink.

icalendar reads and writes everything the standard knows; one event of it costs more than the question for its day.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

Value = str | int | dt.date | dt.datetime
Lines = Iterable[tuple[str, Value]]
MOST_OCTETS = 75
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
AS_IT_IS = frozenset({"BEGIN", "END", "UID", "URL"})
"""Names and addresses are no texts: nothing in them is escaped."""


def calendar(head: Lines, events: Iterable[Lines]) -> bytes:
    """A whole calendar."""
    return b"".join(folded(line) for line in _lines(head, events))


def _lines(head: Lines, events: Iterable[Lines]) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield from (_line(name, value) for name, value in head)
    for event in events:
        yield "BEGIN:VEVENT"
        yield from (_line(name, value) for name, value in event)
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _line(name: str, value: Value) -> str:
    if isinstance(value, dt.datetime):
        return f"{name}:{value.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    if isinstance(value, dt.date):
        return f"{name};VALUE=DATE:{value:%Y%m%d}"
    return f"{name}:{value if isinstance(value, int) or name in AS_IT_IS else value.translate(ESCAPED)}"


def folded(line: str) -> bytes:
    """The line with its end; a long one goes on behind a space, and no letter is cut (RFC 5545, section 3.1)."""
    rest = line.encode()
    parts: list[bytes] = []
    while len(rest) > MOST_OCTETS - bool(parts):
        cut = MOST_OCTETS - bool(parts)
        while rest[cut] & 0xC0 == 0x80:  # in the middle of a letter
            cut -= 1
        parts.append(rest[:cut])
        rest = rest[cut:]
    return b"\r\n ".join([*parts, rest]) + b"\r\n"
