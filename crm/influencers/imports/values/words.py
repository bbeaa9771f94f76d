"""Names, niches, cities and countries: words of a sheet in the words the product uses."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from babel import Locale
from django_countries.data import COUNTRIES

from crm.influencers.imports.values.base import BLANK, Reading, is_blank, tidy

LONGEST_NAME = 120
LONGEST_CITY = 100
FORMULA = re.compile(r"^=\s*[A-Za-z_.]+\(|^[=+\-@]\s*(?:cmd|dde)\s*\|", re.IGNORECASE)
SEVERAL = re.compile(r"\s*[;,|/+&\n]\s*|\s+(?:dan|and)\s+")


def read_name(text: str, longest: int = LONGEST_NAME) -> Reading[str]:
    """A person's name; a formula is text somebody planted, not a name."""
    if is_blank(text):
        return BLANK
    said = tidy(text)
    if FORMULA.match(said):
        return Reading(None, "formula", said)
    if len(said) > longest:
        return Reading(said[:longest].rstrip(), "too-long", said)
    return Reading(said)


CITY_WORDS = {
    "Jakarta": "dki jakarta|dki|jkt|jakarta raya|daerah khusus jakarta",
    "Jakarta Selatan": "jaksel",
    "Jakarta Barat": "jakbar",
    "Jakarta Timur": "jaktim",
    "Jakarta Utara": "jakut",
    "Jakarta Pusat": "jakpus",
    "Yogyakarta": "yogya|jogja|jogjakarta|diy|di yogyakarta|d.i. yogyakarta|djogdja",
    "Surabaya": "sby|surabaja",
    "Bandung": "bdg",
    "Malang": "mlg",
    "Denpasar": "dps",
    "Makassar": "mks|ujung pandang|ujungpandang",
    "Medan": "mdn",
    "Semarang": "smg",
    "Palembang": "plg",
    "Bekasi": "bks",
    "Tangerang": "tng",
    "Tangerang Selatan": "tangsel|bsd",
    "Batam": "btm",
    "Surakarta": "solo",
    "Balikpapan": "bpn",
}
CITY_NAMES = {word: city for city, words in CITY_WORDS.items() for word in words.split("|")}
CITY_WORD = re.compile(r"^(?:kota|kotamadya|kodya|city of)\s+(?=[a-z])", re.IGNORECASE)
# Places whose own name begins with that word.
NAMED_KOTA = frozenset(
    [
        "agung",
        "baharu",
        "bharu",
        "kinabalu",
        "baru",
        "gede",
        "tua",
        "bumi",
        "pinang",
        "mobagu",
        "mobagoe",
        "raja",
        "tinggi",
    ]
)


@lru_cache(maxsize=5_000)
def read_city(text: str) -> Reading[str]:
    """`Kota Malang` is Malang, `DKI Jakarta` is Jakarta; any other place keeps its name."""
    if is_blank(text):
        return BLANK
    said = tidy(text)
    known = CITY_NAMES.get(said.casefold())
    if known:
        return Reading(known)
    shorter = CITY_WORD.sub("", said)
    place = said if shorter.split(" ")[0].casefold() in NAMED_KOTA else shorter
    place = CITY_NAMES.get(place.casefold(), place)
    if place.islower() or place.isupper():
        place = place.title()
    if len(place) > LONGEST_CITY:
        return Reading(None, "too-long", said)
    return Reading(place)


class Niches(NamedTuple):
    """Codes of the niches named, in order, and the words that name none."""

    codes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def read_niches(text: str, known: Mapping[str, str]) -> Niches:
    """Niches of a cell with one or several; `known` leads from a word in lower case to a niche's code."""
    if is_blank(text):
        return Niches()
    whole = known.get(squash(text))
    if whole:
        return Niches((whole,))
    parts = [part for part in SEVERAL.split(tidy(text)) if not is_blank(part)]
    found = {part: known.get(squash(part)) for part in parts}
    codes = tuple(dict.fromkeys(code for code in found.values() if code))
    if not codes:
        return Niches((), (tidy(text),))
    return Niches(codes, tuple(part for part, code in found.items() if code is None))


def squash(text: str) -> str:
    """A word for comparing: lower case, no blanks, hyphens or accents' neighbours (`Make-Up` and `make up` agree)."""
    return re.sub(r"[\W_]+", "", text.casefold())


# Names people use that the standard's list spells otherwise.
COUNTRY_WORDS = {
    "US": "usa|amerika",
    "GB": "uk|england|inggris raya",
    "KR": "south korea|korea|korsel",
    "TR": "turkey",
    "RU": "russia",
    "IR": "iran",
    "SY": "syria",
    "VN": "vietnam",
    "AE": "uae",
    "CZ": "czech republic",
    "HK": "hong kong",
    "MO": "macau",
    "TW": "taiwan",
}


@lru_cache(maxsize=2_000)
def read_country(text: str) -> Reading[str]:
    """The two-letter code of a country named in English or Indonesian."""
    if is_blank(text):
        return BLANK
    said = tidy(text)
    code = _countries().get(said.casefold())
    return Reading(code) if code else Reading(None, "country", said)


@cache
def _countries() -> dict[str, str]:
    codes = frozenset(COUNTRIES)
    names = {code.casefold(): code for code in codes}
    for language in ("en", "id"):
        territories = Locale(language).territories
        names |= {str(name).casefold(): code for code, name in territories.items() if code in codes}
    return names | {word: code for code, words in COUNTRY_WORDS.items() for word in words.split("|")}
