"""Text as the paper's font can draw it: what it cannot is shown by a mark, never left out and never a crash."""

import unicodedata
from functools import cache
from pathlib import Path

from django.conf import settings

FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "inter-0.4.2"
REGULAR, BOLD = FONTS / "Inter_400Regular.ttf", FONTS / "Inter_600SemiBold.ttf"
MARK = "□"
INVISIBLE = {"Cc", "Cf", "Mn", "Me", "Sk"}
"""Of what the font has no letter for, these only change how their neighbour looks."""


@cache
def letters() -> frozenset[int]:
    """What both weights can draw."""
    from fontTools.ttLib import TTFont  # ten megabytes for whoever draws

    drawn = []
    for path in (REGULAR, BOLD):
        with TTFont(path, lazy=True) as font:
            drawn.append(frozenset(font.getBestCmap()))
    return drawn[0] & drawn[1]


def drawable(text: str) -> str:
    """The text in letters of the font, on one line per line; each unknown sign becomes one mark."""
    return "".join(_drawn(sign) for sign in unicodedata.normalize("NFC", text))


def _drawn(sign: str) -> str:
    if sign == "\n" or (ord(sign) in letters() and unicodedata.category(sign) not in ("Cc", "Cf")):
        return sign
    kind = unicodedata.category(sign)
    if sign.isspace():
        return " "
    return "" if kind in INVISIBLE else MARK
