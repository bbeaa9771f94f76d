"""Headings of sheets with monthly numbers, and the months in them."""

import calendar
import datetime as dt
import re

from django.utils.translation import gettext_lazy as _

from crm.base.zones import local_instant
from crm.influencers.imports.mapping import FIGURES, Meaning
from crm.influencers.imports.mapping import target_of as target_of_people
from crm.influencers.imports.values import read_date
from crm.influencers.imports.values.dates import MONTHS
from crm.intake.columns import bare

MONTH_HEADINGS = frozenset(
    [
        "bulan",
        "month",
        "periode",
        "period",
        "tanggal",
        "tgl",
        "date",
        "bulan tahun",
        "month year",
        "tanggal data",
        "per",
    ]
)
COUNTED = [meaning for meaning in Meaning if meaning in FIGURES]
MEANINGS: dict[str, object] = {
    "account": _("Account (handle or profile address)"),
    "name": _("Name"),
    "platform": _("Platform of the account"),
    "month": _("Month"),
    **{meaning.value: meaning.label for meaning in COUNTED},
}

Month = tuple[int, int]
"""Year and month."""

_words = "|".join(sorted(MONTHS, key=len, reverse=True))
NAMED = re.compile(rf"(?<![a-z])(?P<m>{_words})\.?(?:[\s\-/.'’]*(?P<y>20\d\d|\d\d)(?!\d))?(?![a-z])", re.IGNORECASE)
YEAR_FIRST = re.compile(r"(?<!\d)(?P<y>20\d\d)[-/._ ](?P<m>0?[1-9]|1[0-2])(?!\d)")
MONTH_FIRST = re.compile(r"(?<!\d)(?P<m>0?[1-9]|1[0-2])[-/._ ](?P<y>20\d\d)(?!\d)")
LAST_MINUTE = dt.time(23, 59)


def month_in(text: str, today: dt.date) -> tuple[Month | None, str]:
    """The month a text names, and the text without it. A month without its year is the last one that has begun."""
    for pattern in (YEAR_FIRST, MONTH_FIRST, NAMED):
        match = pattern.search(text)
        if match is not None:
            rest = " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())
            return _month(match, today), rest
    return None, text


def _month(match: re.Match[str], today: dt.date) -> Month:
    month = int(match["m"]) if match["m"].isdigit() else MONTHS[match["m"].casefold()]
    if match["y"]:
        return int(match["y"]) % 2000 + 2000, month
    return today.year - (month > today.month), month


def read_month(text: str, today: dt.date) -> Month | None:
    """The month a cell says: a month in words or figures, or any day in it."""
    day = read_date(text, today).value
    if day is not None:
        return day.year, day.month
    month, rest = month_in(text, today)
    return month if not rest.strip(" .,-") else None


def end_of(month: Month, zone: str) -> dt.datetime:
    """The last minute of the month in the house's zone: when its numbers count as taken."""
    year, number = month
    return local_instant(dt.date(year, number, calendar.monthrange(year, number)[1]), LAST_MINUTE, zone)


def target_of(heading: str) -> str:
    """What a heading means: `Followers Jan 2026`, `2026-02`, `ER Feb`; "" when it is not known."""
    if bare(heading) in MONTH_HEADINGS:
        return "month"
    month, rest = month_in(heading, dt.date.max)
    if month is not None and not bare(rest):
        return Meaning.FOLLOWERS.value
    found = target_of_people(rest)
    if found is None:
        return ""
    if found.meaning in FIGURES:
        return found.meaning.value
    known = {Meaning.HANDLE: "account", Meaning.NAME: "name", Meaning.PLATFORM: "platform"}
    return known.get(found.meaning, "") if month is None else ""
