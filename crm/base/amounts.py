"""Reading numbers the way people write them in sheets: `63,3 rb`, `1,8 jt`, `475.8m`, `Rp1.500.000,-`.

Pure functions without a locale: a sheet mixes Indonesian and English habits in one column. What has two honest
readings is not guessed but answered with None, so that the caller can keep the text and ask.
"""

import re
from decimal import Decimal

THOUSAND = Decimal(1_000)
MILLION = Decimal(1_000_000)
MILLIARD = Decimal(1_000_000_000)

UNITS = {
    "rb": THOUSAND,
    "rbu": THOUSAND,
    "ribu": THOUSAND,
    "k": THOUSAND,
    "jt": MILLION,
    "jta": MILLION,
    "juta": MILLION,
    "m": MILLION,
    "mio": MILLION,
    "million": MILLION,
    "miliar": MILLIARD,
    "milyar": MILLIARD,
    "b": MILLIARD,
    "bn": MILLIARD,
    "billion": MILLIARD,
}

# An Indonesian price of "2M" is two milliard, an English one two million; a price of "1b" is neither's habit.
UNCLEAR_IN_MONEY = {"m", "b"}

MAX_DIGITS = 18
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

UNIT = rf"(?P<unit>{'|'.join(UNITS)})?"
DIGITS = r"(?P<digits>[0-9][0-9.,' ]*?)"
COUNT = re.compile(rf"[~±≈]?\s*{DIGITS}\s*{UNIT}\s*\+?(?:\s*(?:followers?|pengikut|subscribers?|subs))?")
AMOUNT = re.compile(rf"(?:rp|idr)?\.?\s*{DIGITS}\s*{UNIT}(?:\s*(?:[.,]\s*-+|rupiah|idr))?")
GROUPED = re.compile(r"[0-9]{1,3}(?:(?P<sep>[.,' ])[0-9]{3})(?:(?P=sep)[0-9]{3})*")


def read_count(text: str) -> int | None:
    """How many people or things the text says, or None when it says no whole, non-negative number.

    A single separator before three digits groups thousands (`88.219` is 88219) unless a unit word follows
    (`1.234 jt` is 1234000) or the number starts with zero.
    """
    match = COUNT.fullmatch(_plain(text))
    if match is None:
        return None
    value = _scaled(match["digits"], match["unit"])
    if value is None or value != value.to_integral_value():
        return None
    return int(value)


def read_amount(text: str) -> Decimal | None:
    """The rupiah amount the text says, or None for no amount, another currency, or two honest readings.

    `1.500 rb` (1,500 or 1,500,000?) and `2M` (million or milliard?) are such double readings.
    """
    match = AMOUNT.fullmatch(_plain(text))
    if match is None or match["unit"] in UNCLEAR_IN_MONEY:
        return None
    if match["unit"] and GROUPED.fullmatch(match["digits"]) and not match["digits"].startswith("0"):
        return None
    return _scaled(match["digits"], match["unit"])


def _plain(text: str) -> str:
    """Full-width figures and every kind of blank made plain, in lower case."""
    return " ".join(text.translate(FULL_WIDTH).casefold().split())


def _scaled(digits: str, unit: str | None) -> Decimal | None:
    if sum(figure.isdigit() for figure in digits) > MAX_DIGITS:
        return None
    number = _number(digits, has_unit=unit is not None)
    if number is None or unit is None:
        return number
    return number * UNITS[unit]


def _number(digits: str, *, has_unit: bool) -> Decimal | None:
    """Figures with separators as a number; None when the separators contradict each other."""
    whole, fraction = _parts(digits, has_unit=has_unit)
    if not whole.isdigit():
        if not GROUPED.fullmatch(whole):
            return None
        whole = re.sub(r"[.,' ]", "", whole)
    if fraction is None:
        return Decimal(whole)
    return Decimal(f"{whole}.{fraction}") if fraction.isdigit() else None


def _parts(digits: str, *, has_unit: bool) -> tuple[str, str | None]:
    """Split at the decimal sign, if the last separator is one."""
    found = list(re.finditer(r"[.,]", digits))
    if not found:
        return digits, None
    last = found[-1]
    whole, fraction = digits[: last.start()], digits[last.end() :]
    alone = len(found) == 1 and whole.isdigit()
    repeated = last.group() in whole
    if repeated or (alone and len(fraction) == 3 and len(whole) <= 3 and not whole.startswith("0") and not has_unit):
        return digits, None
    return whole, fraction
