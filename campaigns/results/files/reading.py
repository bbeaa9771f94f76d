"""A file of results as rows by meaning: CSV in any dress or a workbook, columns known by their headings or chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from campaigns.results.files.kinds import FileKind, Said
from campaigns.results.models import ResultFile
from crm.base.formats import count_full
from crm.influencers.imports.reading import Table, UnreadableFile, read_table
from crm.influencers.imports.values import is_blank, tidy
from crm.intake.columns import bare, samples_of


@dataclass(frozen=True)
class ColumnSeen:
    """A column of the file: its heading, what it means, and what its first cells say."""

    index: int
    heading: str
    target: str
    samples: Sequence[str]


def read(kind: FileKind, data: bytes) -> Table:
    """The table of a file. Raises UnreadableFile, also for more rows than are brought in at once."""

    def recognise(cells: Sequence[str]) -> int:
        return sum(1 for cell in cells if cell and len(cell) <= 60 and kind.target_of(bare(cell)))

    table = read_table(data, recognise=recognise)
    if len(table.rows) > kind.most:
        raise UnreadableFile(
            _("The file has more than %(most)s rows. Split it and bring the parts one after the other.")
            % {"most": count_full(kind.most)}
        )
    return table


def guess(kind: FileKind, header: Sequence[str]) -> list[str]:
    """What each column means by its heading; of two that mean the same the first counts."""
    found: list[str] = []
    for heading in header:
        target = kind.target_of(bare(heading))
        found.append("" if target in found else target)
    return found


def stored(table: Table, targets: Sequence[str]) -> dict[str, list[str]]:
    """What is kept of the columns."""
    return {"header": list(table.header), "targets": list(targets)}


def table_of(kind: FileKind, file: ResultFile) -> Table:
    """The kept file, read again. Raises UnreadableFile and FileNotFoundError."""
    with file.file.file.open("rb") as opened:
        return read(kind, opened.read())


def columns_of(file: ResultFile, table: Table) -> list[ColumnSeen]:
    targets = file.columns.get("targets", [])
    return [
        ColumnSeen(index, heading, target, samples)
        for index, (heading, target, samples) in enumerate(zip(table.header, targets, samples_of(table), strict=True))
    ]


def rows_of(file: ResultFile, table: Table) -> list[Said]:
    """The rows that say something, by what their columns mean."""
    targets = file.columns.get("targets", [])
    rows = (Said(row.number, _by_meaning(targets, row.cells)) for row in table.rows)
    return [row for row in rows if row.cells]


def _by_meaning(targets: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    pairs = zip(targets, cells, strict=False)
    return {target: tidy(cell) for target, cell in pairs if target and not is_blank(cell)}
