"""XLSX read row by row: formulas as their text, dates as ISO text, percentages with their sign."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from crm.influencers.imports.reading import (
    CONTROL,
    HEADER_WITHIN,
    MOST_COLUMNS,
    MOST_ROWS,
    Recognise,
    Table,
    UnreadableFile,
    split_header,
    too_many_rows,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MOST_UNPACKED = 150 * 1024 * 1024
MOST_PARTS = 2_000
LAST_ROW = 1_048_576
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError)
BROKEN = (*BROKEN_ZIP, InvalidFileException, ParseError, LookupError, TypeError, AttributeError)
ENTITY = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read_workbook(data: bytes, *, recognise: Recognise, sheet: str = "", most: int = 0) -> Table:
    """The named sheet, or the one whose header is recognised best; with `most` only its beginning.

    Raises UnreadableFile.
    """
    _check_parts(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
        return _best_table(book, recognise, sheet, most)
    except BROKEN as error:
        raise UnreadableFile(
            _("The workbook is damaged. Open it in a spreadsheet, save it again as .xlsx and retry.")
        ) from error


def damaged() -> str:
    """What to say of a workbook that does not open."""
    return _("The workbook is damaged or has a password. Open it, save it again as .xlsx without one and retry.")


def _check_parts(data: bytes) -> None:
    """Refuse what would unpack to more than memory should hold, and XML that defines entities."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_archive(archive)
    except BROKEN_ZIP as error:
        raise UnreadableFile(damaged()) from error


def _check_archive(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if all(part.filename != "xl/workbook.xml" for part in parts):
        raise UnreadableFile(_("This is neither a CSV file nor an Excel workbook (.xlsx)."))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableFile(_("The workbook unpacks to more than 150 MB. Save only the sheet you want to import."))
    for part in parts:
        with archive.open(part) as opened:
            if part.filename.endswith((".xml", ".rels")) and ENTITY.search(opened.read(4096)):
                raise UnreadableFile(_("The workbook contains what a spreadsheet never writes; it is refused."))


def _best_table(book: "Workbook", recognise: Recognise, sheet: str, most: int) -> Table:
    names = tuple(str(found.title) for found in book.worksheets)
    if sheet:
        if sheet not in names:
            said = {"sheet": sheet, "sheets": ", ".join(names)}
            raise UnreadableFile(_("There is no sheet “%(sheet)s”. The workbook has: %(sheets)s.") % said)
        return _table(book, sheet, names, recognise, most)
    filled = [name for name in names if _score(book, name, recognise) >= 0]
    if not filled:
        raise UnreadableFile(_("The file has no rows."))
    return _table(book, max(filled, key=lambda name: _score(book, name, recognise)), names, recognise, most)


def _score(book: "Workbook", name: str, recognise: Recognise) -> int:
    """How many headings the best of the first rows has; -1 when the sheet is empty."""
    best = -1
    for _number, cells in _rows(book[name], last=HEADER_WITHIN * 2):
        if any(cells):
            best = max(best, recognise(cells))
    return best


def _table(book: "Workbook", name: str, names: tuple[str, ...], recognise: Recognise, most: int) -> Table:
    records: list[list[str]] = []
    filled = 0
    for _number, cells in _rows(book[name]):
        filled += any(cells)
        if filled > MOST_ROWS + HEADER_WITHIN:
            raise too_many_rows()
        records.append(cells)
        if most and filled > most:
            break
    header, rows = split_header(records, recognise, keep_blank=False)
    return Table(header, rows, sheet=name, sheets=names, is_beginning=bool(most) and filled > most)


def _rows(sheet: "ReadOnlyWorksheet", last: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Rows with their numbers. What the sheet claims about its own size is not believed."""
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(max_row=last, max_col=MOST_COLUMNS + 1), start=1):  # type: ignore[misc]
        if number > LAST_ROW:
            raise too_many_rows()
        texts = [_text_of(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        yield number, texts


def _text_of(cell: Any) -> str:
    """A cell's text; its number format is looked up for numbers only, since that is slow."""
    value = cell.value
    if value is None:
        return ""
    if type(value) is str:
        return value if value.isprintable() else CONTROL.sub("", value)
    return cell_text(value, cell.number_format or "" if isinstance(value, int | float) else "")


def cell_text(value: object, number_format: str = "") -> str:
    """What the cell shows, as text: `3.1%` for 0.031 formatted as percent, ISO for dates, formulas as typed."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            return (
                value.date().isoformat() if value.time() == time.min else value.isoformat(sep=" ", timespec="seconds")
            )
        case date():
            return value.isoformat()
        case int() | float():
            return _number_text(value, number_format)
        case _:
            return CONTROL.sub("", str(getattr(value, "text", value)))


def _number_text(value: float, number_format: str) -> str:
    number = Decimal(repr(value))
    if not number.is_finite():
        return ""
    if "%" in number_format:
        return f"{_plain(number * 100)}%"
    return _plain(number)


def _plain(number: Decimal) -> str:
    """Figures without an exponent and without zeros after the decimal sign."""
    if number == number.to_integral_value():
        return str(int(number)) if abs(number) < Decimal(10) ** 30 else str(number)
    return format(number.normalize(), "f")
