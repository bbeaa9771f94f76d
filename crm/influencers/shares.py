"""Reading an audience the way people copy it: `25-34 62 %, women 81 %, Surabaya 40 %`. Ages, genders and places in one line."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.influencers.models import AudienceShare

Kind = AudienceShare.Kind

BETWEEN = re.compile(r"[;\n]|,(?!\d)|(?<!\d),")
NUMBER = r"(?P<percent>[0-9]{1,3}(?:[.,][0-9]{1,2})?)"
LABEL_FIRST = re.compile(rf"(?P<label>.+?)[\s:=]+{NUMBER}\s*%?")
NUMBER_FIRST = re.compile(rf"{NUMBER}\s*%\s*(?P<label>\D.*|[0-9]{{1,2}}\s*[-–+].*)")
BAND = re.compile(r"(?P<low>[0-9]{1,2})\s*(?:[-–]\s*(?P<high>[0-9]{1,2})|\+)")
GENDERS = {
    "women": "women", "woman": "women", "female": "women", "perempuan": "women", "wanita": "women", "cewek": "women",
    "men": "men", "man": "men", "male": "men", "laki-laki": "men", "laki laki": "men", "pria": "men", "cowok": "men",
    "other": "other", "others": "other", "lainnya": "other", "diverse": "other",
}  # fmt: skip
OLDEST = 99
WHOLE = Decimal(100)


class Share(NamedTuple):
    """One part as it was read; `label` as it is kept."""

    kind: str
    label: str
    percent: Decimal


def read_shares(text: str) -> list[Share]:
    """Every part of the text. ValidationError names the part that says nothing, or what cannot be true together."""
    shares = [_share(" ".join(part.split())) for part in BETWEEN.split(text) if part.strip()]
    _refuse_twice(shares)
    _refuse_overlap([share.label for share in shares if share.kind == Kind.AGE])
    refuse_more_than_whole(_("The ages"), [share for share in shares if share.kind == Kind.AGE])
    refuse_more_than_whole(_("The genders"), [share for share in shares if share.kind == Kind.GENDER])
    return shares


def _share(part: str) -> Share:
    found = LABEL_FIRST.fullmatch(part) or NUMBER_FIRST.fullmatch(part)
    kind, label = _kind(found["label"].strip()) if found else ("", "")
    percent = Decimal(found["percent"].replace(",", ".")) if found else Decimal(0)
    if not kind or not 0 < percent <= WHOLE:
        raise ValidationError(
            _("“%(part)s” was not understood. Write who and how many, such as 25-34 62 %% or Surabaya 40 %%."),
            code="share",
            params={"part": part[:60]},
        )
    return Share(kind, label, percent)


def _kind(label: str) -> tuple[str, str]:
    """What a part is about; nothing for words that cannot be a place."""
    band = BAND.fullmatch(label)
    if band:
        low, high = int(band["low"]), int(band["high"] or OLDEST)
        return (Kind.AGE, f"{low}-{high}" if band["high"] else f"{low}+") if low < high else ("", "")
    if gender := GENDERS.get(label.casefold()):
        return Kind.GENDER, gender
    return ("", "") if any(sign.isdigit() for sign in label) or len(label) > 80 else (Kind.PLACE, label)


def edges(band: str) -> tuple[int, int]:
    """The first and the last year of life of an age band."""
    low, _dash, high = band.rstrip("+").partition("-")
    return int(low), int(high or OLDEST)


def _refuse_twice(shares: Sequence[Share]) -> None:
    seen: set[tuple[str, str]] = set()
    for share in shares:
        key = (share.kind, share.label.casefold())
        if key in seen:
            raise ValidationError(_("“%(part)s” stands there twice. Keep one of them."), params={"part": share.label})
        seen.add(key)


def _refuse_overlap(bands: Iterable[str]) -> None:
    for one, other in pairwise(sorted(bands, key=edges)):
        if edges(other)[0] <= edges(one)[1]:
            raise ValidationError(
                _("The ages %(one)s and %(other)s overlap. Write bands that follow each other."),
                params={"one": one, "other": other},
            )


def refuse_more_than_whole(who: str, shares: Iterable[Share]) -> None:
    """Parts of one whole add up to a hundred percent at most."""
    total = sum((share.percent for share in shares), Decimal(0))
    if total > WHOLE:
        raise ValidationError(
            _("%(who)s add up to %(total)s %%, more than everybody. Check the numbers."),
            code="whole",
            params={"who": who, "total": f"{total.normalize():f}"},
        )


def write_shares(shares: Iterable[AudienceShare | Share]) -> str:
    """The parts as a person would type them: what the form shows again."""
    return ", ".join(f"{share.label} {share.percent.normalize():f} %" for share in shares)
