"""Reading a price as somebody says it: `1 reel 3 story 2,8jt nett`, `2jt/reel`, `500-750rb story`."""

import re
from decimal import Decimal
from typing import NamedTuple

from crm.influencers.imports.values.money import FORMATS, read_price

LONGEST = 120
_WORDS = "|".join(re.escape(word) for word in sorted(FORMATS, key=len, reverse=True))
_ITEM = rf"(?:[0-9]{{1,2}}\s*x?\s*)?(?:{_WORDS})\b"
_BETWEEN = r"\s*(?:[+,&]|\bdan\b|\band\b)?\s*"
_ITEMS = rf"(?P<items>{_ITEM}(?:{_BETWEEN}{_ITEM})*)"
ITEMS_FIRST = re.compile(rf"{_ITEMS}\s*[:=@-]?\s*(?P<price>.*[0-9].*)", re.IGNORECASE)
PRICE_FIRST = re.compile(
    rf"(?P<price>.*?[0-9].*?)\s*(?:/|\bper\b|\bfor\b|\buntuk\b|:|\()?\s*{_ITEMS}\)?", re.IGNORECASE
)
ITEMS_ALONE = re.compile(_ITEMS, re.IGNORECASE)
ONE_ITEM = re.compile(rf"(?:(?P<count>[0-9]{{1,2}})\s*x?\s*)?(?P<word>{_WORDS})\b", re.IGNORECASE)
TAXES = ((re.compile(r"\bnett?\b", re.IGNORECASE), "net"), (re.compile(r"\bgross\b|\btax\b", re.IGNORECASE), "gross"))


class Said(NamedTuple):
    """From `low` to `high` (equal for one price); `content` is one format's code, `package` several things together."""

    low: Decimal
    high: Decimal
    currency: str
    content: str
    package: str
    tax: str


def read_said(text: str) -> Said | None:
    """The price in the words, or None when they hold none, or more than one."""
    said = " ".join(text.split())
    tax = next((code for word, code in TAXES if word.search(said)), "")
    plain = read_price(said).value
    if plain is not None:
        return Said(plain.low, plain.high, plain.currency, plain.content, "", tax)
    for order in (ITEMS_FIRST, PRICE_FIRST):
        found = order.fullmatch(_without_tax(said))
        price = read_price(found["price"]).value if found else None
        if found and price is not None and not price.content:
            content, package = _bought(found["items"])
            return Said(price.low, price.high, price.currency, content, package, tax)
    return None


def read_items(text: str) -> list[tuple[str, int]]:
    """What is bought, without a price: `1 reel 3 story` is one reel and three stories. Empty when it says anything else."""
    found = ITEMS_ALONE.fullmatch(" ".join(text.split()))
    items = ONE_ITEM.finditer(found["items"]) if found else ()
    return [(FORMATS[item["word"].casefold()], int(item["count"] or 1)) for item in items]


def _without_tax(said: str) -> str:
    return re.sub(r"\s*\(?\b(?:nett?|gross|all in|incl?\.? tax)\b\)?\s*$", "", said, flags=re.IGNORECASE)


def _bought(items: str) -> tuple[str, str]:
    """One thing is a format; several, or several of one, are a package in fixed words: `1 reel + 3 story`."""
    parts = [(int(item["count"] or 1), FORMATS[item["word"].casefold()]) for item in ONE_ITEM.finditer(items)]
    if len(parts) == 1 and parts[0][0] == 1:
        return parts[0][1], ""
    return "", " + ".join(f"{count} {content}" for count, content in parts)[:LONGEST]
