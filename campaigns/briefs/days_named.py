"""Calendar days somebody named in running text, in Indonesian or English."""

import datetime as dt
import re

MONTHS = (
    ("jan",), ("feb", "peb"), ("mar",), ("apr",), ("mei", "may"), ("jun",), ("jul",), ("agu", "aug", "ags"), ("sep",),
    ("okt", "oct"), ("nov", "nop"), ("des", "dec"),
)  # fmt: skip
ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
FIGURES = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
WORDS = re.compile(r"(?<!\d)(\d{1,2})\s+([^\W\d_]{3,9})\.?\s+(\d{4})(?!\d)")


def days_named(text: str) -> list[dt.date]:
    """Every day with its year, sorted; what is no day of the calendar is not one."""
    found = [(int(year), int(month), int(day)) for year, month, day in ISO.findall(text)]
    found += [(int(year), int(month), int(day)) for day, month, year in FIGURES.findall(text)]
    found += [(int(year), _month(word), int(day)) for day, word, year in WORDS.findall(text)]
    return sorted({day for parts in found if (day := _day(*parts))})


def _month(word: str) -> int:
    start = word.casefold()[:3]
    return next((number for number, names in enumerate(MONTHS, 1) if start in names), 0)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
