"""The one door for files from outside: name, first bytes and a parser must all tell the same story."""

import secrets
import unicodedata
from collections.abc import Callable, Collection
from pathlib import PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from crm.base.files.kinds import EVERY_KIND, HEAD_BYTES, Family, Kind, UploadRefused, sniff
from crm.base.files.pdf import check_pdf
from crm.base.files.streams import copied
from crm.base.files.video import scrub_video
from crm.base.models import StoredFile

LABEL_LENGTH = 120

Quota = Callable[[int], None]
"""Is told the size in bytes before a file is read; raises UploadRefused when there is no room for it."""


class SafeFile(File):  # type: ignore[type-arg]
    """A checked file: its `name` is random, its `label` what the person called it."""

    def __init__(self, content: IO[bytes], kind: Kind, label: str, width: int | None, height: int | None) -> None:
        super().__init__(content, name=secrets.token_hex(16) + kind.endings[0])
        self.kind = kind
        self.content_type = kind.content_type
        self.label = label
        self.width = width
        self.height = height
        self.size = content.seek(0, 2)
        self.sha256 = _sha256(content)


def accept_upload(file: File[Any], *, kinds: Collection[Kind] = EVERY_KIND, quota: Quota | None = None) -> SafeFile:
    """The file, fit to be kept and shown.

    Pictures are written anew without metadata, videos lose the boxes that tell the place (in the given file itself),
    documents are kept byte for byte. Raises UploadRefused, a ValidationError whose sentence tells what to do.
    """
    label = clean_label(file.name or "")
    size = file.size or 0
    if size == 0:
        raise UploadRefused(_("The file “%(name)s” is empty. Choose it again."), code="empty", params={"name": label})
    if quota:
        quota(size)
    kind = _kind(file, label, kinds)
    _check_size(size, kind, label)
    content: IO[bytes] = file
    width = height = None
    content.seek(0)
    match kind.family:
        case Family.IMAGE:
            from crm.base.files.images import rewrite_image  # brings the libraries of pictures, for the one who uploads

            content, width, height = rewrite_image(content, kind)
            label, kind = _renamed(label, kind), kind.kept_as
        case Family.VIDEO:
            scrub_video(content, size)
        case Family.DOCUMENT:
            check_pdf(content.read())
    return SafeFile(content, kind, label, width, height)


def keep(safe: SafeFile, *, by: str) -> StoredFile:
    """Store a checked file under the name of who brought it."""
    return StoredFile.objects.create(
        file=safe, label=safe.label, mime=safe.content_type, size=safe.size, sha256=safe.sha256, uploaded_by=by[:120]
    )


def at_most(limit: int, already: int) -> Quota:
    """A quota by count: room for one more file while fewer than `limit` are kept already."""

    def check(_size: int) -> None:
        if already >= limit:
            raise UploadRefused(
                ngettext_lazy(
                    "There is already %(limit)d file here, which is the limit. Remove it first.",
                    "There are already %(limit)d files here, which is the limit. Remove one first.",
                    "limit",
                ),
                code="quota",
                params={"limit": limit},
            )

    return check


def clean_label(name: str) -> str:
    """What a person called the file, fit to be shown: no path, no invisible or reversing characters, 120 at most."""
    if "\x00" in name:
        raise UploadRefused(
            _("The file name contains a forbidden character. Rename the file and choose it again."), code="name"
        )
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(letter for letter in last if letter.isspace() or unicodedata.category(letter)[0] != "C")
    label = " ".join(shown.split()).strip(". ")
    ending = PurePosixPath(label).suffix
    if len(label) > LABEL_LENGTH and len(ending) < LABEL_LENGTH:
        label = label[: LABEL_LENGTH - len(ending)].rstrip(". ") + ending
    return label[:LABEL_LENGTH]


def _kind(file: File[Any], label: str, kinds: Collection[Kind]) -> Kind:
    """The kind on which first bytes and file name agree, if it is welcome here."""
    file.seek(0)
    kind = sniff(file.read(HEAD_BYTES))
    if kind is None or kind not in kinds:
        raise UploadRefused(
            _("“%(name)s” is not a file we can take here. Use %(kinds)s."),
            code="kind",
            params={"name": label, "kinds": _listed(kinds)},
        )
    if PurePosixPath(label).suffix.lower() not in kind.endings:
        raise UploadRefused(
            _("“%(name)s” is named differently from what it holds: %(kind)s. Rename it so that it ends in %(ending)s."),
            code="ending",
            params={"name": label, "kind": kind.human, "ending": kind.endings[0]},
        )
    return kind


def _renamed(label: str, kind: Kind) -> str:
    """With the ending of what it has become."""
    if kind.kept_as is kind:
        return label
    return str(PurePosixPath(label).with_suffix(kind.kept_as.endings[0]))[-LABEL_LENGTH:]


def _listed(kinds: Collection[Kind]) -> str:
    return get_text_list([kind.human for kind in Kind if kind in kinds], str(_("or")))


def _check_size(size: int, kind: Kind, label: str) -> None:
    limit = settings.UPLOAD_MAX_BYTES[kind.family.value]
    if size > limit:
        raise UploadRefused(
            _("“%(name)s” has %(size)s; at most %(limit)s are allowed. Make it smaller and upload it again."),
            code="size",
            params={"name": label, "size": filesizeformat(size), "limit": filesizeformat(limit)},
        )


def _sha256(content: IO[bytes]) -> str:
    content.seek(0)
    _size, digest = copied(content)
    content.seek(0)
    return digest
