"""What stands on the pages of a paper we wrote, read back from the file's own bytes, as one run without blanks."""

import re
import zlib
from collections.abc import Iterator, Mapping

from crm.contracts.paper.sheet import FRAME

OBJECT = re.compile(rb"(?:\A|\s)([0-9]{1,7}) 0 obj\b(.*?)\bendobj\b", re.S)
STREAM = re.compile(rb"\bstream\r?\n(.*)\r?\nendstream", re.S)
KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
REFERENCE = re.compile(rb"([0-9]{1,7}) 0 R")
CONTENTS = re.compile(rb"/Contents ([0-9]{1,7}) 0 R")
FONT = re.compile(rb"/F([0-9]{1,3}) ([0-9]{1,7}) 0 R")
UNICODE = re.compile(rb"/ToUnicode ([0-9]{1,7}) 0 R")
LETTER = re.compile(rb"<([0-9A-F]{4})> <((?:[0-9A-F]{4}){1,8})>")
DRAWN = re.compile(rb"/F([0-9]{1,3}) ([0-9.]{1,8}) Tf|\(((?:\\.|[^\\)])*)\) Tj", re.S)
ESCAPED = re.compile(rb"\\(.)", re.S)
MEANT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
AROUND = {f"{FRAME:.2f}".encode(), f"{FRAME * 10:.2f}".encode()}
LARGEST = 8 * 1024 * 1024

Objects = Mapping[int, bytes]


def squeezed(text: str) -> str:
    """Without any blank: where a line ended on the page does not matter."""
    return "".join(text.split())


def visible(pdf: bytes) -> str:
    """All text on the pages in the order it was drawn, without what stands around each. Empty for a foreign file."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    fonts = {int(name): _letters(objects, int(number)) for name, number in FONT.findall(b"".join(objects.values()))}
    return squeezed("".join(_page(objects, page, fonts) for page in _pages(objects)))


def _pages(objects: Objects) -> Iterator[bytes]:
    """The pages from the first to the last."""
    for body in objects.values():
        found = KIDS.search(body) if b"/Type /Pages" in body else None
        if found is not None:
            yield from (objects.get(int(number), b"") for number in REFERENCE.findall(found[1]))


def _page(objects: Objects, page: bytes, fonts: Mapping[int, Mapping[int, str]]) -> str:
    found = CONTENTS.search(page)
    drawing = _stream(objects.get(int(found[1]), b"")) if found else b""
    said, letters, counts = [], dict[int, str](), False
    for font, size, text in DRAWN.findall(drawing):
        if font:
            letters, counts = dict(fonts.get(int(font), {})), size not in AROUND
        elif counts:
            plain = ESCAPED.sub(lambda sign: MEANT.get(sign[1], sign[1]), text)
            said.append(
                "".join(letters.get(int.from_bytes(plain[at : at + 2], "big"), "?") for at in range(0, len(plain), 2))
            )
    return "".join(said)


def _letters(objects: Objects, font: int) -> dict[int, str]:
    """Which letter each number of a font stands for."""
    found = UNICODE.search(objects.get(font, b""))
    table = _stream(objects.get(int(found[1]), b"")) if found else b""
    return {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
        for code, text in LETTER.findall(table)
    }


def _stream(body: bytes) -> bytes:
    found = STREAM.search(body)
    if found is None:
        return b""
    if b"/FlateDecode" not in body[: found.start()]:
        return found[1]
    try:
        return zlib.decompressobj().decompress(found[1], LARGEST)
    except zlib.error:
        return b""
