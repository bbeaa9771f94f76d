"""Dates as sheets hold them: day first, month names in Indonesian and English, spreadsheet serial numbers."""

import re
from datetime import date, timedelta
from functools import lru_cache

from crm.influencers.imports.values.base import BLANK, Reading, is_blank, tidy

ADULT_AT = 18
OLDEST = 110
SERIAL_EPOCH = date(1899, 12, 30)
SERIALS = range(10_000, 80_000)

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan januari january",
            "feb februari february peb pebruari",
            "mar maret march mrt",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "agu agt ags agust agustus aug august",
            "sep sept september",
            "okt oktober oct october",
            "nov november nop nopember",
            "des desember dec december",
        ],
        start=1,
    )
    for name in names.split()
}

CLOCK = r"(?:[T ][0-9:.]+(?:Z|[+-][0-9:]+)?)?"
YEAR_FIRST = re.compile(r"(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})" + CLOCK, re.IGNORECASE)
DAY_FIRST = re.compile(
    r"(?P<d>[0-9]{1,2})\s*[-/. ]\s*(?P<m>[0-9]{1,2})\s*[-/. ]\s*(?P<y>[0-9]{4}|[0-9]{2})" + CLOCK, re.IGNORECASE
)
WORDS = re.compile(r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?[-/. ]*(?P<m>[a-z]+)[-/., ]*(?P<y>[0-9]{4}|[0-9]{2})")
MONTH_WORD_FIRST = re.compile(r"(?P<m>[a-z]+)[-/. ]*(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?[, ]+(?P<y>[0-9]{4})")
WEEKDAY = re.compile(
    r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|(?:mon|tues|wednes|thurs|fri|satur|sun)day),? ", re.IGNORECASE
)


@lru_cache(maxsize=10_000)
def read_date(text: str, latest: date) -> Reading[date]:
    """The day the cell says. Two-digit years mean the last century in which the day is not after `latest`."""
    if is_blank(text):
        return BLANK
    said = WEEKDAY.sub("", tidy(text).casefold()).replace("’", "'")
    if said.isascii() and said.isdigit() and int(said) in SERIALS:
        return Reading(SERIAL_EPOCH + timedelta(days=int(said)))
    for shape in (YEAR_FIRST, DAY_FIRST, WORDS, MONTH_WORD_FIRST):
        match = shape.fullmatch(said)
        if match:
            return _day(match, latest, tidy(text))
    return Reading(None, "date", tidy(text))


def _day(match: re.Match[str], latest: date, text: str) -> Reading[date]:
    month = int(match["m"]) if match["m"].isdigit() else MONTHS.get(match["m"], 0)
    if month == 0 and not match["m"].isdigit():
        return Reading(None, "date", text)
    day, year = int(match["d"]), _year(match["y"], latest.year)
    on = _calendar_day(year, month, day)
    if on is not None:
        return Reading(on)
    swapped = _calendar_day(year, day, month) if match["m"].isdigit() and month > 12 else None
    return Reading(swapped, "month-first", text) if swapped else Reading(None, "impossible-date", text)


def _year(figures: str, latest: int) -> int:
    if len(figures) == 4:
        return int(figures)
    year = latest - latest % 100 + int(figures)
    return year if year <= latest else year - 100


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_birth_date(text: str, today: date) -> Reading[date]:
    """A birth date; a minor is flagged, somebody unborn or older than 110 is not believed."""
    reading = read_date(text, today)
    if reading.value is None:
        return reading
    age = age_on(reading.value, today)
    if not 0 <= age <= OLDEST or reading.value > today:
        return Reading(None, "unlikely-birth", tidy(text))
    return reading if age >= ADULT_AT else Reading(reading.value, "minor", tidy(text))


def age_on(born_on: date, today: date) -> int:
    """Full years lived on that day."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
