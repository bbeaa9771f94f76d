"""The PDF of a report: what it says, that it says the same twice, and what it never says to a client."""

from typing import Any

import pytest
from django.utils.translation import override
from fpdf import FPDF

from campaigns.results.papers.files import file_name
from campaigns.results.papers.pages import draw_report
from campaigns.results.reports.shape import Report
from tests.campaigns.results.papers.telling import AT, post, told


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that was put onto a page."""
    said: list[str] = []
    for name in ("cell", "multi_cell"):
        monkeypatch.setattr(FPDF, name, spying(getattr(FPDF, name), said))
    return said


def spying(real: Any, said: list[str]) -> Any:
    def spy(self: FPDF, w: Any = None, h: Any = None, text: str = "", *args: Any, **kwargs: Any) -> Any:
        said.append(text)
        return real(self, w, h, text, *args, **kwargs)

    return spy


def words_of(report: Report, drawn: list[str]) -> str:
    assert draw_report(report, at=AT)[:5] == b"%PDF-"
    return " ".join(drawn).replace("\xa0", " ")


def test_it_says_on_how_many_posts_it_stands_and_against_what(drawn: list[str]) -> None:
    words = words_of(told(), drawn)
    for said in ("2 of 3 posts have numbers, of 3 people.", "Markerly 2016 via The Marketeers", "page 1 of"):
        assert said in words
    assert "No significant change." in words


def test_a_client_is_told_no_cost(drawn: list[str]) -> None:
    words = words_of(told(client=True), drawn)
    assert [said for said in ("What it cost", "4,000,000", "500,000", "3,340,000") if said in words] == []
    assert "Price" in words


def test_the_same_report_is_the_same_file() -> None:
    assert draw_report(told(), at=AT) == draw_report(told(), at=AT)


def test_a_long_report_says_what_it_left_out(drawn: list[str]) -> None:
    words = words_of(told(by_post=[post(n, f"Person {n}", told().by_post[0].counts) for n in range(121)]), drawn)
    assert "1 more stands in the workbook." in words
    assert "Person 119" in words and "Person 120" not in words


def test_a_report_without_a_post_is_still_a_paper(drawn: list[str]) -> None:
    bare = told(
        by_post=(), by_person=(), by_tier=(), benchmarks=(), kpis=(), changes=(), orders=None, costs=None, tiles=()
    )
    assert "Glow" in words_of(bare, drawn)


def test_a_file_is_named_after_its_campaign_in_the_language_of_the_reader() -> None:
    with override("en"):
        assert file_name(told(title="Glow: November!"), "pdf") == "glow-november-report.pdf"
