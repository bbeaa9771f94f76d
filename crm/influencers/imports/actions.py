"""A run's steps as people take them: bring a file, choose columns, settle whose a row is, let it run."""

import calendar
import datetime as dt
import hashlib
import re

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from crm.base.models import Organisation
from crm.base.zones import local_date, local_midnight
from crm.influencers.imports.mapping import (
    ColumnMap,
    fingerprint,
    guess,
    guess_platform,
    recognised,
    to_remember,
)
from crm.influencers.imports.queries import SAMPLED, stored_columns
from crm.influencers.imports.reading import Table, read_table, why_it_stopped
from crm.influencers.imports.rehearsal import rehearse
from crm.influencers.imports.steps import Steps, forget
from crm.influencers.imports.taking_back.undoing import take_back
from crm.influencers.imports.writing import write
from crm.influencers.models import ImportMapping, ImportRow, ImportRun, Influencer, Platform
from crm.team.models import User
from crm.timeline.record import SYSTEM, Actor
from crm.timeline.runs import take_up

YEAR_AND_MONTH = re.compile(
    r"(?<![0-9])(?P<y>20[0-9]{2})[-_. ]?(?P<m>0[1-9]|1[0-2])(?:[-_. ]?(?P<d>[0-3][0-9]))?(?![0-9])"
)


def take(name: str, data: bytes, *, user: User | None, now: dt.datetime, sheet: str = "") -> tuple[ImportRun, Table]:
    """Keep an uploaded file for an import, with its columns as far as they are known. Raises UnreadableFile.

    Of a large workbook only the beginning is read here, while somebody waits; its rows are counted by the rehearsal.
    """
    table = read_table(data, recognise=recognised, sheet=sheet, most=SAMPLED)
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
        columns=stored_columns(table.header, columns),
        platform_id=platforms.get(platform),
        counted_at=_counted_at(name, sha256, now),
        total=_total(table),
        started_by=user,
    )
    run.file.save(f"{sha256[:16]}.bin", ContentFile(data), save=False)
    run.save()
    return run, table


def _total(table: Table) -> int:
    """How many rows there are; 0 while that is not known."""
    return 0 if table.is_beginning else len(table.rows)


def _counted_at(name: str, sha256: str, now: dt.datetime) -> dt.datetime:
    """When the numbers are from: as for the very same file before, else as its name says, else now."""
    before = ImportRun.objects.brought(sha256).values_list("counted_at", flat=True).first()
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
        run.columns, run.platform = stored_columns(header, columns), platform
        run.counted_at, run.replaces_known, run.mapped_at = counted_at, replaces_known, now
        run.cursor, run.counts = 0, {}
        run.save()
        ImportMapping.objects.update_or_create(
            fingerprint=fingerprint(header), defaults={"columns": to_remember(header, columns), "platform": platform}
        )


def forget_columns(run: ImportRun) -> None:
    """Forget what was chosen for these headings before, and guess what they mean from their words alone."""
    header, platform = run.columns["header"], run.platform.code if run.platform else ""
    with transaction.atomic():
        ImportMapping.objects.filter(fingerprint=fingerprint(header)).delete()
        run.columns = stored_columns(header, guess(header, platform=platform))
        run.save(update_fields=["columns", "updated_at"])


def choose_person(row: ImportRow, person_pk: int | None) -> bool:
    """Whose a row is; None leaves a row of two people out, and makes somebody new of one who looks like somebody.

    False when it is too late to choose.
    """
    if person_pk is not None and not Influencer.objects.not_forgotten().filter(pk=person_pk).exists():
        return False
    open_verdicts = (ImportRow.Verdict.CONFLICT, ImportRow.Verdict.NEW)
    rows = ImportRow.objects.filter(pk=row.pk, verdict__in=open_verdicts)
    return bool(rows.filter(run__status=ImportRun.Status.REHEARSED).update(chosen_ref=person_pk))


def carry_on(run_id: int, *, now: dt.datetime) -> None:
    """Take a run as far as it goes without a person. Safe to call twice at once, and for runs long gone."""
    STEPS.carry_on(ImportRun.objects.filter(pk=run_id).first(), now=now)


def take_up_stalled(now: dt.datetime) -> int:
    """Go on with runs whose worker died or was never called; how many there were."""
    return take_up(ImportRun.objects.stalled(now), carry_on, now=now)


def choose_sheet(run: ImportRun, sheet: str) -> None:
    """Read another sheet of the workbook; its columns are guessed anew. Raises UnreadableFile."""
    with run.file.open("rb") as file:
        table = read_table(file.read(), recognise=recognised, sheet=sheet, most=SAMPLED)
    platform = run.platform.code if run.platform else ""
    run.sheet, run.total, run.mapped_at = table.sheet[:80], _total(table), None
    run.columns = stored_columns(table.header, guess(table.header, platform=platform))
    run.save(update_fields=["sheet", "total", "mapped_at", "columns", "updated_at"])


def stop(run: ImportRun, error: Exception, *, now: dt.datetime) -> None:
    """A run that cannot go on by itself says so on its page, with what a person can do."""
    why = why_it_stopped(error)
    if run.is_being_taken_back:
        why = _("Something unexpected happened. What is taken back stays so; take back the rest, or tell your admin.")
        run.halt_taking_back(why, at=now, actor=SYSTEM)
    else:
        run.stop(why, at=now, actor=SYSTEM)


def go_on(run: ImportRun, *, now: dt.datetime, actor: Actor) -> None:
    """Let a run that stopped go on where it was. Raises TransitionRefused."""
    if run.may_go_on:
        run.confirm(at=now, actor=actor)


def discard(run: ImportRun, *, now: dt.datetime, actor: Actor) -> None:
    """Forget a run nobody confirmed, with its file and rows. Raises TransitionRefused."""
    forget(run, run.rows, now=now, actor=actor)


STEPS = Steps[ImportRun](rehearse, write, take_back, stop)
