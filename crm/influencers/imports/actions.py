"""A run from the upload to the last row: take the file, choose columns, rehearse, confirm, write, discard."""

import calendar
import datetime as dt
import hashlib
import re
from collections.abc import Sequence

import structlog
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from crm.base.models import Organisation
from crm.base.zones import local_date, local_midnight
from crm.influencers.imports import known
from crm.influencers.imports.batch import Batch, Item
from crm.influencers.imports.facts import Facts, RowReader
from crm.influencers.imports.loading import insert
from crm.influencers.imports.mapping import (
    ColumnMap,
    fingerprint,
    guess,
    guess_platform,
    parse_target,
    recognised,
    to_remember,
)
from crm.influencers.imports.reading import SourceRow, Table, UnreadableFile, read_table
from crm.influencers.imports.reference import Reference
from crm.influencers.imports.remarks import UNREAD, Remark
from crm.influencers.imports.verdicts import FileVerdicts, Policy, apply, decide
from crm.influencers.models import ImportMapping, ImportRow, ImportRun, Platform
from crm.team.models import User
from crm.timeline.record import SYSTEM, Actor

log = structlog.get_logger(__name__)

BATCH = 1_000
TRIES = 3
YEAR_AND_MONTH = re.compile(
    r"(?<![0-9])(?P<y>20[0-9]{2})[-_. ]?(?P<m>0[1-9]|1[0-2])(?:[-_. ]?(?P<d>[0-3][0-9]))?(?![0-9])"
)
ROW = ("run_id", "line", "verdict", "reasons", "cells", "facts", "influencer_ref")


def take(name: str, data: bytes, *, user: User | None, now: dt.datetime, sheet: str = "") -> tuple[ImportRun, Table]:
    """Keep an uploaded file for an import, with its columns as far as they are known. Raises UnreadableFile."""
    table = read_table(data, recognise=recognised, sheet=sheet)
    sha256 = hashlib.sha256(data).hexdigest()
    platforms = dict(Platform.objects.values_list("code", "pk"))
    remembered = ImportMapping.objects.filter(fingerprint=fingerprint(table.header)).select_related("platform").first()
    known_platform = remembered.platform.code if remembered and remembered.platform else ""
    platform = guess_platform(name) or known_platform
    columns = guess(table.header, platform=platform, remembered=remembered.columns if remembered else None)
    run = ImportRun(
        file_name=name[-160:],
        sha256=sha256,
        sheet=table.sheet[:80],
        columns=_stored(table.header, columns),
        platform_id=platforms.get(platform),
        counted_at=_counted_at(name, sha256, now),
        total=len(table.rows),
        started_by=user,
    )
    run.file.save(f"{sha256[:16]}.bin", ContentFile(data), save=False)
    run.save()
    return run, table


def _counted_at(name: str, sha256: str, now: dt.datetime) -> dt.datetime:
    """When the numbers are from: as for the very same file before, else as its name says, else now."""
    before = ImportRun.objects.done_with(sha256).values_list("counted_at", flat=True).first()
    if before is not None:
        return before
    zone = Organisation.load().zone
    on = date_in_name(name)
    if on is None or on > local_date(now, zone):
        return now
    return local_midnight(on, zone)


def date_in_name(name: str) -> dt.date | None:
    """`instagram_2022_09.csv` holds the numbers of the end of September 2022."""
    match = YEAR_AND_MONTH.search(name)
    if match is None:
        return None
    year, month = int(match["y"]), int(match["m"])
    last = calendar.monthrange(year, month)[1]
    return dt.date(year, month, min(int(match["d"] or last), last) or last)


def _stored(header: Sequence[str], columns: ColumnMap) -> dict[str, list[str]]:
    return {"header": list(header), "targets": [str(target) for target in columns.targets]}


def columns_of(run: ImportRun) -> ColumnMap:
    """The column map of a run."""
    targets = tuple(parse_target(text) for text in run.columns["targets"])
    return ColumnMap(targets, run.platform.code if run.platform else "")


def table_of(run: ImportRun) -> Table:
    """The run's file, read again. Raises UnreadableFile."""
    with run.file.open("rb") as file:
        return read_table(file.read(), recognise=recognised, sheet=run.sheet)


def choose_columns(
    run: ImportRun,
    columns: ColumnMap,
    *,
    counted_at: dt.datetime,
    replaces_known: bool,
    now: dt.datetime,
    actor: Actor,
) -> None:
    """Fix what the columns mean and remember it for these headings. Raises MappingError, TransitionRefused."""
    columns.check()
    header = run.columns["header"]
    platform = Platform.objects.filter(code=columns.platform).first()
    with transaction.atomic():
        if run.status != ImportRun.Status.UPLOADED:
            run.reopen(at=now, actor=actor)
        run.rows.all().delete()
        run.columns, run.platform = _stored(header, columns), platform
        run.counted_at, run.replaces_known, run.mapped_at = counted_at, replaces_known, now
        run.cursor, run.counts = 0, {}
        run.save()
        ImportMapping.objects.update_or_create(
            fingerprint=fingerprint(header), defaults={"columns": to_remember(header, columns), "platform": platform}
        )


def rehearse(run: ImportRun, *, now: dt.datetime, actor: Actor = SYSTEM) -> bool:
    """Give every row its verdict without writing anything about people; False when somebody else took the run over.

    Raises UnreadableFile when the kept file cannot be read any more.
    """
    table, reference = table_of(run), Reference.load()
    reader = RowReader(
        table,
        columns_of(run),
        platforms=reference.platforms,
        niches=reference.niche_words,
        today=local_date(now, reference.zone),
        region=settings.PHONENUMBER_DEFAULT_REGION,
    )
    verdicts, policy = FileVerdicts(), _policy(run)
    with transaction.atomic():
        if not _still(run, 0, lock=True):
            return False
        run.rows.all().delete()
    before = 0
    for start in range(0, len(table.rows), BATCH):
        rows = _rehearsed(run, table.rows[start : start + BATCH], reader, verdicts, policy)
        with transaction.atomic():
            if not _still(run, before, lock=True):
                return False
            insert(ImportRow, ROW, rows, now=now)
            before = table.rows[min(start + BATCH, len(table.rows)) - 1].number
            ImportRun.objects.filter(pk=run.pk).update(cursor=before, updated_at=now)
    run.refresh_from_db()
    run.rehearsed(counts=run.rows.counts(), at=now, actor=actor)
    return True


def _policy(run: ImportRun) -> Policy:
    assert run.counted_at is not None
    return Policy(run.counted_at, run.replaces_known)


def _still(run: ImportRun, cursor: int, *, lock: bool) -> bool:
    """Whether the run is where this worker left it; locked, it stays there until the transaction ends."""
    here = ImportRun.objects.select_for_update() if lock else ImportRun.objects.all()
    return here.filter(pk=run.pk, status=run.status, cursor=cursor, mapped_at=run.mapped_at).exists()


def _rehearsed(
    run: ImportRun, rows: Sequence[SourceRow], reader: RowReader, verdicts: FileVerdicts, policy: Policy
) -> list[tuple[object, ...]]:
    read = [(row, *reader.read(row)) for row in rows]
    settled = [verdicts.settle(row.number, facts, row.cells) for row, facts, _remarks in read]
    open_facts = [facts for (_row, facts, _remarks), decision in zip(read, settled, strict=True) if decision is None]
    on_file = known.load(open_facts, policy.counted_at)
    written: list[tuple[object, ...]] = []
    for (row, facts, remarks), final in zip(read, settled, strict=True):
        decision = final or decide(facts, on_file, policy)
        apply(decision, facts, policy)
        said = [*decision.remarks, *([] if final else verdicts.namesake(row.number, facts)), *remarks]
        cells = list(row.cells) if _is_trouble(decision.verdict, said) else []
        person = decision.person.pk if decision.person else None
        written.append((run.pk, row.number, decision.verdict, said, cells, facts.stored(), person))
    return written


def _is_trouble(verdict: str, remarks: Sequence[Remark]) -> bool:
    good = (ImportRow.Verdict.NEW, ImportRow.Verdict.UPDATE, ImportRow.Verdict.UNCHANGED)
    return verdict not in good or any(remark.code in UNREAD for remark in remarks)


def choose_person(row: ImportRow, person_pk: int | None) -> None:
    """Whose a row is that names accounts of two people; None leaves it out."""
    ImportRow.objects.filter(pk=row.pk, run__status=ImportRun.Status.REHEARSED).update(chosen_ref=person_pk)


def write(run: ImportRun, *, now: dt.datetime) -> bool:
    """Write a confirmed run from where it stands to its end; False when it is not, or no longer, to be written.

    Each batch is one transaction that also moves the cursor: whoever is killed in the middle leaves nothing half done,
    and whoever takes over goes on behind the last batch. Two writers take turns and never write a row twice.
    """
    reference = Reference.load()
    actor = Actor.user(run.started_by) if run.started_by else SYSTEM
    while True:
        wrote = _write_batch_with_retries(run, reference, now=now, actor=actor)
        if wrote is None:
            return False
        if wrote == 0:
            break
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if locked.status != ImportRun.Status.CONFIRMED:
            return False
        locked.counts = locked.rows.counts()
        locked.save(update_fields=["counts"])
        locked.finish(at=now, actor=actor)
    run.refresh_from_db()
    return True


def _write_batch_with_retries(run: ImportRun, reference: Reference, *, now: dt.datetime, actor: Actor) -> int | None:
    """Somebody may add the same account by hand at this moment: then the batch is decided anew."""
    for attempt in range(1, TRIES + 1):
        try:
            return _write_batch(run, reference, now=now, actor=actor)
        except IntegrityError as error:
            log.warning("import_batch_repeated", run=run.pk, attempt=attempt, error=str(error))
            if attempt == TRIES:
                raise
    return None


def _write_batch(run: ImportRun, reference: Reference, *, now: dt.datetime, actor: Actor) -> int | None:
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().filter(pk=run.pk, status=ImportRun.Status.CONFIRMED).first()
        if locked is None:
            return None
        rows = list(locked.rows.to_write_after(locked.cursor)[:BATCH])
        if not rows:
            return 0
        facts = [Facts.from_stored(row.facts) for row in rows]
        policy = _policy(locked)
        on_file = known.load(facts, policy.counted_at, lock=True)
        items = []
        for row, said in zip(rows, facts, strict=True):
            decision = decide(said, on_file, policy, row.chosen_ref)
            apply(decision, said, policy)
            items.append(Item(row, said, decision))
        Batch(locked, reference, now=now, actor=actor).write(items)
        ImportRun.objects.filter(pk=run.pk).update(cursor=rows[-1].line, updated_at=now)
        return len(rows)


def stop(run: ImportRun, error: Exception, *, now: dt.datetime) -> None:
    """A run that cannot go on by itself says so on its page, with what a person can do."""
    if isinstance(error, UnreadableFile):
        why = str(error)
    else:
        why = _("Something unexpected happened. What is written stays written; continue, or tell your admin.")
    run.refresh_from_db()
    run.stop(why, at=now, actor=SYSTEM)
