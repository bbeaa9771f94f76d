"""What a change is, in words, and whether people have to accept it anew."""

import datetime as dt
from typing import Any

import pytest

from campaigns.briefs.content import Content, as_json, from_json, merged
from campaigns.briefs.diff import binding_changes, differences, suggested_change, words_apart
from campaigns.briefs.showing import plain_of, sections_of
from tests.campaigns.briefs.conftest import said


def test_words_are_marked_inside_their_sentence() -> None:
    pieces = words_apart("Show the bottle in daylight.", "Show the box in soft daylight.")
    assert [(piece.tone, piece.text) for piece in pieces] == [
        ("same", "Show the "), ("gone", "bottle"), ("new", "box"), ("same", " in "), ("new", "soft "),
        ("same", "daylight."),
    ]  # fmt: skip


def test_items_are_told_by_their_place() -> None:
    old = said(items=[("Show the bottle", "must"), ("Smile", "free"), ("Say the name twice", "should")])
    new = said(items=[("Say the name twice", "must"), ("Show the small bottle", "must"), ("Tag a friend", "free")])
    (found,) = differences(old, new)
    assert (found.code, found.asks_again) == ("items", True)
    assert [(row.tone, row.said) for row in found.rows] == [
        ("changed", "now Must, was Should, from place 3 to place 1"),
        ("changed", "from place 1 to place 2, other words"),
        ("new", "New, place 3, Free"),
        ("gone", "Gone, was place 2, Free"),
    ]


def test_what_stays_in_its_order_did_not_move() -> None:
    old = said(items=[("One thing", "free"), ("Another matter", "free")])
    new = said(items=[("Quite new", "free"), ("One thing", "free"), ("Another matter", "free")])
    (found,) = differences(old, new)
    assert [row.said for row in found.rows] == ["New, place 1, Free", "", ""]


def test_lists_say_what_is_new_and_what_is_gone() -> None:
    (found,) = differences(said(hashtags=["#a", "#b"]), said(hashtags=["#b", "#c"]))
    assert [(row.tone, row.pieces[0].text) for row in found.rows] == [("gone", "#a"), ("same", "#b"), ("new", "#c")]


def test_the_same_brief_differs_in_nothing() -> None:
    content = said(caption="Morning", items=[("Smile", "must")], hashtags=["#a"])
    assert differences(content, content) == []


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"claims": ["hydrates"]}, ["claims"]),
        ({"forbidden": ["aman"]}, ["forbidden"]),
        ({"disclosure": "#iklan"}, ["disclosure"]),
        ({"link": "https://lumi.example/"}, ["link"]),
        ({"embargo_at": dt.datetime(2026, 12, 1, tzinfo=dt.UTC)}, ["embargo_at"]),
        ({"use_days": 14}, ["use_days"]),
        ({"rights_note": "Ads for 90 days"}, ["rights_note"]),
        ({"items": [("Smile", "must")]}, ["items"]),
        ({"upload_time": "5 December 2026"}, ["upload_time"]),
        ({"upload_time": "in the evening"}, []),
        ({"items": [("Smile", "should")]}, []),
        ({"caption": "Another", "pose": "Sitting", "hashtags": ["#x"], "brand_story": "Since 2015"}, []),
    ],
)
def test_only_what_binds_asks_again(changed: dict[str, Any], codes: list[str]) -> None:
    assert binding_changes(said(), said(**changed)) == codes
    assert suggested_change(said(), said(**changed)) == ("ask_again" if codes else "small")


def test_the_first_version_is_always_accepted() -> None:
    assert suggested_change(None, said()) == "ask_again"


def test_she_reads_what_to_keep_first_and_nothing_empty() -> None:
    content = said(
        brand_story="Small house.\n\nSince 2015.", items=[("Smile", "free"), ("Show it", "must")], use_days=14,
        embargo_at=dt.datetime(2026, 12, 4, 2, 0, tzinfo=dt.UTC), hashtags=["#a", "#b"],
    )  # fmt: skip
    content = Content(content.values, content.items, (), "Asia/Makassar")
    shown = sections_of(content)
    assert [(part.code, [line.text for line in part.lines]) for part in shown] == [
        ("brand_story", ["Small house.", "Since 2015."]),
        ("must", ["Show it"]),
        ("free", ["Smile"]),
        ("hashtags", ["#a #b"]),
        ("embargo_at", ["Fri, 4 Dec 2026 10:00 WITA"]),
        ("use_days", ["Use it for 14 days before you post about it."]),
    ]
    assert [part.title for part in shown[1:3]] == ["Please keep", "Up to you"]
    assert plain_of(shown[1:3]) == "Please keep\nShow it\n\nUp to you\nSmile"


def test_a_variant_differs_only_where_it_says_so() -> None:
    content = said(pose="Standing", caption="Morning", items=[("Smile", "must")])
    hers = merged(content, {"pose": "Sitting", "items": [["Laugh", "free"]], "number": 9, "embargo_at": None})
    assert (hers.words("pose"), hers.words("caption"), hers.items[0].text) == ("Sitting", "Morning", "Laugh")
    assert "number" not in hers.values


def test_the_library_keeps_everything_but_days_and_files() -> None:
    content = said(caption="Morning", hashtags=["#a"], items=[("Smile", "must")], use_days=3,
                   embargo_at=dt.datetime(2026, 12, 1, tzinfo=dt.UTC))  # fmt: skip
    again = from_json(as_json(content), "Asia/Jakarta")
    assert [one.code for one in differences(content, again)] == ["embargo_at"]
