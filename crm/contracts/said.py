"""Terms as they are said in a chat: `1 reel 3 story 2,8jt nett` is four posts and a fee."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from crm.influencers.models import Format
from crm.influencers.prices_said import read_said

MOST_POSTS = 60
SMALLEST = Decimal(1_000)
"""Rupiah. "2 reel" counts reels; nobody is paid two rupiah for one."""
PART = re.compile(r"(?P<count>[0-9]{1,2}) (?P<content>[a-z_]+)")


@dataclass(frozen=True)
class SaidTerms:
    """What the words promise and pay: format codes with how many of each, the amount when one price was named.

    `high` differs from `low` when the words name a range: no amount is agreed then.
    """

    posts: tuple[tuple[str, int], ...]
    low: Decimal
    high: Decimal
    currency: str
    tax: str

    @property
    def amount(self) -> Decimal | None:
        return self.low if self.low == self.high else None


def read_terms(text: str) -> SaidTerms | None:
    """What the words say, or None when they name no price, or more than one way to read it."""
    said = read_said(text)
    if said is None or (said.currency == "IDR" and said.low < SMALLEST):
        return None
    return SaidTerms(tuple(_posts(said.content, said.package)), said.low, said.high, said.currency, said.tax)


def _posts(content: str, package: str) -> Iterable[tuple[str, int]]:
    if content:
        yield content, 1
    for part in package.split(" + ") if package else ():
        found = PART.fullmatch(part)
        if found is not None:
            yield found["content"], int(found["count"])


def formats_of(codes: Iterable[str], platforms: Iterable[int]) -> dict[str, Format | None]:
    """The format each code means for somebody with accounts on these platforms, the first of them counting most.

    A code several platforms know ("video") means the one she has an account on; None where nobody can tell. One query.
    """
    return formats_among(codes, {0: list(platforms)})[0]


def formats_among(codes: Iterable[str], platforms: Mapping[int, Sequence[int]]) -> dict[int, dict[str, Format | None]]:
    """The same for many people at once: {person: platforms} -> {person: {code: format}}. One query."""
    by_code: dict[str, list[Format]] = {code: [] for code in codes}
    known = Format.objects.filter(code__in=list(by_code)).select_related("platform").order_by("platform__position")
    for row in known:
        by_code[row.code].append(row)
    return {
        person: {code: _one_of(rows, order) for code, rows in by_code.items()} for person, order in platforms.items()
    }


def _one_of(rows: list[Format], order: Sequence[int]) -> Format | None:
    hers = sorted((row for row in rows if row.platform_id in order), key=lambda row: order.index(row.platform_id))
    if hers:
        return hers[0]
    return rows[0] if len(rows) == 1 else None
