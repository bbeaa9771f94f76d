"""The workbook of a report: numbers are numbers, texts are only texts, and a client reads no cost."""

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook

from campaigns.results.papers.book import sheets_of
from campaigns.results.reports.shape import Report
from crm.base.csv_out import book_response
from tests.campaigns.results.papers.telling import post, told

pytestmark = pytest.mark.django_db  # closing an answer lets go of connections


def opened(report: Report, orders: Any = ()) -> Any:
    answer = book_response("report.xlsx", sheets_of(report, orders), zone="Asia/Jakarta")
    written = b"".join(answer)  # type: ignore[arg-type]
    answer.close()
    return load_workbook(io.BytesIO(written))


def by_head(book: Any, sheet: str) -> list[dict[str, Any]]:
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_sheets_of_our_own_report() -> None:
    assert opened(told()).sheetnames == ["Summary", "People", "Posts", "Orders", "Costs"]


def test_a_client_reads_prices_and_never_what_it_cost_us() -> None:
    book = opened(told(client=True))
    assert book.sheetnames == ["Summary", "People", "Posts", "Orders"]
    heads = [str(cell) for sheet in book for cell in next(sheet.iter_rows(values_only=True))]
    assert [head for head in heads if "Cost, " in head or "margin" in head] == []
    assert "Price, IDR" in heads


def test_figures_are_numbers_of_the_formulas() -> None:
    kirana = by_head(opened(told()), "People")[0]
    wanted = {
        "Posts": 1, "With numbers": 1, "Likes": 1140, "Reach": 15200, "Orders": 22, "Revenue, IDR": 5940000,
        "Like rate, %": 2.38, "Engagements per follower, %": 2.72, "Cost per engagement, IDR": 3443,
        "Orders per click, %": 7.1, "Revenue per cost (ROAS)": 1.32, "Return on cost, by margin (ROI), %": -25.78,
    }  # fmt: skip
    assert {head: kirana[head] for head in wanted} == wanted


def test_what_is_not_known_is_an_empty_cell_and_never_a_zero() -> None:
    second, third = by_head(opened(told()), "Posts")[1:]
    assert (second["Saves"], second["Engagements per follower, %"], second["Likes"]) == (None, None, 400)
    assert {third[head] for head in ("Likes", "Reach", "Like rate, %", "Counted after hours")} == {None}


def test_a_name_that_looks_like_a_formula_stays_a_name() -> None:
    assert [row["Person"] for row in by_head(opened(told()), "People")] == ["Kirana Maheswari", '\'=HYPERLINK("x")']


def test_a_moment_is_the_clock_of_the_campaign() -> None:
    assert by_head(opened(told()), "Posts")[0]["Posted"] == dt.datetime(2026, 11, 10, 9, 0)  # noqa: DTZ001


@pytest.mark.parametrize("part", ["Goals", "Before and after", "Against Markerly 2016", "What also happened"])
def test_the_summary_tells_what_the_page_tells(part: str) -> None:
    assert part in {row["Part"] for row in by_head(opened(told()), "Summary")}


def test_rows_of_orders_follow_their_sum() -> None:
    row = ["#1001", dt.date(2026, 11, 12), "Kirana", "Code", "KIRANA10", 270_000, 0, "IDR"]
    orders = by_head(opened(told(), [row]), "Orders")
    assert [one["Order"] for one in orders] == ["All together: 22", "#1001"]


def test_many_posts_are_written_as_they_are_read() -> None:
    many = [post(n, f"Person {n}", replace(told().by_post[0].counts, likes=n)) for n in range(1, 2_001)]
    rows = by_head(opened(told(by_post=many)), "Posts")
    assert (len(rows), rows[-1]["Likes"]) == (2_000, 2_000)
