"""Files in every dress."""

import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from crm.influencers.imports.mapping import recognised
from crm.influencers.imports.reading import SourceRow, Table, UnreadableFile, read_table

HEADER = ("Nama KOL", "Akun IG", "Kota")


def read(data: bytes, sheet: str = "") -> Table:
    return read_table(data, recognise=recognised, sheet=sheet)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_encoding_and_delimiter_reads_the_same(delimiter: str, encoding: str) -> None:
    text = "\r\n".join(delimiter.join(row) for row in [HEADER, ("Renée", "@renee", "Malang"), ("Oka", "@oka", "")])

    table = read(text.encode(encoding))

    assert table.header == HEADER
    assert table.rows == [SourceRow(2, ("Renée", "@renee", "Malang")), SourceRow(3, ("Oka", "@oka", ""))]
    assert table.delimiter == delimiter


def test_short_long_and_blank_rows_keep_their_row_numbers() -> None:
    table = read(b"Nama;Akun IG;Kota\nSekar;@sekar\n\n;;\nOka;@oka;Medan;lebih;\n")

    assert table.rows == [
        SourceRow(2, ("Sekar", "@sekar")),
        SourceRow(4, ("", "", "")),
        SourceRow(5, ("Oka", "@oka", "Medan", "lebih", "")),
    ]


def test_quoted_cells_hold_delimiters_quotes_and_line_breaks() -> None:
    table = read(b'Nama;Akun IG;Catatan\n"Se;kar";@sekar;"baris 1\nbaris ""dua"""\nOka;@oka;\n')

    assert table.rows == [
        SourceRow(2, ("Se;kar", "@sekar", 'baris 1\nbaris "dua"')),
        SourceRow(3, ("Oka", "@oka", "")),
    ]


def test_a_title_above_the_header_does_no_harm() -> None:
    table = read(b"DATABASE KOL 2026;;\n;;\nNama KOL;Akun IG;Kota\nSekar;@sekar;Malang\n")

    assert table.header == HEADER
    assert table.rows == [SourceRow(4, ("Sekar", "@sekar", "Malang"))]


def test_the_line_excel_writes_about_its_delimiter_is_understood() -> None:
    table = read(b"sep=|\nNama|Akun IG\nSekar|@sekar\n")

    assert (table.delimiter, table.header) == ("|", ("Nama", "Akun IG"))
    assert table.rows == [SourceRow(3, ("Sekar", "@sekar"))]


def test_decimal_commas_do_not_pass_for_delimiters() -> None:
    table = read(b"Nama;ER;Jml Followers\nA;3,2%;12,5 rb\nB;4,04 %;1,2 jt\nC;1,1%;9,9 rb\n")

    assert table.delimiter == ";"
    assert [len(row.cells) for row in table.rows] == [3, 3, 3]


def test_columns_without_a_heading_are_named_and_empty_ones_at_the_end_dropped() -> None:
    assert read(b"Nama;;Akun IG;;\nSekar;x;@sekar;;\n").header == ("Nama", "Column 2", "Akun IG")


def test_control_characters_are_dropped() -> None:
    assert read(b"Nama;Akun IG\nSe\x00kar\x07;@sekar\n").rows == [SourceRow(2, ("Sekar", "@sekar"))]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \r\n", "The file is empty."),
        (b"Nama;Akun\n", "The file has a header but no rows below it."),
        (b"%PDF-1.7 ...", "This is neither a CSV file nor an Excel workbook (.xlsx)."),
        (b"\x89PNG\r\n", "This is neither a CSV file nor an Excel workbook (.xlsx)."),
        (bytes(range(1, 9)) * 40, "This is neither a CSV file nor an Excel workbook (.xlsx)."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest",
            "This is an old .xls file or a workbook with a password. Save it as .xlsx without a password, or as CSV.",
        ),
        (
            b'Nama;Akun\nSekar;@s\n"Oka;@oka\nVina;@vina\n',
            'Row 3 opens a quotation mark (") that is never closed. Correct it and upload again.',
        ),
        (
            b"Nama;Akun\n" + b"a;b\n" * 50_001,
            "The file has more than 50,000 rows. Split it and import the parts one after the other.",
        ),
        (
            b"Nama;Akun\n" + b"a" * (10 * 1024 * 1024),
            "The file is larger than 10 MB. Split it and import the parts one after the other.",
        ),
        (
            b";".join([b"k"] * 201) + b"\nsatu\n",
            "The file has more than 200 columns. Remove those that are not needed.",
        ),
    ],
)
def test_a_file_that_cannot_be_imported_says_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(data)

    assert str(refused.value) == message


def test_fifty_thousand_rows_are_not_too_many() -> None:
    assert len(read(b"Nama;Akun\n" + b"a;b\n" * 50_000).rows) == 50_000


def workbook(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def test_a_workbook_reads_like_its_screen_shows() -> None:
    data = workbook(
        (
            "KOL",
            [
                ["Nama KOL", "No. WA", "ER", "Tgl lahir", "Jml Followers", "Rate card", "Aktif"],
                ["Sekar", 628579362957, 2.37, datetime.fromisoformat("1996-03-12"), 46025.0, None, True],
                [None] * 7,
                ["=1+1", "081", 0.031, date(1999, 1, 5), "63,3 rb", 1500000, False],
            ],
        )
    )

    table = read(data)

    assert table.header == ("Nama KOL", "No. WA", "ER", "Tgl lahir", "Jml Followers", "Rate card", "Aktif")
    assert table.rows == [
        SourceRow(2, ("Sekar", "628579362957", "2.37", "1996-03-12", "46025", "", "TRUE")),
        SourceRow(4, ("=1+1", "081", "0.031", "1999-01-05", "63,3 rb", "1500000", "FALSE")),
    ]


def test_a_cell_formatted_as_percent_is_a_percentage() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Nama", "ER"])
    sheet.append(["Sekar", 0.031])
    sheet["B2"].number_format = "0.0%"
    written = BytesIO()
    book.save(written)

    assert read(written.getvalue()).rows == [SourceRow(2, ("Sekar", "3.1%"))]


def test_the_sheet_with_the_people_is_found_among_others() -> None:
    data = workbook(
        ("Petunjuk", [["Isi lembar berikut"]]),
        ("KOL", [["Nama KOL", "Akun IG"], ["Sekar", "@sekar"]]),
        ("Kosong", []),
    )

    table = read(data)

    assert (table.sheet, table.sheets) == ("KOL", ("Petunjuk", "KOL", "Kosong"))
    assert table.rows == [SourceRow(2, ("Sekar", "@sekar"))]


def test_a_workbook_is_read_no_further_than_asked() -> None:
    rows = [["Nama", "Akun IG"], *([f"Orang {n}", f"@orang.{n}"] for n in range(500))]

    table = read_table(workbook(("KOL", rows)), recognise=recognised, most=200)

    assert [len(table.rows), table.rows[0]] == [200, SourceRow(2, ("Orang 0", "@orang.0"))]


def test_an_unknown_sheet_is_refused_with_the_names_there_are() -> None:
    data = workbook(("KOL", [["Nama", "Akun IG"], ["Sekar", "@sekar"]]))

    with pytest.raises(UnreadableFile, match="There is no sheet “Lain”"):
        read(data, sheet="Lain")


def repacked(data: bytes, **parts: bytes) -> bytes:
    """The workbook with some parts replaced or added."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in parts:
                new.writestr(part.filename, old.read(part.filename))
        for name, content in parts.items():
            new.writestr(name, content)
    return written.getvalue()


SMALL = workbook(("KOL", [["Nama", "Akun IG"], ["Sekar", "@sekar"]]))


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    bomb = repacked(SMALL, **{"xl/media/bomb.bin": b"\0" * (151 * 1024 * 1024)})

    assert len(bomb) < 1024 * 1024
    with pytest.raises(UnreadableFile, match="unpacks to more than 150 MB"):
        read(bomb)


def test_xml_that_defines_entities_is_refused() -> None:
    planted = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'

    with pytest.raises(UnreadableFile, match="contains what a spreadsheet never writes"):
        read(repacked(SMALL, **{"xl/sharedStrings.xml": planted}))


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("hello.txt", "hello")

    with pytest.raises(UnreadableFile, match="neither a CSV file nor an Excel workbook"):
        read(written.getvalue())


@given(st.integers(min_value=0, max_value=len(SMALL) - 1), st.integers(min_value=0, max_value=255))
def test_a_damaged_workbook_never_breaks_the_reader(position: int, value: int) -> None:
    damaged = bytearray(SMALL)
    damaged[position] = value

    try:
        table = read(bytes(damaged))
    except UnreadableFile as refused:
        assert str(refused)
    else:
        assert table.rows


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        table = read(data)
    except UnreadableFile as refused:
        assert str(refused)
    else:
        assert table.rows
