"""Captions made to keep the machine busy, and pages of findings nobody could read."""

import sys
from typing import Any

import pytest

from campaigns.approvals.checking.asked import Link
from campaigns.approvals.checking.rules import MOST, judge
from tests.campaigns.approvals.checking.worlds import asked, found

MARKETS = ("ID", "US", "GB")


def calls_for(caption: str) -> int:
    """How many functions run until everything is said about a caption."""
    known = asked(
        caption, *MARKETS, hashtags=("#Lumi",), mentions=("@lumi.id",), claims=("9 jam",), brief="serum pagi " * 50
    )
    judge(known)
    counted = 0

    def count(_frame: Any, event: str, _arg: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        judge(known)
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize(
    "flood", ["#ad ", "#ad x ", "#a #b #ad ", "#ad www.a.id ", "#", "@a.", "ter ", "a.id ", "1%2 ", "rp1", "\u0301#ad "]
)
def test_twice_the_caption_is_twice_the_work(flood: str) -> None:
    once, twice = (calls_for((flood * size)[:size]) for size in (2_000, 4_000))
    assert twice < 2.5 * once


def test_what_stands_there_a_thousand_times_is_told_once() -> None:
    (one,) = found("CAP-13", "Iklan. " + "KIRANA " * 1_000, foreign_codes=frozenset({"KIRANA"}))
    assert (one.is_hit, one.start) == (True, 7)


def test_of_a_thousand_different_findings_the_first_fifty_are_told() -> None:
    caption = "Iklan. " + " ".join(f"toko{n}.id" for n in range(1_000))
    hits = found("CAP-14", caption, link=Link(True, (), frozenset({"lumi.example"})))
    assert len(hits) == MOST
    assert [hits[0].quoted, hits[-1].quoted] == ["toko0.id", "toko49.id"]
