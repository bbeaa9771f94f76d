"""What a file would bring, before anything is written: every row with its verdict and its reason."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.results.files.kinds import FileKind, Judged, Verdict
from campaigns.results.files.reading import ColumnSeen, columns_of, rows_of, table_of
from campaigns.results.models import ResultFile


@dataclass(frozen=True)
class Rehearsal:
    """The columns as they are understood, what stands against reading them, and what the rows come to."""

    columns: Sequence[ColumnSeen]
    wrong: str
    rows: Sequence[Judged]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.verdict for row in self.rows)
        return {verdict.value: found[verdict] for verdict in Verdict}

    @property
    def coming(self) -> list[Judged]:
        return [row for row in self.rows if row.verdict == Verdict.NEW]


def rehearse(kind: FileKind, file: ResultFile, now: dt.datetime) -> Rehearsal:
    """Read the file again and judge its rows. Raises UnreadableFile and FileNotFoundError."""
    table = table_of(kind, file)
    columns = columns_of(file, table)
    wrong = kind.wrong_columns([column.target for column in columns])
    rows = [] if wrong else kind.judge(file, rows_of(file, table), now)
    return Rehearsal(columns, wrong, rows)
