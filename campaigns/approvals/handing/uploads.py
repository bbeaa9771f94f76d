"""Files that come in pieces: begin, add, finish, remove. Every step may be repeated; what has arrived stays."""

import datetime as dt
import secrets
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import F, Max, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.handing import parts
from campaigns.approvals.models import ContentAsset, UnsentDraft, Upload
from crm.base.files import EVERY_KIND, Quota, UploadRefused, accept_upload, at_most, clean_label, keep
from crm.base.models import Organisation, StoredFile

FILES_AT_MOST = 10
KEPT_UNFINISHED = dt.timedelta(days=3)


class WrongPlace(Exception):
    """A piece that does not begin where the last one ended; `offset` is where it should."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        super().__init__(f"The next piece begins at {offset}.")


def begin(unsent: UnsentDraft, name: str, size: int) -> Upload:
    """An upload to add pieces to; the one begun before when the same file is chosen again. Raises UploadRefused."""
    label, key = clean_label(name), secrets.token_urlsafe(32)
    with unsent.held() as kept:
        there: Upload | None = kept.uploads.filter(label=label, size=size, file__isnull=True, refused="").first()
        if there is not None:
            return there
        check_room(kept, label, size)
        return Upload.objects.create(
            unsent=kept, key=key, label=label, size=size, part=f"{key}.part", position=_next_place(kept)
        )


def _next_place(unsent: UnsentDraft) -> int:
    return (unsent.uploads.aggregate(last=Max("position"))["last"] or 0) + 1


def check_room(unsent: UnsentDraft, label: str, size: int) -> None:
    """Refuse early, by name and size alone, what would be refused at the end."""
    kinds = [kind for kind in EVERY_KIND if PurePosixPath(label).suffix.lower() in kind.endings]
    if not kinds:
        raise UploadRefused(
            _("“%(name)s” is not a file we can take here. Use a picture, a video or a PDF, or paste a link instead."),
            params={"name": label},
        )
    limit = settings.UPLOAD_MAX_BYTES[kinds[0].family.value]
    if not 0 < size <= limit:
        raise UploadRefused(
            _("“%(name)s” has %(size)s; at most %(limit)s are allowed. Make it smaller, or paste a link instead."),
            params={"name": label, "size": filesizeformat(max(size, 0)), "limit": filesizeformat(limit)},
        )
    quota_for(unsent)(size)


def quota_for(unsent: UnsentDraft) -> Quota:
    """Room by count and by what the house keeps altogether."""
    by_count = at_most(FILES_AT_MOST, unsent.uploads.filter(refused="").count())

    def check(size: int) -> None:
        by_count(size)
        limit = Organisation.load().storage_limit_mb
        if limit is not None and bytes_kept() + size > limit * 1_000_000:
            raise UploadRefused(
                _("We have no room for this file at the moment. Paste a link to it instead; we see to the room.")
            )

    return check


def bytes_kept() -> int:
    """Everything on record that still lies in the store, and what is on its way."""
    kept = StoredFile.objects.exclude(file="").aggregate(n=Sum("size"))["n"] or 0
    coming = Upload.objects.filter(file__isnull=True, refused="").aggregate(n=Sum("size"))["n"] or 0
    return int(kept + coming)


def add_piece(key: str, offset: int, piece: bytes) -> int:
    """Add bytes where the last ones ended; how many are there now. Raises WrongPlace with the place to go on from."""
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(key=key)
        there = min(upload.received, parts.size_of(upload.part)) if upload.file_id is None else upload.size
        if upload.refused or offset != there or offset + len(piece) > upload.size:
            raise WrongPlace(there)
        parts.write_at(upload.part, offset, piece)
        upload.received = offset + len(piece)
        upload.save(update_fields=["received", "updated_at"])
    return offset + len(piece)


def finish(upload: Upload, by: str) -> Upload:
    """Check the whole file and keep it, or keep why it was not taken. A second time changes nothing.

    Raises WrongPlace while bytes are missing.
    """
    if upload.file_id is not None or upload.refused:
        return upload
    there = min(upload.received, parts.size_of(upload.part))
    if there < upload.size:
        return _finished_elsewhere(upload, there)
    try:
        with parts.opened(upload.part) as content:
            safe = accept_upload(File(content, name=upload.label))
            _settle(upload, keep(safe, by=by))
    except UploadRefused as refused:
        Upload.objects.filter(pk=upload.pk, file__isnull=True).update(refused=" ".join(refused.messages)[:300])
    except FileNotFoundError:
        return _finished_elsewhere(upload, 0)
    parts.remove(upload.part)
    upload.refresh_from_db()
    return upload


def _finished_elsewhere(upload: Upload, there: int) -> Upload:
    """The same file, finished in another tab a moment ago; or bytes are missing, and WrongPlace says from where."""
    upload.refresh_from_db()
    if upload.file_id is None and not upload.refused:
        raise WrongPlace(there)
    return upload


def _settle(upload: Upload, kept: StoredFile) -> None:
    """Who finishes first fills the row; the other's copy is let go."""
    fitting = Upload.objects.filter(pk=upload.pk, file__isnull=True, refused="")
    if not fitting.update(file=kept, received=F("size")):
        let_go(kept)


def take_whole(unsent: UnsentDraft, file: File[Any], by: str) -> Upload:
    """A file that came at once, with the form: the same checks, the same list."""
    label, size = "", max(file.size or 0, 1)
    kept, refused = None, ""
    try:
        label = clean_label(file.name or "")
        kept = keep(accept_upload(file, quota=quota_for(unsent)), by=by)
    except UploadRefused as why:
        refused = " ".join(why.messages)[:300]
    with unsent.held() as now:
        return Upload.objects.create(
            unsent=now, key=secrets.token_urlsafe(32), label=label or "?", size=size, received=size if kept else 0,
            position=_next_place(now), file=kept, refused=refused,
        )  # fmt: skip


def drop(upload: Upload) -> None:
    """Take a file off the list, with everything that has arrived of it. What was sent meanwhile stays."""
    with transaction.atomic():
        list(UnsentDraft.objects.select_for_update().filter(pk=upload.unsent_id).values_list("pk"))
        found = Upload.objects.select_for_update().filter(pk=upload.pk).first()
        if found is None:
            return
        kept = found.file
        found.delete()
    if found.part:
        parts.remove(found.part)
    if kept is not None:
        let_go(kept)


def let_go(kept: StoredFile) -> None:
    """Remove a file nobody handed in; what is in a version stays."""
    if ContentAsset.objects.filter(file=kept).exists():
        return
    kept.file.delete(save=False)
    kept.delete()


def sweep(now: dt.datetime) -> int:
    """Forget what has been on its way for too long, and parts nobody asks for any more."""
    long_ago = now - KEPT_UNFINISHED
    old = list(Upload.objects.filter(file__isnull=True, refused="", updated_at__lt=long_ago))
    for upload in old:
        drop(upload)
    stray = list(parts.older_than(long_ago.timestamp()))
    asked_for = (
        set(Upload.objects.filter(part__in=stray, file__isnull=True).values_list("part", flat=True)) if stray else set()
    )
    for part in stray:
        if part not in asked_for:
            parts.remove(part)
    return len(old) + len(set(stray) - asked_for)
