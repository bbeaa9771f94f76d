"""One mail as it lay in the mailbox, read: who, about what, the words, what is enclosed. Never an endless or deep walk."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.base.text import one_line
from crm.inbox.headers import (
    address_of,
    addresses_in,
    clean,
    decoded,
    in_words,
    names_in,
    raw_value,
    raw_values,
    words_of,
)
from crm.inbox.html import text_of

LARGEST = 25 * 1024 * 1024
LONGEST_HEAD = 256 * 1024
LONGEST_PART_HEAD = 8 * 1024
MOST_PARTS = 60
MOST_DELIMITERS = 1_000
MOST_LINES = 500_000
LONGEST_TEXT = 100_000
MOST_ENCLOSED = 10
MOST_PAGES = 5

TOO_LARGE = _("The mail is larger than %(limit)s MB and was not taken. Open it in your own mail program.")
HEAD_TOO_LONG = _("The head of this mail is longer than any real one. Its source is kept.")
TOO_DEEP = _("The parts of this mail are nested deeper than in any real one. Its source is kept.")
BROKEN = _("This mail could not be read. Its source is kept.")
DELIMITER = re.compile(rb"[\r\n]--")
PART_HEAD = re.compile(
    rb"content-(?:type|disposition)[ \t]*:(?:[^\r\n]|\r?\n[ \t]|\r[ \t]){0,%d}" % (LONGEST_PART_HEAD + 1), re.IGNORECASE
)
NESTING = re.compile(rb"boundary[\s*0-9]{0,9}=|message/", re.IGNORECASE)
MOST_STEPS = 6_000_000
"""The standard library compares every line with every boundary that is open."""


class Unreadable(Exception):
    """A mail that is kept by its source only. `said` is a lazy sentence."""

    def __init__(self, said: Any) -> None:
        self.said = said
        super().__init__(str(said))


@dataclass(frozen=True)
class Enclosed:
    """A file in a mail, not looked at yet."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Incoming:
    """What a mail says of itself."""

    message: "Message"
    message_id: str
    answers: list[str]  # the messages it answers, the last one first
    from_name: str
    from_address: str
    to_addresses: list[str]
    subject: str
    text: str
    enclosed: list[Enclosed] = field(default_factory=list)
    left_out: int = 0


def read(raw: bytes) -> Incoming:
    """The mail behind these bytes. Raises Unreadable, and nothing else."""
    refuse_monsters(raw)
    try:
        return _read(message_from_bytes(raw))
    except Exception as error:  # Whatever the standard library finds: one mail never stops the others.
        raise Unreadable(BROKEN) from error


def refuse_monsters(raw: bytes) -> None:
    """What takes too long or too much room to read is not read at all: each limit is far above any real mail."""
    head = min((end for end in (raw.find(b"\r\n\r\n"), raw.find(b"\n\n")) if end >= 0), default=len(raw))
    if head > LONGEST_HEAD or raw.count(b"\n") + raw.count(b"\r") > 2 * MOST_LINES:
        raise Unreadable(HEAD_TOO_LONG)
    if _more_than(MOST_PARTS, NESTING, raw) or _more_than(MOST_DELIMITERS, DELIMITER, raw):
        raise Unreadable(TOO_DEEP)
    depth = sum(1 for _found in NESTING.finditer(raw))
    if raw.count(b"\n") * (depth + 1) > MOST_STEPS:
        raise Unreadable(TOO_DEEP)
    if any(len(found.group()) > LONGEST_PART_HEAD for found in PART_HEAD.finditer(raw)):
        raise Unreadable(TOO_DEEP)


def _more_than(limit: int, mark: "re.Pattern[bytes]", raw: bytes) -> bool:
    return next(islice(mark.finditer(raw), limit, None), None) is not None


def _read(message: "Message") -> Incoming:
    name, address = address_of(message)
    parts = list(leaves(message))
    files = [part for part in parts if is_enclosed(part)]
    return Incoming(
        message=message,
        message_id=next(iter(names_in([raw_value(message, "Message-ID")])), ""),
        answers=names_in([*raw_values(message, "References"), *raw_values(message, "In-Reply-To")]),
        from_name=name,
        from_address=address,
        to_addresses=addresses_in(value for named in RECEIVERS for value in raw_values(message, named)),
        subject=words_of(message, "Subject", 300),
        text=body_of(parts),
        enclosed=[Enclosed(name_of(part), content_of(part)) for part in files[:MOST_ENCLOSED]],
        left_out=max(len(files) - MOST_ENCLOSED, 0),
    )


RECEIVERS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")


def leaves(message: "Message") -> Iterator["Message"]:
    """The parts that hold something, in order; a mail inside a mail is one part."""
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop()
        inside = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inside, list):
            waiting += [one for one in reversed(inside) if isinstance(one, Message)]
        else:
            yield part


NOT_FOR_READERS = ("message/delivery-status", "text/rfc822-headers")


def is_enclosed(part: "Message") -> bool:
    """Whether this part is a file rather than words."""
    if part.get_content_maintype() == "multipart" or part.get_content_type() in NOT_FOR_READERS:
        return False
    if part.get_content_type() in ("text/plain", "text/html"):
        return part.get_content_disposition() == "attachment"
    return True


def content_of(part: "Message") -> bytes:
    """The bytes of a part; a mail inside a mail as it was."""
    inside = part.get_payload()
    if isinstance(inside, list):
        return b"".join(one.as_bytes() for one in inside if isinstance(one, Message))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def name_of(part: "Message") -> str:
    """What the sender called it; what has no name gets one from its kind."""
    named = part.get_filename()
    if named:
        return one_line(in_words(clean(str(named))), 120) or "file"
    return "mail.eml" if part.get_content_type() == "message/rfc822" else f"file.{part.get_content_subtype()[:12]}"


def body_of(parts: list["Message"]) -> str:
    """The words, plain ones before HTML."""
    plain = [words for part in parts if (words := _words(part, "text/plain")).strip()]
    if plain:
        return "\n\n".join(plain)[:LONGEST_TEXT]
    written = (words for part in parts if (words := _words(part, "text/html")).strip())
    pages = [text_of(words) for words in islice(written, MOST_PAGES)]
    return "\n\n".join(page for page in pages if page)[:LONGEST_TEXT]


def _words(part: "Message", kind: str) -> str:
    is_bare = part.get_content_maintype() == "multipart" and kind == "text/plain"  # it says so and has no parts
    if not is_bare and (part.get_content_type() != kind or is_enclosed(part)):
        return ""
    return decoded(content_of(part)[: 4 * LONGEST_TEXT], str(part.get_content_charset() or ""))
