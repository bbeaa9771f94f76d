import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.http import FileResponse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from crm.base.csv_out import Row, csv_response, escape_cell, unescape_cell, xlsx_response

DANGEROUS = [
    "=1+1",
    "+62812",
    "-2",
    "@sum",
    "\tx",
    "\rx",
    "\nx",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    " =1+1",
    "'=1+1",
    "\u00a0@x",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert escape_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Sari", "1-2", "'tis", "a=b", "12", "é"])
def test_harmless_text_is_left_as_it_is(text: str) -> None:
    assert escape_cell(text) == text
    assert unescape_cell(text) == text


@given(st.text(alphabet="'=+-@\t\r\n＝＋－＠ \u00a0ab1", max_size=8) | st.text())
def test_every_text_survives_the_round_trip(text: str) -> None:
    assert unescape_cell(escape_cell(text)) == text


HEADER = ["Name", "=Followers", "Price", "Due", "Seen"]
ROWS: list[Row] = [
    ["=HYPERLINK(0)", 12_500, Decimal("-7.50"), date(2026, 3, 1), datetime(2026, 3, 1, 17, tzinfo=UTC)],
    ['Sari, "S"\nLestari', None, Decimal(0), None, None],
]


def test_a_csv_answer_holds_the_escaped_table() -> None:
    response = csv_response("people.csv", HEADER, ROWS, zone="Asia/Jakarta")

    body = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]
    assert list(csv.reader(StringIO(body, newline=""))) == [
        ["Name", "'=Followers", "Price", "Due", "Seen"],
        ["'=HYPERLINK(0)", "12500", "-7.50", "2026-03-01", "2026-03-02T00:00:00+07:00"],
        ['Sari, "S"\nLestari', "", "0", "", ""],
    ]
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="people.csv"'
    assert response["Cache-Control"] == "private, no-store"


def test_a_csv_answer_reads_its_rows_one_by_one() -> None:
    read = []

    def rows() -> Iterator[Row]:
        for number in range(3):
            read.append(number)
            yield [number]

    lines = iter(csv_response("n.csv", ["n"], rows(), zone="UTC").streaming_content)  # type: ignore[arg-type]

    assert [next(lines), next(lines), next(lines)] == [b"\xef\xbb\xbf", b"n\r\n", b"0\r\n"]
    assert read == [0]


def opened(response: FileResponse) -> Worksheet:
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active  # type: ignore[arg-type]
    response.close()
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.mark.django_db  # closing an answer looks after the connection
def test_an_xlsx_answer_holds_text_where_a_formula_was_typed() -> None:
    response = xlsx_response("people.xlsx", HEADER, ROWS, zone="Asia/Jakarta")

    sheet = opened(response)
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Name", "'=Followers", "Price", "Due", "Seen"],
        ["'=HYPERLINK(0)", 12_500, -7.5, datetime(2026, 3, 1), datetime(2026, 3, 2)],  # noqa: DTZ001
        ['Sari, "S"\nLestari', None, 0, None, None],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n", "d"}
    assert response["Content-Disposition"] == 'attachment; filename="people.xlsx"'


@pytest.mark.django_db
def test_control_characters_do_not_break_an_xlsx_answer() -> None:
    response = xlsx_response("x.xlsx", ["a"], [["\x00Sa\x0bri\x1f"]], zone="UTC")

    sheet = opened(response)
    assert sheet["A2"].value == "Sari"
