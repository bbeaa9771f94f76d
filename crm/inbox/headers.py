"""Headers of mail from outside: decoded without trusting them, never longer than they need to be, never two lines.

The standard library's own header objects raise on what strangers write, and take long over it; these functions do neither.
"""

import base64
import binascii
import quopri
import re
from collections.abc import Iterable
from email.message import Message
from email.utils import parseaddr

from crm.base.text import one_line

LONGEST_HEADER = 4_000
MOST_NAMES = 50
LONGEST_ADDRESS = 254
ENCODED = re.compile(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?]*)\?=(?:[ \t\r\n]+(?==\?))?")
MESSAGE_NAME = re.compile(r"<[^<>\s]{1,250}>")
ADDRESS = re.compile(r"[^\s@<>()\[\]\\,;:\"]{1,64}@[a-z0-9.\-]{1,190}", re.IGNORECASE)
NO_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
NO_TEXT = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf_7", "utf-7"})
"""Codecs that are no charsets of letters, or that take quadratic time over what a stranger wrote."""


def decoded(data: bytes, charset: str = "") -> str:
    """Bytes as text: in the charset they claim, else in the usual ones; no zero bytes, no halves of letters."""
    for name in (charset.strip("\"' ").lower(), "utf-8", "cp1252"):
        if not name or name in NO_TEXT:
            continue
        try:
            return clean(data.decode(name))
        except (LookupError, UnicodeError, ValueError):
            continue
    return clean(data.decode("latin-1"))


def clean(text: str) -> str:
    """Text a database takes and a page shows: no control characters, no halves of letters."""
    return text.translate(NO_CONTROLS).encode("utf-8", "replace").decode("utf-8")


def raw_values(message: "Message", name: str) -> list[str]:
    """Every header of this name as it arrived, its bytes read as text, cut to what a header needs."""
    found = [value for key, value in message.raw_items() if key.lower() == name.lower()]
    return [decoded(str(value)[:LONGEST_HEADER].encode("ascii", "surrogateescape")) for value in found[:MOST_NAMES]]


def raw_value(message: "Message", name: str) -> str:
    return next(iter(raw_values(message, name)), "")


def words_of(message: "Message", name: str, longest: int) -> str:
    """A header in words, on one line."""
    return one_line(in_words(raw_value(message, name)), longest)


def in_words(value: str) -> str:
    """Encoded words (RFC 2047) decoded; what is broken stays as it was written."""
    return clean(ENCODED.sub(_word, value))


def _word(found: "re.Match[str]") -> str:
    charset, kind, text = found.groups()
    try:
        data = text.encode("ascii", "replace")
        if kind in "bB":
            read = base64.b64decode(data + b"=" * (-len(data) % 4))
        else:
            read = quopri.decodestring(data.replace(b"_", b" "), header=False)
    except (binascii.Error, ValueError):
        return found.group()
    return decoded(read, charset.partition("*")[0])


def address_of(message: "Message", name: str = "From") -> tuple[str, str]:
    """The name and the address of one header; the address is empty when it is none."""
    written = raw_value(message, name)
    said, address = parseaddr(written)
    return one_line(in_words(said), 160), plain_address(address) or plain_address(written)


def plain_address(text: str) -> str:
    """The first address in the text in lower case, or nothing. No mail server takes one longer than the longest."""
    found = ADDRESS.search(text[:LONGEST_HEADER])
    address = found.group().lower().rstrip(".") if found else ""
    return address if len(address) <= LONGEST_ADDRESS else ""


def addresses_in(values: Iterable[str]) -> list[str]:
    """Every address in these headers, each once."""
    found = (one.group().lower().rstrip(".") for value in values for one in ADDRESS.finditer(value))
    return list(dict.fromkeys(found))[:MOST_NAMES]


def names_in(values: Iterable[str]) -> list[str]:
    """Every Message-ID in these texts, each once, the last named first: that is what was answered."""
    found = [name for value in values for name in MESSAGE_NAME.findall(value)]
    return list(dict.fromkeys(reversed(found)))[:MOST_NAMES]
