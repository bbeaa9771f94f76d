"""PDF documents are taken only as paper: no scripts, no programs to start, no files inside, no password.

The check reads the objects without building a document: names are looked for in the bytes, `#xx` escapes included, and
in every compressed object stream. What cannot be looked into is refused. All searches are linear in the file's size.
"""

import re
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from crm.base.files.kinds import UploadRefused

MAX_INFLATED = 64 * 1024 * 1024
MAX_DICTIONARY = 4_000
MAX_OPENINGS = 20


def _name(*names: bytes) -> re.Pattern[bytes]:
    """Any of these PDF names, each letter written plainly or as a `#xx` escape."""
    spelled = [b"".join(rb"(?:%c|#(?i:%02x))" % (letter, letter) for letter in name) for name in names]
    return re.compile(rb"/(?:%s)(?=[\s\x00/<>\[\](){}%%]|\Z)" % b"|".join(spelled))


HEADER = re.compile(rb"%PDF-[12]\.[0-9]")
TAIL = re.compile(rb"startxref\s+([0-9]{1,12})\s+%%EOF[\s\x00]*\Z")
CROSS_REFERENCE = re.compile(rb"\s*(xref\b|[0-9]+\s+[0-9]+\s+obj\b)")
STREAM = re.compile(rb"\bstream\r?\n")
ENCRYPTED = _name(b"Encrypt")
OBJECT_STREAM = _name(b"ObjStm")
FILTER, PARAMETERS = _name(b"Filter", b"F"), _name(b"DecodeParms", b"DP")
DEFLATED = re.compile(rb"\s*(?:\[\s*/(?:FlateDecode|Fl)\s*\]|/(?:FlateDecode|Fl)(?=[\s/>]|\Z))")
OPENING = re.compile(_name(b"OpenAction").pattern + rb"\s*(\[|<<|[0-9]{1,10}\s+[0-9]{1,5}\s+R|)")
JUMP = re.compile(rb"[^>]{0,500}?/S\s*/GoTo(?=[\s/>])")

# Long names are looked for everywhere, for a cross reference may point into what looks like picture data. The short
# ones appear by chance in compressed data, so they count outside of it only.
ACTIVE = _name(
    *(b"JavaScript", b"Launch", b"EmbeddedFile", b"EmbeddedFiles", b"RichMedia", b"Rendition"),
    *(b"ImportData", b"SubmitForm", b"GoToE", b"XFA"),
)
ACTIVE_SHORT = _name(b"JS", b"AA")


def check_pdf(data: bytes) -> None:
    """Raise UploadRefused unless the document is whole, readable and does nothing by itself."""
    _check_frame(data)
    if ENCRYPTED.search(data):
        raise UploadRefused(
            _("The PDF is protected by a password. Save a copy without it and upload that."), code="locked"
        )
    outside = b" ".join(_outside_streams(data))
    packed = b"\n".join(_object_streams(data))
    if any(ACTIVE.search(text) for text in (data, packed)):
        raise _active()
    if any(ACTIVE_SHORT.search(text) for text in (outside, packed)):
        raise _active()
    if not all(_opens_at_a_page(text, data) for text in (outside, packed)):
        raise _active()


def _check_frame(data: bytes) -> None:
    """Header first, `%%EOF` last, and the cross reference where the end says it is."""
    tail = TAIL.search(data, max(0, len(data) - 2048))
    if not HEADER.match(data) or tail is None or not CROSS_REFERENCE.match(data, int(tail[1])):
        raise UploadRefused(
            _("The PDF is damaged, cut off or has something attached. Print it to a new PDF and upload that."),
            code="damaged",
        )


def _outside_streams(data: bytes) -> Iterator[bytes]:
    """The document without the bodies of its streams."""
    start = 0
    while found := STREAM.search(data, start):
        end = data.find(b"endstream", found.end())
        if end < 0:
            break
        yield data[start : found.start()]
        start = end
    yield data[start:]


def _object_streams(data: bytes) -> Iterator[bytes]:
    """The text of every compressed object stream; refused when one of them cannot be read."""
    room = MAX_INFLATED
    for found in OBJECT_STREAM.finditer(data):
        begins = STREAM.search(data, found.end(), found.end() + MAX_DICTIONARY)
        ends = data.find(b"endstream", begins.end()) if begins else -1
        if begins is None or ends < 0 or room <= 0:
            raise _unreadable()
        opens = data.rfind(b"obj", max(0, found.start() - MAX_DICTIONARY), found.start())
        text = _inflate(data[opens : begins.start()], data[begins.end() : ends], room)
        room -= len(text)
        yield text


def _inflate(dictionary: bytes, body: bytes, room: int) -> bytes:
    filtered = FILTER.search(dictionary)
    if filtered is None:
        return body
    if not DEFLATED.match(dictionary, filtered.end()) or PARAMETERS.search(dictionary):
        raise _unreadable()
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(body, room)
    except zlib.error as broken:
        raise _unreadable() from broken
    if not unpacker.eof:
        raise _unreadable()
    return text


def _opens_at_a_page(text: bytes, data: bytes) -> bool:
    """A document may open at a page of its own and do nothing else."""
    for count, found in enumerate(OPENING.finditer(text)):
        target, source = found, text
        if found[1].endswith(b"R"):
            number, generation, _letter = found[1].split()
            referred = re.search(rb"\b%s\s+%s\s+obj\s*(\[|<<|)" % (number, generation), data)
            if referred is None:
                return False
            target, source = referred, data
        jumps = target[1] == b"[" or (target[1] == b"<<" and JUMP.match(source, target.end()))
        if count == MAX_OPENINGS or not jumps:
            return False
    return True


def _active() -> UploadRefused:
    return UploadRefused(
        _(
            "The PDF contains more than pages (a script, an attached file or something that starts by itself). "
            "Print it to a new PDF and upload that."
        ),
        code="active",
    )


def _unreadable() -> UploadRefused:
    return UploadRefused(
        _("The PDF is packed in a way that cannot be checked. Print it to a new PDF and upload that."),
        code="unreadable",
    )
