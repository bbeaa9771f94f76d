"""What a free remark in a sheet asks for: not to be contacted, or an exclusivity somebody wrote down."""

import re
from datetime import date
from typing import NamedTuple

from crm.influencers.imports.values.base import is_blank, tidy
from crm.influencers.imports.values.dates import read_date

DO_NOT_CONTACT = re.compile(
    r"\bjangan\s+(?:di\s*)?(?:hubungi|kontak|contact|chat|telp\w*|wa|dm)\b"
    r"|\b(?:do\s+not|don'?t|dont)\s+(?:contact|call|message)\b|\bdnc\b|\bblack\s*list(?:ed)?\b|\bno\s+contact\b",
    re.IGNORECASE,
)
EXCLUSIVE = re.compile(
    r"\b(?:exclusive|exclusif|eksklusif|ekslusif|exclusivity|eksklusivitas)\b[\s:]*"
    r"(?:(?:with|dengan|dgn|sama|for|untuk|utk|ke)\s+)?(?:brand\s+)?(?P<brand>[^,;\n]{1,80}?)\s*,?\s*"
    r"(?:s\s*/\s*d|s\.d\.?|sd|sampai(?:\s+dengan)?|hingga|until|till|til|thru|through)\s*\.?\s*"
    r"(?P<until>[0-9]{1,4}(?:[-/. ][0-9a-z]+){2})",
    re.IGNORECASE,
)
# A two-digit year in an agreement lies ahead, not in the last century.
HORIZON_YEARS = 30


class DeclaredBar(NamedTuple):
    """An exclusivity somebody declared: for which brand, as written, and the last day it lasts."""

    brand: str
    until_on: date


class Notes(NamedTuple):
    """The text, and what it asks for."""

    text: str = ""
    do_not_contact: bool = False
    bar: DeclaredBar | None = None


def read_notes(text: str, today: date) -> Notes:
    """The remark itself, always kept, with the two meanings that other features act on."""
    if is_blank(text):
        return Notes()
    said = text.strip()
    return Notes(said, DO_NOT_CONTACT.search(said) is not None, _bar(tidy(said), today))


def _bar(said: str, today: date) -> DeclaredBar | None:
    match = EXCLUSIVE.search(said)
    if match is None or not match["brand"].strip():
        return None
    horizon = date(today.year + HORIZON_YEARS, 12, 31)
    until = read_date(match["until"].strip(), horizon).value
    return DeclaredBar(match["brand"].strip(" \"'“”"), until) if until else None
