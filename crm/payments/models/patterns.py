"""How numbers on papers are spelled: what a pattern needs, and what it comes to."""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

PLACE = re.compile(r"\{([^{}]*)\}")
KNOWN = ("brand", "yyyy", "mm", "nnnn")
BRAND_LENGTH = 24


def check_pattern(pattern: str) -> None:
    """A pattern needs the year and the number, or two papers would get one name. Raises ValidationError."""
    found = PLACE.findall(pattern)
    strange = [name for name in found if name not in KNOWN]
    if strange or re.search(r"[{}]", PLACE.sub("", pattern)):
        raise ValidationError(_("Use {brand}, {yyyy}, {mm} and {nnnn} only, each in its braces."), code="places")
    if "yyyy" not in found or "nnnn" not in found:
        raise ValidationError(_("The pattern needs {yyyy} and {nnnn}."), code="needed")


def spelled(pattern: str, *, brand: str, on: dt.date, number: int) -> str:
    """INV/LUMI-SKINCARE/2026/11/0007."""
    words = {
        "brand": slugify(brand)[:BRAND_LENGTH].strip("-").upper() or "X",
        "yyyy": f"{on:%Y}",
        "mm": f"{on:%m}",
        "nnnn": f"{number:04d}",
    }
    return PLACE.sub(lambda place: words[place[1]], pattern)
