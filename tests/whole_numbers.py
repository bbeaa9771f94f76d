"""Whether a bank or tax number stands whole in an answer, whatever kind of file it is."""

import io
import zipfile
from collections.abc import Iterable

from crm.contracts.paper.reading import visible

BETWEEN = b" .-\n\r"
"""What people and papers set between the digits of a number."""
DEEPEST = 2


def readable(body: bytes, depth: int = 0) -> bytes:
    """What somebody reads in it: the pages of a PDF, every part of a workbook or an archive, else the answer as it is."""
    if body.startswith(b"%PDF-"):
        return visible(body).encode()
    if body.startswith(b"PK\x03\x04") and depth < DEEPEST:
        with zipfile.ZipFile(io.BytesIO(body)) as box:
            return b"\n".join(readable(box.read(name), depth + 1) for name in box.namelist())
    return body


def holds_whole(body: bytes, numbers: Iterable[bytes]) -> bool:
    """With or without blanks, dots and lines between the digits."""
    plain = readable(body).replace(b"\xc2\xa0", b"").translate(None, BETWEEN)
    return any(number in plain for number in numbers)
