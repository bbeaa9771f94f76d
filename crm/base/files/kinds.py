"""The kinds of file Mitra takes, and how a file begins when it is one."""

from enum import Enum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class UploadRefused(ValidationError):
    """A file was not taken; the message says what the person can do about it."""


class Family(Enum):
    """What kinds have in common: how they are opened and how large they may be."""

    IMAGE = "image"
    VIDEO = "video"
    DOCUMENT = "document"


class Kind(Enum):
    """One accepted format with its family, content type and file name endings, of which the first is ours."""

    JPEG = (Family.IMAGE, "image/jpeg", (".jpg", ".jpeg"))
    PNG = (Family.IMAGE, "image/png", (".png",))
    WEBP = (Family.IMAGE, "image/webp", (".webp",))
    HEIC = (Family.IMAGE, "image/heic", (".heic", ".heif"))
    MP4 = (Family.VIDEO, "video/mp4", (".mp4", ".m4v"))
    MOV = (Family.VIDEO, "video/quicktime", (".mov",))
    PDF = (Family.DOCUMENT, "application/pdf", (".pdf",))

    def __init__(self, family: Family, content_type: str, endings: tuple[str, ...]) -> None:
        self.family = family
        self.content_type = content_type
        self.endings = endings

    @property
    def kept_as(self) -> "Kind":
        """What it is once it is written anew: browsers cannot show what phones of Apple photograph."""
        return Kind.JPEG if self is Kind.HEIC else self

    @property
    def human(self) -> str:
        """What people call a file of this kind."""
        return str(HUMAN[self])


HUMAN = {
    Kind.JPEG: _("a JPEG picture"),
    Kind.PNG: _("a PNG picture"),
    Kind.WEBP: _("a WebP picture"),
    Kind.HEIC: _("a HEIC picture"),
    Kind.MP4: _("an MP4 video"),
    Kind.MOV: _("a QuickTime video"),
    Kind.PDF: _("a PDF document"),
}


IMAGES = frozenset(kind for kind in Kind if kind.family is Family.IMAGE)
VIDEOS = frozenset(kind for kind in Kind if kind.family is Family.VIDEO)
DOCUMENTS = frozenset(kind for kind in Kind if kind.family is Family.DOCUMENT)
EVERY_KIND = frozenset(Kind)

HEAD_BYTES = 4096
QUICKTIME = b"qt  "
MP4_BRANDS = {b"isom", b"avc1", b"mp41", b"mp42", b"mp71", b"M4V ", b"M4VH", b"M4VP", b"MSNV", b"dash", b"XAVC"} | {
    b"iso%d" % number for number in range(2, 10)
}
APPLE_PICTURES = {b"heic", b"heix", b"heim", b"heis", b"mif1"}
UNREAD_PICTURES = {b"hevc", b"msf1", b"avif", b"avis"}


def sniff(head: bytes) -> Kind | None:
    """The kind a file of these first bytes claims to be, or None."""
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    if head.startswith(b"%PDF-"):
        return Kind.PDF
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    return None


def _by_brand(head: bytes) -> Kind | None:
    brand = head[8:12]
    if brand in APPLE_PICTURES:
        return Kind.HEIC
    if brand in UNREAD_PICTURES:
        raise UploadRefused(
            _("This picture is in a format that cannot be read here. Export it as JPEG and upload that."), code="heic"
        )
    if brand == QUICKTIME:
        return Kind.MOV
    return Kind.MP4 if brand in MP4_BRANDS else None
