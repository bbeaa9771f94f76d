"""What sheets say about running work, as it is read."""

import datetime as dt
from decimal import Decimal

import pytest

from campaigns.planning.imports.reading import Fee, read_days, read_fee, read_work
from campaigns.planning.imports.said import spread, web_address
from campaigns.planning.imports.words import HEADINGS, STATES, state_of, target_of

TODAY = dt.date(2026, 11, 22)
CODES = {
    "instagram": "feed carousel reel story story-link live",
    "tiktok": "video photo story live",
    "youtube": "video short live community",
    "x": "post thread",
}
FORMATS = {(platform, code): 1 for platform, codes in CODES.items() for code in codes.split()}
REEL, STORY, VT = ("instagram", "reel"), ("instagram", "story"), ("tiktok", "video")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("1 reel 3 story", [REEL, STORY, STORY, STORY]),
        ("2x IG Reels + 1 TikTok video", [REEL, REEL, VT]),
        ("Story IG x3", [STORY] * 3),
        ("reels 1x, story 2x", [REEL, STORY, STORY]),
        ("1 tiktok, 2 igs", [VT, STORY, STORY]),
        ("3 VT", [VT] * 3),
        ("1 feed carousel", [("instagram", "carousel")]),
        ("foto feed 1x", [("instagram", "feed")]),
        ("1 Reels (IG) dan 1 YouTube shorts", [REEL, ("youtube", "short")]),
        ("2 video", [REEL, REEL]),
        ("reel x2", [REEL, REEL]),
        ("1 live tiktok", [("tiktok", "live")]),
        ("1 utas di twitter", [("x", "thread")]),
    ],
)
def test_what_is_made_is_read_as_people_say_it(text: str, pieces: list[tuple[str, str]]) -> None:
    work = read_work(text, FORMATS, "instagram")
    assert (work.pieces, work.unread) == (pieces, "")


def test_a_story_is_made_where_she_is_at_home() -> None:
    assert read_work("2 story", FORMATS, "tiktok").pieces == [("tiktok", "story")] * 2


@pytest.mark.parametrize(
    ("text", "pieces", "unread"),
    [
        ("1 podcast + 1 reel", [REEL], "1 podcast +"),
        ("endorse", [], "endorse"),
        ("99 story", [], "99 story"),
        ("", [], ""),
    ],
)
def test_what_is_no_format_is_said_back(text: str, pieces: list[tuple[str, str]], unread: str) -> None:
    work = read_work(text, FORMATS, "instagram")
    assert (work.pieces, work.unread) == (pieces, unread)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("5 Des", ["2026-12-05"]),
        ("5 Jan", ["2027-01-05"]),
        ("2026-12-05", ["2026-12-05"]),
        ("05/12/2026", ["2026-12-05"]),
        ("Senin, 7 Des 2026", ["2026-12-07"]),
        ("12 Januari 2027", ["2027-01-12"]),
        ("Reel 5/12; story 7/12", ["2026-12-05", "2026-12-07"]),
        ("3, 10 dan 17 Des", ["2026-12-03", "2026-12-10", "2026-12-17"]),
        ("5 Des & 7 Des", ["2026-12-05", "2026-12-07"]),
        ("2026-12-05 00:00:00", ["2026-12-05"]),
    ],
)
def test_days_are_read_one_or_several(text: str, days: list[str]) -> None:
    found = read_days(text, TODAY)
    assert ([day.isoformat() for day in found.days], found.unread) == (days, "")


@pytest.mark.parametrize("text", ["tbd", "31/02/2026", "minggu depan", "5 Foo"])
def test_what_is_no_day_is_said_back(text: str) -> None:
    assert (read_days(text, TODAY).days, read_days(text, TODAY).unread) == ([], text)


@pytest.mark.parametrize(
    ("text", "fee"),
    [
        ("2,8jt nett", Fee(Decimal(2_800_000))),
        ("Rp1.500.000", Fee(Decimal(1_500_000))),
        ("750rb", Fee(Decimal(750_000))),
        ("USD 200", Fee(Decimal(200), "USD")),
        ("barter", Fee()),
        ("gratis produk", Fee()),
        ("1jt-1,5jt", Fee(unclear=True)),
        ("2jt/reel", Fee(unclear=True)),
        ("nego", Fee(unclear=True)),
    ],
)
def test_a_fee_is_one_amount_or_stays_words(text: str, fee: Fee) -> None:
    assert read_fee(text) == fee


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Sudah posting", "done"),
        ("nego", "in_talks"),
        ("DEAL", "agreed"),
        ("menunggu draft", "making"),
        ("Draft masuk", "review"),
        ("siap posting", "posting"),
        ("selesai", "done"),
        ("batal", "off"),
        ("shortlist", "shortlist"),
        ("deal, tunggu kontrak", "agreed"),
        ("apa ya", ""),
    ],
)
def test_states_are_read_in_both_languages(text: str, state: str) -> None:
    assert state_of(text) == state


@pytest.mark.parametrize("table", [HEADINGS, STATES], ids=["headings", "states"])
def test_no_word_means_two_things(table: dict[str, str]) -> None:
    words = [word for listed in table.values() for word in listed.split("|")]
    assert sorted(words) == sorted(set(words))


def test_headings_are_known_whatever_stands_in_brackets() -> None:
    assert [target_of(name) for name in ("Akun IG", "SOW", "Fee (IDR)", "TGL POSTING", "Umur")] == [
        "account",
        "work",
        "fee",
        "post_on",
        "",
    ]


def test_days_are_spread_over_things_or_refused() -> None:
    one, two, three = (dt.date(2026, 12, day) for day in (1, 2, 3))
    pieces = [REEL, STORY, STORY]
    assert spread([one], pieces, [1, 2]) == [one, one, one]
    assert spread([one, two], pieces, [1, 2]) == [one, two, two]
    assert spread([one, two, three], pieces, [1, 2]) == [one, two, three]
    assert spread([one, two, three, one], pieces, [1, 2]) is None
    assert spread([], pieces, [1, 2]) == [None, None, None]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("instagram.com/p/abc", "https://instagram.com/p/abc"),
        ("https://vt.tiktok.com/ZS1/", "https://vt.tiktok.com/ZS1/"),
        ("menyusul", ""),
        ("https://[", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_an_address_is_one_of_the_web(text: str, address: str) -> None:
    assert web_address(text) == address
