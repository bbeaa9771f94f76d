"""What taking an import back comes to: as JSON for machines, as a table of what stays for people."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from crm.influencers.imports.taking_back.undoing import rehearse_taking_back
from crm.influencers.imports.taking_back.words import sentence
from crm.influencers.models import ImportRow, ImportRun
from crm.influencers.models.import_rows import ImportRowQuerySet

Outcome = ImportRow.Outcome


class Judged(NamedTuple):
    """One row: whose, what becomes or became of it, and why something stays."""

    line: int
    facts: dict[str, Any]
    person: int | None
    outcome: str
    kept: Iterable[tuple[str, str]]

    @property
    def name(self) -> str:
        return str(self.facts.get("name", ""))

    @property
    def why(self) -> list[str]:
        return [sentence(reason) for reason in self.kept]


def open_rows(run: ImportRun) -> ImportRowQuerySet:
    """Rows of which something still stands, in the order of the file."""
    return run.rows.wrote_something().exclude(outcome__in=ImportRow.GONE).order_by("line")


def would_come_to(run: ImportRun, rows: ImportRowQuerySet | None = None) -> Iterator[Judged]:
    """The rehearsal: what would become of each row that still stands. Writes nothing."""
    for verdict in rehearse_taking_back(run, open_rows(run) if rows is None else rows):
        row = verdict.row
        yield Judged(row.line, row.facts, row.influencer_ref, verdict.outcome, verdict.kept)


def came_to(run: ImportRun, rows: ImportRowQuerySet | None = None) -> Iterator[Judged]:
    """What became of each row."""
    found = (run.rows if rows is None else rows).exclude(outcome="").order_by("line")
    for row in found.iterator(2_000):
        yield Judged(row.line, row.facts, row.influencer_ref, row.outcome, row.kept)


def undo_as_json(run: ImportRun, rows: Iterable[Judged]) -> dict[str, Any]:
    """Counts, and an outcome with its reasons for every row."""
    judged = list(rows)
    counts = Counter(row.outcome for row in judged)
    return {
        "run": run.pk,
        "file": run.file_name,
        "status": run.status,
        "outcomes": {value: counts[value] for value in Outcome.values},
        "rows": [
            {"row": row.line, "outcome": row.outcome, "name": row.name, "person": row.person, "why": row.why}
            for row in judged
        ],
    }


def kept_header() -> list[str]:
    return [_("Row"), _("Person"), _("Accounts"), _("Outcome"), _("Why")]


def kept_rows(run: ImportRun) -> Iterator[list[str]]:
    """Rows of which something stays, with every reason: as it came out, or as it would before it is taken back."""
    for row in would_come_to(run) if run.is_done else came_to(run, run.rows.kept()):
        if row.why:
            handles = " ".join(f"{platform}:@{handle}" for platform, handle in row.facts.get("accounts", ()))
            yield [str(row.line), row.name, handles, str(Outcome(row.outcome).label), " ".join(row.why)]
