"""The rehearsal: a verdict and reasons for every row, with nothing written about people."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction

from crm.base.bulk import by_index
from crm.base.zones import local_date
from crm.influencers.imports import known
from crm.influencers.imports.facts import Facts, RowReader
from crm.influencers.imports.forgotten import is_forgotten, leave_out_forgotten
from crm.influencers.imports.queries import columns_of, policy_of, table_of
from crm.influencers.imports.reading import SourceRow
from crm.influencers.imports.reference import Reference
from crm.influencers.imports.remarks import UNREAD, Remark
from crm.influencers.imports.resembling import resembling
from crm.influencers.imports.steps import Rehearsal
from crm.influencers.imports.verdicts import Decision, FileVerdicts, Policy, apply, decide
from crm.influencers.models import ImportRow, ImportRun
from crm.timeline.record import SYSTEM, Actor

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
    rehearsal = Rehearsal(run, run.rows, ROW, lambda rows: _rehearsed(run, rows, reader, verdicts, policy, today))
    return rehearsal.carry(table.rows, now=now, actor=actor)


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
    leave_out_forgotten([facts for _row, facts, _remarks in read], decided)
    alike = _alike([facts for _row, facts, _remarks in read], decided, today)
    written: list[tuple[Any, ...]] = []
    for (row, facts, remarks), final, decision in zip(read, settled, decided, strict=True):
        namesakes = [] if final else verdicts.namesake(row.number, facts)
        said = [*decision.remarks, *alike.get(id(decision), ()), *namesakes, *remarks]
        cells = list(row.cells) if _is_trouble(decision.verdict, said) else []
        if is_forgotten(decision):
            said, cells, facts = decision.remarks, [], Facts()
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
