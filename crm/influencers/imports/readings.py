"""How the cells of each column would be read under the meaning chosen for it, before anything is rehearsed."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from crm.base.formats import count_full, day_words, money_full, percent
from crm.influencers.imports.mapping import COUNTS, ColumnMap, Meaning, Target, rate_habit, read_platform
from crm.influencers.imports.queries import SAMPLED
from crm.influencers.imports.reading import Table
from crm.influencers.imports.values import (
    Account,
    Price,
    Reading,
    is_blank,
    read_account,
    read_birth_date,
    read_city,
    read_count_cell,
    read_country,
    read_email,
    read_name,
    read_niches,
    read_phone,
    read_price,
    read_rate,
    tidy,
)

SAMPLES = 4
LONGEST = 48
OFTEN = frozenset([Meaning.HANDLE, Meaning.NICHE, Meaning.NOTES, Meaning.KEEP, Meaning.SKIP])
"""Meanings several columns may share without losing anything."""

AsIs = frozenset([Meaning.NOTES, Meaning.KEEP])
Reader = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Sample:
    """A cell as it stands, and what it is read as: "" when it cannot be read."""

    said: str
    read: str


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """What a column looks like under its meaning: examples, how many cells say something, how many can be read."""

    samples: list[Sample]
    filled: int
    readable: int
    is_used: bool
    warning: str

    @property
    def all_read(self) -> bool:
        return self.readable == self.filled


def readings_of(table: Table, columns: ColumnMap, *, niches: Mapping[str, str], today: dt.date) -> list[ColumnReading]:
    """One for each column, from the first rows of the file."""
    warnings = _warnings(table.header, columns)
    found = []
    for index, target in enumerate(columns.targets):
        cells = [row.cells[index] for row in table.rows[:SAMPLED] if index < len(row.cells)]
        filled = [tidy(cell) for cell in cells if not is_blank(cell)]
        found.append(_reading(filled, target, _reader(filled, target, columns, niches, today), warnings[index]))
    return found


def _reading(filled: Sequence[str], target: Target, reader: Reader, warning: str) -> ColumnReading:
    read = {cell: reader(cell) for cell in dict.fromkeys(filled)}
    shown = [Sample(cell[:LONGEST], text[:LONGEST]) for cell, text in read.items()]
    # One that cannot be read is worth more than a fourth that can.
    doubtful = [sample for sample in shown if not sample.read]
    samples = [*shown[: SAMPLES - 1], *(doubtful or shown[SAMPLES - 1 :])[:1]]
    readable = sum(1 for cell in filled if read[cell])
    return ColumnReading(list(dict.fromkeys(samples)), len(filled), readable, target.meaning != Meaning.SKIP, warning)


def _reader(
    filled: Sequence[str], target: Target, columns: ColumnMap, niches: Mapping[str, str], today: dt.date
) -> Reader:
    meaning = target.meaning
    if meaning in AsIs or meaning == Meaning.SKIP:
        return lambda cell: cell
    if meaning == Meaning.HANDLE:
        return lambda cell: _account(read_account(cell, target.platform or columns.platform).value)
    if meaning in COUNTS:
        return lambda cell: _shown(read_count_cell(cell), count_full)
    if meaning == Meaning.ENGAGEMENT_RATE:
        habit = rate_habit(filled)
        return lambda cell: _shown(read_rate(cell, habit), lambda value: percent(value / 100, 2))
    if meaning == Meaning.NICHE:
        return lambda cell: ", ".join(read_niches(cell, niches).codes)
    if meaning == Meaning.BORN_ON:
        return lambda cell: _shown(read_birth_date(cell, today), day_words)
    return READERS[meaning]


def _shown(reading: Reading[Any], words: Callable[[Any], str] = str) -> str:
    return "" if reading.value is None else words(reading.value)


def _account(account: Account | None) -> str:
    if account is None:
        return ""
    return f"@{account.handle} ({account.platform})" if account.platform else f"@{account.handle}"


def _price(price: Price) -> str:
    low, high = money_full(price.low, price.currency), money_full(price.high, price.currency)
    said = low if price.low == price.high else f"{low} – {high}"
    return f"{said}, {price.content}" if price.content else said


READERS: dict[Meaning, Reader] = {
    Meaning.NAME: lambda cell: _shown(read_name(cell)),
    Meaning.LEGAL_NAME: lambda cell: _shown(read_name(cell, 160)),
    Meaning.PLATFORM: read_platform,
    Meaning.CITY: lambda cell: _shown(read_city(cell)),
    Meaning.COUNTRY: lambda cell: _shown(read_country(cell)),
    Meaning.PHONE: lambda cell: _shown(read_phone(cell, settings.PHONENUMBER_DEFAULT_REGION)),
    Meaning.EMAIL: lambda cell: _shown(read_email(cell)),
    Meaning.RATE_CARD: lambda cell: _shown(read_price(cell), _price),
}


def _warnings(header: Sequence[str], columns: ColumnMap) -> list[str]:
    """A word at each column that shares its meaning with another and would lose against it."""
    times = Counter(target for target in columns.targets if target.meaning not in OFTEN)
    said = []
    for index, target in enumerate(columns.targets):
        others = [header[at] for at, other in enumerate(columns.targets) if other == target and at != index]
        said.append(
            _("“%(others)s” has the same meaning; only one of them can count.") % {"others": "”, “".join(others)}
            if times[target] > 1
            else ""
        )
    return said
