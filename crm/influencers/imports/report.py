"""What an import says about its rows: as JSON for machines, as a table of rows to correct for people."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from crm.influencers.imports.remarks import Remark
from crm.influencers.models import ImportRow, ImportRun

# The words of the report are an interface: they stay when the words on screen change.
COUNTED = {
    "new": ImportRow.Verdict.NEW,
    "updated": ImportRow.Verdict.UPDATE,
    "unchanged": ImportRow.Verdict.UNCHANGED,
    "duplicate": ImportRow.Verdict.DUPLICATE,
    "conflict": ImportRow.Verdict.CONFLICT,
    "rejected": ImportRow.Verdict.REJECTED,
}


def sentences(row: ImportRow) -> list[str]:
    """Why the row has its verdict and what was remarked, in the active language."""
    return [Remark(*reason).sentence for reason in row.reasons]


def as_json(run: ImportRun) -> dict[str, Any]:
    """Counts, and a verdict with its reason for every row."""
    counts = run.rows.counts()
    return {
        "run": run.pk,
        "file": run.file_name,
        "status": run.status,
        "platform": run.platform.code if run.platform else None,
        "counted_at": run.counted_at.isoformat() if run.counted_at else None,
        "columns": dict(zip(run.columns["header"], run.columns["targets"], strict=True)),
        "counts": {word: counts[verdict] for word, verdict in COUNTED.items()},
        "rows": [_row(row) for row in run.rows.order_by("line").iterator(2_000)],
    }


def _row(row: ImportRow) -> dict[str, Any]:
    return {
        "row": row.line,
        "verdict": row.verdict,
        "reason": " ".join(sentences(row)),
        "name": row.facts.get("name", ""),
        "accounts": [f"{platform}:{handle}" for platform, handle in row.facts.get("accounts", ())],
        "person": row.influencer_ref,
    }


def trouble_header(run: ImportRun) -> list[str]:
    """The header of the rows to correct: the file's own, with row and reason in front."""
    return [_("Row"), _("Verdict"), _("Reason"), *run.columns["header"]]


def trouble_rows(run: ImportRun) -> Iterator[list[str]]:
    """Rows that were left out or not read in full, as they stood in the file, to be corrected and imported again."""
    for row in run.rows.with_trouble().order_by("line").iterator(2_000):
        yield [str(row.line), str(row.get_verdict_display()), " ".join(sentences(row)), *row.cells]
