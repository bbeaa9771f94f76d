"""The rehearsal: a verdict and reasons for every row, with nothing written about people."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from crm.base.bulk import by_index, insert
from crm.base.zones import local_date
from crm.influencers.imports import known
from crm.influencers.imports.facts import Facts, RowReader
from crm.influencers.imports.queries import columns_of, policy_of, table_of
from crm.influencers.imports.reading import SourceRow
from crm.influencers.imports.reference import Reference
from crm.influencers.imports.remarks import UNREAD, Remark
from crm.influencers.imports.resembling import resembling
from crm.influencers.imports.verdicts import Decision, FileVerdicts, Policy, apply, decide
from crm.influencers.models import ImportRow, ImportRun
from crm.influencers.models.imports import ImportRunQuerySet
from crm.timeline.record import SYSTEM, Actor

BATCH = 1_000
ROW = ("run_id", "line", "verdict", "reasons", "cells", "facts", "influencer_ref")


def rehearse(run: ImportRun, *, now: dt.datetime, actor: Actor = SYSTEM) -> bool:
    """Give every row its verdict without writing anything about people; False when somebody else took the run over.

    Raises UnreadableFile when the kept file cannot be read any more.
    """
    table, reference = table_of(run), Reference.load(now.date())
    today = local_date(now, reference.zone)
    reader = RowReader(
        table,
        columns_of(run),
        platforms=reference.platforms,
        niches=reference.niche_words,
        today=today,
        region=settings.PHONENUMBER_DEFAULT_REGION,
    )
    verdicts, policy = FileVerdicts(), policy_of(run)
    if not _begin(run, len(table.rows)):
        return False
    before = 0
    for start in range(0, len(table.rows), BATCH):
        rows = _rehearsed(run, table.rows[start : start + BATCH], reader, verdicts, policy, today)
        with transaction.atomic():
            if not _locked(run).filter(cursor=before).exists():
                return False
            insert(ImportRow, ROW, rows, now=now)
            before = table.rows[min(start + BATCH, len(table.rows)) - 1].number
            ImportRun.objects.filter(pk=run.pk).update(cursor=before, updated_at=Now())
    run.refresh_from_db()
    run.rehearsed(counts=run.rows.counts(), at=now, actor=actor)
    return True


def _begin(run: ImportRun, total: int) -> bool:
    """Start from the first row, also where a worker died half-way; one that is still at it will notice and leave."""
    with transaction.atomic():
        if not _locked(run).exists():
            return False
        run.rows.all().delete()
        ImportRun.objects.filter(pk=run.pk).update(cursor=0, total=total, updated_at=Now())
    return True


def _locked(run: ImportRun) -> ImportRunQuerySet:
    """The run, locked, as long as nobody has chosen other columns or ended it meanwhile."""
    return ImportRun.objects.select_for_update().filter(pk=run.pk, status=run.status, mapped_at=run.mapped_at)


def _rehearsed(
    run: ImportRun, rows: Sequence[SourceRow], reader: RowReader, verdicts: FileVerdicts, policy: Policy, today: dt.date
) -> list[tuple[Any, ...]]:
    read = [(row, *reader.read(row)) for row in rows]
    settled = [verdicts.settle(row.number, facts, row.cells) for row, facts, _remarks in read]
    open_facts = [facts for (_row, facts, _remarks), decision in zip(read, settled, strict=True) if decision is None]
    with transaction.atomic():
        by_index()
        on_file = known.load(open_facts, policy.counted_at)
    decided: list[Decision] = []
    for (_row, facts, _remarks), final in zip(read, settled, strict=True):
        decided.append(final or decide(facts, on_file, policy))
        apply(decided[-1], facts, policy)
    alike = _alike([facts for _row, facts, _remarks in read], decided, today)
    written: list[tuple[Any, ...]] = []
    for (row, facts, remarks), final, decision in zip(read, settled, decided, strict=True):
        namesakes = [] if final else verdicts.namesake(row.number, facts)
        said = [*decision.remarks, *alike.get(id(decision), ()), *namesakes, *remarks]
        cells = list(row.cells) if _is_trouble(decision.verdict, said) else []
        person = decision.person.pk if decision.person else None
        written.append((run.pk, row.number, decision.verdict, said, cells, facts.stored(), person))
    return written


def _alike(rows: Sequence[Facts], decided: Sequence[Decision], today: dt.date) -> dict[int, list[Remark]]:
    """For rows that would make somebody new: who on file looks like her."""
    new = [
        (facts, decision)
        for facts, decision in zip(rows, decided, strict=True)
        if decision.verdict == ImportRow.Verdict.NEW
    ]
    found = resembling([facts for facts, _decision in new], today)
    return {id(decision): remarks for (_facts, decision), remarks in zip(new, found, strict=True)}


def _is_trouble(verdict: str, remarks: Sequence[Remark]) -> bool:
    good = (ImportRow.Verdict.NEW, ImportRow.Verdict.UPDATE, ImportRow.Verdict.UNCHANGED)
    return verdict not in good or any(remark.code in UNREAD for remark in remarks)
