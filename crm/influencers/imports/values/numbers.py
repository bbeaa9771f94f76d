"""Counts and engagement rates."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from crm.base.amounts import read_count
from crm.influencers.imports.values.base import BLANK, Reading, is_blank, tidy

MOST = 99_999_999_999
HIGHEST_RATE = Decimal(100)
RATE = re.compile(r"(?P<number>[0-9]{1,4}(?:[.,][0-9]{1,8})?)\s*(?P<mark>%|percent|persen)?")
SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,2}")


@lru_cache(maxsize=50_000)
def read_count_cell(text: str) -> Reading[int]:
    """How many followers, likes, views the cell says; `0,5` people do not exist and become a remark."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) < 12:
        return Reading(int(text))
    if is_blank(text):
        return BLANK
    count = int(Decimal(text)) if SCIENTIFIC.fullmatch(text) else read_count(text)
    if count is None:
        count = _rounded(text)
    if count is None or count > MOST:
        return Reading(None, "count", tidy(text))
    return Reading(count)


def _rounded(text: str) -> int | None:
    """`1.2345k` is 1,234.5 people: rounded, since the unit shows that it was rounded already."""
    match = re.fullmatch(r"([0-9]+)[.,]([0-9]{4,})\s*(k|rb|ribu)", text.casefold())
    return round(Decimal(f"{match[1]}.{match[2]}") * 1000) if match else None


class RateHabit(NamedTuple):
    """How a column writes rates, learnt from the cells that leave no doubt (those with a percent sign)."""

    typical: Decimal | None = None
    all_below_one: bool = False

    @classmethod
    def of(cls, cells: Iterable[str]) -> "RateHabit":
        """The habit of a column: the median of its marked cells, and whether every bare cell is below one."""
        marked: list[Decimal] = []
        bare: list[Decimal] = []
        for cell in cells:
            match = RATE.fullmatch(cell.strip().casefold())
            if match:
                (marked if match["mark"] else bare).append(_decimal(match["number"]))
        sure = sorted(marked or [rate for rate in bare if rate >= 1])
        typical = sure[len(sure) // 2] if sure else None
        return cls(typical, bool(bare) and max(bare) < 1)

    def reads_as_fraction(self, bare: Decimal) -> bool:
        """Whether a cell such as `0.031` means 3.1 % in this column: the reading nearer to what is typical wins."""
        if bare >= 1:
            return False
        if self.typical is None or bare == 0:
            return self.all_below_one
        as_percent, as_fraction = bare, bare * 100
        return _apart(as_fraction, self.typical) < _apart(as_percent, self.typical)


def read_rate(text: str, habit: RateHabit) -> Reading[Decimal]:
    """An engagement rate in percent: `3,2%` is 3.2, and `0.031` is 3.1 where the column writes fractions."""
    if is_blank(text):
        return BLANK
    match = RATE.fullmatch(tidy(text).casefold())
    if match is None:
        return Reading(None, "rate", tidy(text))
    rate = _decimal(match["number"])
    if match["mark"] or rate >= 1 or rate == 0:
        return Reading(rate) if rate <= HIGHEST_RATE else Reading(None, "rate", tidy(text))
    if habit.reads_as_fraction(rate):
        return Reading((rate * 100).normalize() + Decimal(0), "rate-fraction", tidy(text))
    return Reading(rate, "rate-percent", tidy(text))


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", "."))


def _apart(one: Decimal, other: Decimal) -> Decimal:
    """How many times the larger is the smaller."""
    return max(one, other) / min(one, other) if min(one, other) else Decimal("Infinity")
