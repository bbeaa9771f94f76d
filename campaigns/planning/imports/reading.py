"""Typed readers of what a sheet says about running work: what is made, on which days, for which fee."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from campaigns.planning.imports.words import ALSO, CONTENTS, PLATFORM_WORDS
from crm.influencers.imports.values import read_date, read_price
from crm.influencers.imports.values.dates import MONTHS

MOST_PIECES = 60
Content = tuple[str, str]
"""A platform and what is made there, by their codes."""

_platforms = "|".join(sorted(PLATFORM_WORDS, key=len, reverse=True))
_contents = "|".join(sorted(CONTENTS, key=len, reverse=True))
PIECE = re.compile(
    rf"(?:(?P<before>\d{{1,2}})\s*(?:[x×]|kali|buah|pcs)?\s*)?"
    rf"(?:(?P<on>{_platforms})\s+)?(?<![a-z])(?P<content>{_contents}|tiktok|youtube)(?![a-z])"
    rf"(?:\s+\(?(?:di\s+|on\s+|at\s+)?(?P<at>{_platforms})(?![a-z])\)?)?"
    rf"(?:\s*\(?(?:[x×]\s*(?P<after>\d{{1,2}})|(?P<times>\d{{1,2}})\s*[x×])\)?)?",
    re.IGNORECASE,
)
FILLER = re.compile(r"[\s+,;&/.:()\-]|\b(?:dan|and|plus|konten|content|x|frames?|slides?|per|akun)\b", re.IGNORECASE)
ALONE = {"tiktok": ("tiktok", "video"), "youtube": ("youtube", "video")}

DAY_MONTH = re.compile(r"(?P<d>\d{1,2})\s*[-/. ]\s*(?P<m>\d{1,2}|[a-z]+)")
BARE_DAY = re.compile(r"\d{1,2}")
PARTS = re.compile(r"\s*(?:[;\n|&+]|,\s*|\bdan\b|\band\b)\s*", re.IGNORECASE)
WORD_BEFORE = re.compile(r"^[a-z][a-z ]*[:\s]\s*(?=\d)", re.IGNORECASE)
YEARS_AHEAD = 5

PER_PIECE = re.compile(r"(?:/|\bper\b)\s*[a-z]", re.IGNORECASE)


class Work(NamedTuple):
    """What is made, as (platform, format) for each single piece, and what could not be read of it."""

    pieces: list[Content]
    groups: list[int]
    unread: str = ""


def read_work(text: str, formats: Mapping[Content, int], home: str) -> Work:
    """`1 reel 3 story`, `2x IG Reels + 1 TikTok video`, `Story IG x3`; without a platform it is made at `home`."""
    pieces: list[Content] = []
    groups: list[int] = []
    rest, end = "", 0
    said = text.casefold()
    for match in PIECE.finditer(said):
        rest += said[end : match.start()] + " "
        end = match.end()
        found = _format_of(match, formats, home)
        count = int(match["before"] or match["after"] or match["times"] or 1)
        if found is None or not 0 < count <= MOST_PIECES:
            rest += match.group() + " "
            continue
        pieces += [found] * count
        groups.append(count)
    rest += said[end:]
    unread = " ".join(rest.split()) if FILLER.sub("", rest) else ""
    return Work(pieces[:MOST_PIECES], groups, unread)


def _format_of(match: re.Match[str], formats: Mapping[Content, int], home: str) -> Content | None:
    """Where it is made and what it is there, by the house's own table of formats."""
    word = match["content"]
    named, content = ALONE.get(word) or CONTENTS[word]
    said = PLATFORM_WORDS.get(match["on"] or "") or PLATFORM_WORDS.get(match["at"] or "") or named
    places = [said] if said else [home, "instagram"]
    for place in places:
        for code in ALSO.get(content, (content,)):
            if (place, code) in formats:
                return place, code
    return None


@dataclass(slots=True)
class Days:
    """The days a cell names, in its order; `unread` is what names none."""

    days: list[date] = field(default_factory=list)
    unread: str = ""
    month_first: str = ""


def read_days(text: str, today: date) -> Days:
    """`5 Des`, `2026-12-05`, `Reel 5/12; story 7/12`, `3, 10 dan 17 Des`: one day or several."""
    found = Days()
    whole = _day(text, today, found)
    if whole is not None:
        return Days([whole], month_first=found.month_first)
    parts = [WORD_BEFORE.sub("", part.strip()) for part in PARTS.split(text) if part.strip()]
    later: date | None = None
    for part in reversed(parts):
        on = _day(part, today, found)
        if on is None and later is not None and BARE_DAY.fullmatch(part):
            on = _replaced(later, int(part))
        if on is None:
            return Days(unread=text)
        found.days.insert(0, on)
        later = on
    return found


def _day(text: str, today: date, found: Days) -> date | None:
    reading = read_date(text, date(today.year + YEARS_AHEAD, 12, 31))
    if reading.value is not None:
        if reading.remark == "month-first":
            found.month_first = text
        return reading.value
    match = DAY_MONTH.fullmatch(text.casefold().strip())
    return _nearest(match, today) if match else None


def _nearest(match: re.Match[str], today: date) -> date | None:
    """A day without its year is the one nearest to today."""
    month = int(match["m"]) if match["m"].isdigit() else MONTHS.get(match["m"], 0)
    days = [_made(today.year + step, month, int(match["d"])) for step in (-1, 0, 1)]
    return min((on for on in days if on), key=lambda on: abs(on - today), default=None)


def _replaced(other: date, day: int) -> date | None:
    return _made(other.year, other.month, day)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class Fee(NamedTuple):
    """An amount with its currency, or words only; `unclear` when a person has to say what it comes to."""

    amount: Decimal | None = None
    currency: str = "IDR"
    unclear: bool = False


NOTHING_PAID = re.compile(r"\b(?:barter|gratis|free|unpaid|gifting|gift|0)\b", re.IGNORECASE)


def read_fee(text: str) -> Fee:
    """`2,8jt nett`, `Rp1.500.000`, `USD 200`; a range, a price per piece and `barter` stay words."""
    if NOTHING_PAID.match(text.strip()):
        return Fee()
    price = read_price(text).value
    if price is None or price.low != price.high or PER_PIECE.search(text):
        return Fee(unclear=True)
    return Fee(price.low, price.currency)
