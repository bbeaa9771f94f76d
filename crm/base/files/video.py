"""MP4 and QuickTime files are a row of boxes; the walk along them finds what is no video and what tells the place.

Box layout: ISO/IEC 14496-12, section 4.2: 32-bit size and four letters, 64-bit size when the first is 1, 0 for the
last box, which then reaches to the end of the file.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext_lazy as _

from crm.base.files.kinds import UploadRefused

BOX_LETTERS = re.compile(rb"[\x20-\x7e\xa9]{4}")
TELLING = {b"udta", b"meta"}
ZEROS = bytes(64 * 1024)
MAX_BOXES = 100_000


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its four letters, where its content starts and where it ends."""

    letters: bytes
    content: int
    end: int


def scrub_video(file: IO[bytes], size: int) -> None:
    """Check the boxes and blank, in place, those that hold the place and the device of the recording.

    Raises UploadRefused when the boxes do not fill the file exactly or hold no picture track.
    """
    boxes = list(_boxes(file, 0, size))
    letters = [box.letters for box in boxes]
    if letters[0] != b"ftyp" or letters.count(b"moov") != 1 or not {b"mdat", b"moof"} & set(letters):
        raise _damaged()
    movie = next(box for box in boxes if box.letters == b"moov")
    parts = list(_boxes(file, movie.content, movie.end))
    tracks = [box for box in parts if box.letters == b"trak"]
    if b"mvhd" not in {box.letters for box in parts} or not tracks:
        raise _damaged()
    telling = [box for box in boxes + parts if box.letters in TELLING]
    telling += [box for track in tracks for box in _boxes(file, track.content, track.end) if box.letters in TELLING]
    for box in telling:
        _blank(file, box)


def _boxes(file: IO[bytes], start: int, end: int) -> Iterator[Box]:
    """The boxes that lie side by side between two offsets and fill the space exactly."""
    for _count in range(MAX_BOXES):
        if start == end:
            return
        file.seek(start)
        head = file.read(16)
        if end - start < 8 or len(head) < 8 or not BOX_LETTERS.fullmatch(head[4:8]):
            break
        length, content = struct.unpack(">I", head[:4])[0], start + 8
        if length == 1 and len(head) == 16:
            length, content = struct.unpack(">Q", head[8:])[0], start + 16
        stop = end if length == 0 else start + length
        if not content <= stop <= end:
            break
        yield Box(head[4:8], content, stop)
        start = stop
    raise _damaged()


def _blank(file: IO[bytes], box: Box) -> None:
    """Turn the box into free space of the same length, so that no offset in the file changes."""
    wide = 16 if _is_wide(file, box) else 8
    file.seek(box.content - wide + 4)
    file.write(b"free")
    file.seek(box.content)
    for start in range(box.content, box.end, len(ZEROS)):
        file.write(ZEROS[: box.end - start])


def _is_wide(file: IO[bytes], box: Box) -> bool:
    file.seek(box.content - 12)
    return file.read(4) == box.letters


def _damaged() -> UploadRefused:
    return UploadRefused(
        _("The video is damaged, cut off or has something attached. Export it again as MP4 and upload the new copy."),
        code="damaged",
    )
