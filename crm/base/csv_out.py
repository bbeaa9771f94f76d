"""Tables for spreadsheets: CSV and XLSX answers whose cells no spreadsheet runs as a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from crm.base.zones import zone_info

Cell = str | int | float | Decimal | date | datetime | None
Row = Sequence[Cell]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STARTS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
PASSED_OVER = "' \u00a0\u3000"
BYTE_ORDER_MARK = "\ufeff"
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # control characters XML 1.0 has no way to hold


def escape_cell(text: str) -> str:
    """Text that a spreadsheet would run gets an apostrophe in front; `unescape_cell` takes it away again."""
    return f"'{text}" if _starts_formula(text) else text


def unescape_cell(text: str) -> str:
    """What `escape_cell` was given; text it had no reason to change stays as it is."""
    return text[1:] if text.startswith("'") and _starts_formula(text) else text


def _starts_formula(text: str) -> bool:
    return text.lstrip(PASSED_OVER).startswith(STARTS_FORMULA)


def csv_response(filename: str, header: Row, rows: Iterable[Row], *, zone: str) -> StreamingHttpResponse:
    """A CSV download written while it is read: UTF-8 with a mark Excel knows, instants in the zone with offset."""
    response = StreamingHttpResponse(_csv_lines(header, rows, zone), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, filename)
    response["Cache-Control"] = "private, no-store"
    return response


Sheet = tuple[str, Row, Iterable[Row]]
"""A sheet of a workbook: its name, its heads, its rows."""


def xlsx_response(filename: str, header: Row, rows: Iterable[Row], *, zone: str) -> FileResponse:
    """An XLSX download with one sheet and a bold header; instants are clock times of the zone."""
    return book_response(filename, [("Mitra", header, rows)], zone=zone)


def book_response(filename: str, sheets: Iterable[Sheet], *, zone: str) -> FileResponse:
    """An XLSX download, written row by row: a sheet may be longer than what fits into memory."""
    # Here, not above: the library takes longer to load than the rest of a page, and few pages need it.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, header, rows in sheets:
        _write_sheet(book.create_sheet(name), header, rows, zone)
    written = TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(written)
    written.seek(0)
    response = FileResponse(written, as_attachment=True, filename=filename, content_type=XLSX)
    response["Cache-Control"] = "private, no-store"
    return response


def _write_sheet(sheet: Any, header: Row, rows: Iterable[Row], zone: str) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    sheet.freeze_panes = "A2"
    titles = [WriteOnlyCell(sheet, value=_xlsx_value(title, zone)) for title in header]
    for title in titles:
        title.font = Font(bold=True)
    sheet.append(titles)
    for row in rows:
        sheet.append([_xlsx_value(cell, zone) for cell in row])


class _Line:
    """Where csv.writer writes to: it hands the line straight back."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(header: Row, rows: Iterable[Row], zone: str) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK
    yield writer.writerow([_csv_value(cell, zone) for cell in header])
    for row in rows:
        yield writer.writerow([_csv_value(cell, zone) for cell in row])


def _csv_value(cell: Cell, zone: str) -> str | int | float | Decimal | None:
    match cell:
        case str():
            return escape_cell(cell)
        case datetime():
            return cell.astimezone(zone_info(zone)).isoformat(timespec="seconds")
        case date():
            return cell.isoformat()
    return cell


def _xlsx_value(cell: Cell, zone: str) -> Any:
    match cell:
        case str():
            return escape_cell(UNWRITABLE.sub("", cell))
        case datetime():
            return cell.astimezone(zone_info(zone)).replace(tzinfo=None)
    return cell
