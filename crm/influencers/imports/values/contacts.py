"""Phone numbers to E.164 and e-mail addresses."""

import re
from functools import lru_cache

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from crm.influencers.imports.values.base import BLANK, Reading, is_blank, tidy

SCIENTIFIC = re.compile(r"[0-9][.,][0-9]+e\+?[0-9]+", re.IGNORECASE)
SEVERAL_NUMBERS = re.compile(r"\s*(?:[;|\n]|,|\bor\b|\batau\b|/)\s*", re.IGNORECASE)
SEVERAL_ADDRESSES = re.compile(r"\s*[;,|\s/]\s*")
LABEL = re.compile(r"^(?:wa|whatsapp|hp|telp?|phone|tel|no)\.?\s*[:=]?\s*(?=[+0-9(])", re.IGNORECASE)
CHAT_ADDRESS = re.compile(
    r"(?:https?://)?(?:wa\.me/|api\.whatsapp\.com/send\?phone=)\+?(?P<number>[0-9]{8,15})\b.*", re.I
)
PUNCTUATION = str.maketrans("", "", " -.()\u00a0\u2011\u2013'")
INDONESIAN_MOBILE = re.compile(r"(?:\+?62|0)?0?(?P<national>8[0-9]{8,11})")
LONGEST_EMAIL = 254


@lru_cache(maxsize=5_000)
def read_phone(text: str, region: str = "ID") -> Reading[str]:
    """The number in E.164. A spreadsheet that ate the leading zero is understood; one that rounded the number is not.

    A possible number that no operator has is answered with a remark, since a typed figure is likely wrong.
    """
    if is_blank(text):
        return BLANK
    chat = CHAT_ADDRESS.fullmatch(tidy(text))
    said = f"+{chat['number']}" if chat else LABEL.sub("", tidy(text).lstrip("'"))
    if SCIENTIFIC.fullmatch(said):
        return Reading(None, "phone-cut", tidy(text))
    first, *others = SEVERAL_NUMBERS.split(said)
    number = _number(first, region)
    if number is None:
        return Reading(None, "phone", tidy(text))
    if others:
        return Reading(number, "several", ", ".join(others))
    return Reading(number) if _is_assigned(number) else Reading(number, "phone-unassigned", tidy(text))


def _number(said: str, region: str) -> str | None:
    figures = said.translate(PUNCTUATION)
    mobile = INDONESIAN_MOBILE.fullmatch(figures) if region == "ID" else None
    if mobile:
        return f"+62{mobile['national']}"
    if re.search(r"[a-zA-Z]", said):
        return None
    for candidate in (said, f"+{figures.lstrip('+')}"):
        try:
            number = phonenumbers.parse(candidate, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


def _is_assigned(number: str) -> bool:
    """Whether the numbering plan knows the number; Indonesian mobiles differ by prefix and length alone."""
    if number.startswith("+628") and number[4] not in "04":
        return _shape_is_assigned(number[:6], len(number))
    return phonenumbers.is_valid_number(phonenumbers.parse(number))


@lru_cache(maxsize=2_000)
def _shape_is_assigned(prefix: str, length: int) -> bool:
    return phonenumbers.is_valid_number(phonenumbers.parse(prefix.ljust(length, "1")))


@lru_cache(maxsize=5_000)
def read_email(text: str) -> Reading[str]:
    """The address in lower case; of several the first one counts and the others are remarked."""
    if is_blank(text):
        return BLANK
    said = tidy(text).removeprefix("mailto:").strip("<>").casefold()
    first, *others = [part for part in SEVERAL_ADDRESSES.split(said) if part] or [""]
    if len(first) > LONGEST_EMAIL or not _is_email(first):
        return Reading(None, "email", tidy(text))
    if others:
        return Reading(first, "several", ", ".join(others))
    return Reading(first)


def _is_email(said: str) -> bool:
    try:
        validate_email(said)
    except ValidationError:
        return False
    return True
