"""A deal as it is said in a chat: `2 reels 4 stories a month, 5jt` is six posts and a retainer, each month."""

import re
from dataclasses import dataclass
from decimal import Decimal

from crm.ambassadors.models import AmbassadorDeal
from crm.contracts.said import read_terms
from crm.influencers.prices_said import read_items

Unit = AmbassadorDeal.Unit
PERIODS = {
    "week": Unit.WEEK, "weekly": Unit.WEEK, "minggu": Unit.WEEK, "month": Unit.MONTH, "monthly": Unit.MONTH,
    "bulan": Unit.MONTH, "quarter": Unit.QUARTER, "quarterly": Unit.QUARTER, "triwulan": Unit.QUARTER,
    "kuartal": Unit.QUARTER, "year": Unit.YEAR, "yearly": Unit.YEAR, "tahun": Unit.YEAR,
}  # fmt: skip
PER = re.compile(
    rf"(?:\b(?:an?|per|each|every|(?:se)?tiap|se)\s*|/\s*|\b)(?P<word>{'|'.join(sorted(PERIODS, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
LOOSE_COMMA = re.compile(r"\s*,\s+|\s+,\s*|,\s*$")


@dataclass(frozen=True)
class SaidDeal:
    """Codes of formats with how many of each, the retainer where one price was named, and the period where it was."""

    posts: tuple[tuple[str, int], ...]
    amount: Decimal | None
    currency: str
    tax: str
    unit: str


def read_deal(text: str) -> SaidDeal | None:
    """What the words say, or None when nothing can be read in them."""
    found = PER.search(text)
    unit = str(PERIODS[found["word"].casefold()]) if found else ""
    plain = " ".join(LOOSE_COMMA.sub(" ", PER.sub(" ", text)).split())
    terms = read_terms(plain)
    if terms is not None and terms.posts:
        return SaidDeal(_together(terms.posts), terms.amount, terms.currency, terms.tax, unit)
    items = read_items(plain)
    return SaidDeal(_together(items), None, "", "", unit) if items else None


def _together(posts: "list[tuple[str, int]] | tuple[tuple[str, int], ...]") -> tuple[tuple[str, int], ...]:
    """`1 reel 1 story 1 reel` is two reels and a story."""
    counted: dict[str, int] = {}
    for code, count in posts:
        counted[code] = counted.get(code, 0) + count
    return tuple(counted.items())
