"""Rate cards: one price, a range, a price per format; everything said in more words stays words."""

import re
from decimal import Decimal
from typing import NamedTuple

from crm.base.amounts import read_amount
from crm.influencers.imports.values.base import BLANK, Reading, is_blank, tidy

NEGOTIABLE = re.compile(r"(?:bisa\s+)?(?:nego\w*|negotiable|by request|tbd|hubungi|on request|call)\b.*", re.IGNORECASE)
RANGE = re.compile(r"\s*(?:-|–|—|s/d|sd|sampai|hingga|to)\s*", re.IGNORECASE)
UNIT_WORD = re.compile(r"(?P<number>[0-9.,]+)\s*(?P<unit>rb|rbu|ribu|k|jt|jta|juta)\b", re.IGNORECASE)
PER = re.compile(
    r"(?P<amount>.+?)\s*(?:/|\bper\b|\bfor\b|\buntuk\b)\s*(?:1\s*)?(?:x\s*)?(?P<what>[a-z][a-z ]{1,20})", re.IGNORECASE
)
NET = re.compile(r"\s*\(?\b(?:nett?|gross|all in|incl?\.? tax)\b\)?\s*$", re.IGNORECASE)
CURRENCY = re.compile(
    r"^\s*(?P<code>usd|us\$|\$|eur|€|gbp|£|sgd|s\$|myr|rm)\s*|\s*(?P<after>usd|eur|gbp|sgd|myr)\s*$", re.IGNORECASE
)
CODES = {"us$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "s$": "SGD", "rm": "MYR"}
HIGHEST = Decimal(10) ** 12

FORMATS = {
    "reel": "reel", "reels": "reel", "ig reel": "reel", "ig reels": "reel",
    "story": "story", "stories": "story", "igs": "story", "ig story": "story", "ig stories": "story",
    "post": "feed", "feed": "feed", "foto": "feed", "photo": "feed", "ig post": "feed", "ig feed": "feed",
    "carousel": "carousel", "karusel": "carousel",
    "video": "video", "vt": "video", "tiktok": "video", "video tiktok": "video", "tiktok video": "video",
    "live": "live", "shorts": "short", "short": "short", "youtube": "video", "thread": "post",
}  # fmt: skip


class Price(NamedTuple):
    """What somebody asks: from `low` to `high` (equal for a single price), for one of `content` ("" for anything)."""

    low: Decimal
    high: Decimal
    content: str = ""
    currency: str = "IDR"


def read_price(text: str) -> Reading[Price]:
    """`Rp1.500.000`, `750rb`, `2jt/reel`, `500000 - 750000`; `1 reel 3 story 2,8jt nett` stays words."""
    if is_blank(text):
        return BLANK
    said = tidy(text)
    if NEGOTIABLE.fullmatch(said):
        return Reading(None, "negotiable", said)
    price = _price(NET.sub("", said))
    if price is not None and 0 < price.low <= price.high < HIGHEST:
        return Reading(price)
    return Reading(None, "terms" if any(sign.isdigit() for sign in said) and " " in said else "amount", said)


def _price(said: str) -> Price | None:
    said, content = _without_content(said)
    if content is None:
        return None
    said, currency = _without_currency(said)
    bounds = _bounds(said)
    return Price(*bounds, content, currency) if bounds else None


def _without_content(said: str) -> tuple[str, str | None]:
    """The amount and the format it buys; the format is None when the words name none we know."""
    match = PER.fullmatch(said)
    if match is None or match["what"].strip().casefold() == "d":
        return said, ""
    return match["amount"], FORMATS.get(match["what"].strip().casefold())


def _without_currency(said: str) -> tuple[str, str]:
    match = CURRENCY.search(said)
    if match is None:
        return said, "IDR"
    word = (match["code"] or match["after"]).casefold()
    return CURRENCY.sub("", said, count=1), CODES.get(word, word.upper())


def _bounds(said: str) -> tuple[Decimal, Decimal] | None:
    single = read_amount(said)
    if single is not None:
        return single, single
    parts = RANGE.split(said)
    if len(parts) != 2:
        return None
    low_text, high_text = parts
    unit = UNIT_WORD.search(high_text)
    if unit and low_text.replace(".", "").replace(",", "").isdigit():
        low_text = f"{low_text}{unit['unit']}"
    low, high = read_amount(low_text), read_amount(high_text)
    return (low, high) if low is not None and high is not None else None
