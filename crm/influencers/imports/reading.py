"""A file somebody uploaded, read into a header and rows of text: CSV in any dress, or a workbook.

Nothing is interpreted here: a formula is its text, a number is its figures.
"""

import codecs
import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import NamedTuple

from django.utils.translation import gettext as _

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 200
HEADER_WITHIN = 10

DELIMITERS = ",;\t|"
BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
ZIP = b"PK\x03\x04"
# The container of old .xls files and of workbooks with a password.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_FILES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
MOST_CONTROLS = 8

Recognise = Callable[[Sequence[str]], int]


class UnreadableFile(Exception):
    """The file cannot be imported; the message says what is wrong and what to do."""


def why_it_stopped(error: Exception) -> str:
    """What a run that cannot go on by itself says on its page, with what a person can do."""
    if isinstance(error, UnreadableFile):
        return str(error)
    if isinstance(error, FileNotFoundError):
        return _("The uploaded file is no longer there. Upload it again.")
    return _("Something unexpected happened. What is written stays written; continue, or tell your admin.")


class SourceRow(NamedTuple):
    """A row as its file numbers it (the header of a plain file is row 1) with its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it."""

    header: tuple[str, ...]
    rows: list[SourceRow]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = field(default=())
    is_beginning: bool = False

    def column(self, index: int) -> Iterator[str]:
        """All cells of a column that rows are long enough to have."""
        return (row.cells[index] for row in self.rows if index < len(row.cells))


def read_table(data: bytes, *, recognise: Recognise, sheet: str = "", most: int = 0) -> Table:
    """The table of a CSV file or workbook, told apart by its bytes, never by its name.

    `recognise` counts the headings it knows in a row: of the first ten rows the best one is the header, so that a
    title above it does no harm. `most` is enough rows for whoever asks; a workbook is read no further then.
    Raises UnreadableFile.
    """
    from crm.influencers.imports.workbooks import read_workbook

    _check_size(data)
    if data.startswith(ZIP):
        return read_workbook(data, recognise=recognise, sheet=sheet, most=most)
    if data.startswith(OLE):
        raise UnreadableFile(
            _("This is an old .xls file or a workbook with a password. Save it as .xlsx without a password, or as CSV.")
        )
    if data.startswith(OTHER_FILES):
        raise UnreadableFile(_("This is neither a CSV file nor an Excel workbook (.xlsx)."))
    return _read_csv(data, recognise)


def _check_size(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise UnreadableFile(_("The file is larger than 10 MB. Split it and import the parts one after the other."))
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile(_("The file is empty."))


def _read_csv(data: bytes, recognise: Recognise) -> Table:
    text, encoding = decode(data)
    if len(CONTROL.findall(text[:4096])) > MOST_CONTROLS:
        raise UnreadableFile(_("This is neither a CSV file nor an Excel workbook (.xlsx)."))
    # PostgreSQL keeps no zero characters, and nobody means the others.
    text = CONTROL.sub("", text)
    declared = re.match(r"sep=(?P<sign>.)\r?\n", text)
    delimiter = declared["sign"] if declared else sniff_delimiter(text)
    records = _records(text, delimiter)
    first = 1 if declared else 0
    header, rows = split_header(records[first:], recognise, offset=first)
    return Table(header, rows, encoding=encoding, delimiter=delimiter)


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file and the encoding that gave it: a mark at its start, then UTF-8, UTF-16, Windows-1252."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace"), encoding
    half = _half_empty(data)
    if half:
        return data.decode(half, errors="replace"), half
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "cp1252"


def _half_empty(data: bytes) -> str:
    """UTF-16 without its mark shows as a zero beside nearly every letter."""
    sample = data[:2000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 2 < len(sample) * 0.6:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def sniff_delimiter(text: str) -> str:
    """The sign that splits most of the first rows into the same number of columns, more than one."""
    sample = text[:20_000]
    return max(DELIMITERS, key=lambda sign: _regularity(sample, sign))


def _regularity(sample: str, delimiter: str) -> tuple[float, int]:
    widths = []
    for record in csv.reader(StringIO(sample, newline=""), delimiter=delimiter):
        if any(record):
            widths.append(len(record))
        if len(widths) == 25:
            break
    # The sample may end within a row.
    widths = widths[:-1] or widths
    common = max(set(widths), key=widths.count, default=1)
    return (0.0, 0) if common < 2 else (widths.count(common) / len(widths), common)


def _records(text: str, delimiter: str) -> list[list[str]]:
    """Every record, blank lines included as empty ones, so that positions are row numbers."""
    csv.field_size_limit(MOST_BYTES)
    try:
        return _limited(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise UnreadableFile(_unclosed(text, delimiter)) from None
    try:
        return _limited(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableFile(_("The file cannot be read as a table: %(error)s") % {"error": error}) from None


def _limited(reader: Iterable[list[str]]) -> list[list[str]]:
    records: list[list[str]] = []
    filled = 0
    for record in reader:
        filled += any(record)
        if filled > MOST_ROWS + HEADER_WITHIN:
            raise too_many_rows()
        records.append(record)
    return records


def _unclosed(text: str, delimiter: str) -> str:
    """Which row opens a quotation mark that nothing closes: the last one a forgiving reader finds."""
    row = sum(1 for _record in csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    return _('Row %(row)s opens a quotation mark (") that is never closed. Correct it and upload again.') % {"row": row}


def too_many_rows() -> UnreadableFile:
    """The error of a table beyond the limit."""
    return UnreadableFile(_("The file has more than 50,000 rows. Split it and import the parts one after the other."))


def split_header(
    records: Sequence[Sequence[str]], recognise: Recognise, *, offset: int = 0, keep_blank: bool = True
) -> tuple[tuple[str, ...], list[SourceRow]]:
    """The header and what lies below it; rows without any cell are dropped, rows of empty cells only if asked."""
    filled = [index for index, record in enumerate(records[:50]) if any(cell.strip() for cell in record)]
    if not filled:
        raise UnreadableFile(_("The file has no rows."))
    at = max(filled[:HEADER_WITHIN], key=lambda index: (recognise(records[index]), -index))
    header = _header(records[at])
    rows = [
        SourceRow(index + offset + 1, tuple(record))
        for index, record in enumerate(records[at + 1 :], start=at + 1)
        if (record if keep_blank else any(cell.strip() for cell in record))
    ]
    if not rows:
        raise UnreadableFile(_("The file has a header but no rows below it."))
    if len(rows) > MOST_ROWS:
        raise too_many_rows()
    return header, rows


def _header(record: Sequence[str]) -> tuple[str, ...]:
    """Headings without blanks around them, without empty columns at the end, each one named."""
    names = [" ".join(cell.replace("\ufeff", "").split()) for cell in record]
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        raise UnreadableFile(_("The file has more than 200 columns. Remove those that are not needed."))
    return tuple(name or _("Column %(number)s") % {"number": index} for index, name in enumerate(names, start=1))
