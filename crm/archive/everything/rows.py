"""The rows of one table as lines of its file, and the checksum of those lines."""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.db import connection, models
from django.db.models.functions import Collate

from crm.archive.everything.kinds import Kind, written
from crm.archive.everything.tables import Table
from crm.base.csv_out import escape_cell

CHUNK = 2000
BINARY = {"postgresql": "C", "sqlite": "BINARY"}
_line = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_plain_line = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True)
class Written:
    """What a file came to."""

    rows: int
    bytes: int
    sha256: str


class Summed:
    """Counts and sums up what goes through; with `to` it is written there as well."""

    def __init__(self, to: IO[bytes] | None = None) -> None:
        self._to, self._sum = to, hashlib.sha256()
        self.rows = self.bytes = 0

    def add(self, data: bytes, rows: int) -> None:
        self._sum.update(data)
        self.rows += rows
        self.bytes += len(data)
        if self._to is not None:
            self._to.write(data)

    @property
    def written(self) -> Written:
        return Written(self.rows, self.bytes, self._sum.hexdigest())


def batches(table: Table) -> Iterator[list[list[Any]]]:
    """The table's rows in the order of their keys, as values of the file, some thousands at a time."""
    names = [column.name for column in table.columns]
    converters = [(at, convert) for at, column in enumerate(table.columns) if (convert := written(column.kind))]
    found = table.model._base_manager.order_by(_order(table)).values_list(*names).iterator(chunk_size=CHUNK)
    batch: list[list[Any]] = []
    for row in found:
        cells = list(row)
        for at, convert in converters:
            if cells[at] is not None:
                cells[at] = convert(cells[at])
        batch.append(cells)
        if len(batch) == CHUNK:
            yield batch
            batch = []
    yield batch


def _order(table: Table) -> Any:
    """By key; words byte by byte, as no language of a database would."""
    key = table.key
    return Collate(models.F(key.name), BINARY[connection.vendor]) if key.kind is Kind.TEXT else key.name


def lines(table: Table, batch: Sequence[Sequence[Any]]) -> bytes:
    """JSON Lines: one object a row, its names in alphabetical order, no blanks."""
    names = [column.name for column in table.columns]
    return "".join([f"{_one(dict(zip(names, row, strict=True)))}\n" for row in batch]).encode()


def _one(row: dict[str, Any]) -> str:
    line = _line(row)
    # Half a character, which JSON on SQLite can hold, has no place in UTF-8.
    return line if line.isascii() or _is_writable(line) else _plain_line(row)


def _is_writable(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True


def sum_of(table: Table) -> Written:
    """What the file of this table would come to, worked out from the rows as they are now."""
    summed = Summed()
    for batch in batches(table):
        summed.add(lines(table, batch), len(batch))
    return summed.written


def write(table: Table, to: IO[bytes], twin: IO[bytes], told: Callable[[int], object]) -> Written:
    """The table's file, and the same once more as CSV; `told` hears of each batch how many rows it was."""
    summed, sheet = Summed(to), Sheet(table, twin)
    for batch in batches(table):
        summed.add(lines(table, batch), len(batch))
        sheet.add(batch)
        told(len(batch))
    return summed.written


class Sheet:
    """The CSV twin, for a spreadsheet: UTF-8 with a mark it knows, and no cell that it would run as a formula."""

    def __init__(self, table: Table, to: IO[bytes]) -> None:
        self._to, self._columns = to, table.columns
        self._nested = [at for at, one in enumerate(table.columns) if one.kind in (Kind.JSON, Kind.SET)]
        self._texts = [at for at, one in enumerate(table.columns) if one.kind is Kind.TEXT]
        to.write(b"\xef\xbb\xbf")
        self._write([[column.name for column in table.columns]])

    def add(self, batch: Sequence[Sequence[Any]]) -> None:
        self._write([self._cells(row) for row in batch])

    def _cells(self, row: Sequence[Any]) -> list[Any]:
        cells = list(row)
        for at in self._nested:
            cells[at] = None if cells[at] is None else _plain_line(cells[at])
        for at in self._texts:
            if cells[at]:
                cells[at] = escape_cell(cells[at])
        return cells

    def _write(self, rows: Sequence[Sequence[Any]]) -> None:
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        self._to.write(text.getvalue().encode(errors="replace"))
