"""The steps of a file: taken, its columns chosen, brought in, undone. Two who bring the same file bring it once."""

import datetime as dt
import hashlib
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign, Refused
from campaigns.results.files.kinds import FileKind, kind_of
from campaigns.results.files.reading import guess, read, stored
from campaigns.results.files.rehearsing import rehearse
from campaigns.results.models import ResultFile
from crm.base.files import clean_label
from crm.base.files.letting_go import bytes_go
from crm.base.models import StoredFile
from crm.team.models import User
from crm.timeline.record import Actor, record

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
THERE = _("This file was brought in already.")
NOT_THERE = _("This file brings nothing that could be undone.")
NOTHING = _("No row of this file comes in. Each says why.")


def take_file(kind: FileKind, campaign: Campaign, name: str, data: bytes, *, user: User) -> ResultFile:
    """Keep a file with its columns as far as they are known; nothing of it counts yet. Raises UnreadableFile."""
    table = read(kind, data)
    label = clean_label(name) or "table"
    sha256 = hashlib.sha256(data).hexdigest()
    kept = StoredFile.objects.create(
        file=ContentFile(data, name=f"{sha256[:32]}.bin"), label=label, size=len(data), sha256=sha256,
        mime=XLSX if table.sheet else "text/csv", uploaded_by=str(user)[:120],
    )  # fmt: skip
    columns = stored(table, guess(kind, table.header))
    return ResultFile.objects.create(
        campaign=campaign, kind=kind.code, file=kept, columns=columns, rows=len(table.rows), by=user
    )


def choose_columns(file: ResultFile, targets: Sequence[str]) -> None:
    """What the columns mean, as somebody says. Raises Refused once the file is brought in."""
    columns = {**file.columns, "targets": list(targets)}
    waiting = ResultFile.objects.filter(pk=file.pk, brought_at__isnull=True)
    if not waiting.update(columns=columns):
        raise Refused(file, THERE)
    file.columns = columns


def bring_in(file: ResultFile, *, at: dt.datetime, actor: Actor) -> ResultFile:
    """Judge the rows once more and write those that come in. Raises Refused and UnreadableFile."""
    kind = kind_of(file.kind)
    with transaction.atomic():
        row = _locked(file)
        if row.brought_at is not None:
            raise Refused(row, THERE)
        row.taken = kind.write(row, rehearse(kind, row, at).coming, at=at, actor=actor)
        if not row.taken:
            raise Refused(row, NOTHING)
        row.brought_at = at
        row.save(update_fields=["taken", "brought_at", "updated_at"])
        _tell(row, "result_file.brought", _("Brought in from “%(file)s”: rows %(rows)s"), at=at, actor=actor)
    return row


def undo(file: ResultFile, *, at: dt.datetime, actor: Actor) -> int:
    """Take away everything the file brought; how many rows that were. Raises Refused."""
    with transaction.atomic():
        row = _locked(file)
        if row.brought_at is None or row.undone_at is not None:
            raise Refused(row, NOT_THERE)
        gone = kind_of(row.kind).undo(row, at=at, actor=actor)
        row.undone_at = at
        row.save(update_fields=["undone_at", "updated_at"])
        _tell(row, "result_file.undone", _("What “%(file)s” brought was undone: rows %(rows)s"), at=at, actor=actor)
    return gone


def forget(file: ResultFile) -> None:
    """Drop a file nobody brought in. Raises Refused."""
    with transaction.atomic():
        row = _locked(file)
        if row.brought_at is not None:
            raise Refused(row, THERE)
        kept = row.file
        row.delete()
        kept.delete()
        bytes_go([kept.file])


def _locked(file: ResultFile) -> ResultFile:
    rows = ResultFile.objects.select_for_update(of=("self",)).select_related("campaign__brand", "file")
    found: ResultFile = rows.get(pk=file.pk)
    return found


def _tell(row: ResultFile, verb: str, sentence: object, *, at: dt.datetime, actor: Actor) -> None:
    record(
        verb, sentence, at=at, actor=actor, subject=row.campaign, brand=row.campaign.brand_id,
        params={"file": row.file.label, "rows": row.taken},
    )  # fmt: skip
