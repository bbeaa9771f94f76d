"""Code 128, set B: a waybill number as bars that couriers' scanners read (ISO/IEC 15417)."""

from collections.abc import Iterator

START_B, STOP = 104, 106
WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
PATTERNS = WIDTHS.split(" ")
"""The widths of bars and gaps of each symbol, in modules, bar first."""


def can_be_drawn(text: str) -> bool:
    """Whether every sign stands in set B."""
    return bool(text) and all(32 <= ord(sign) < 127 for sign in text)


def symbols(text: str) -> list[int]:
    """Start, the signs, the check symbol, stop."""
    values = [ord(sign) - 32 for sign in text]
    check = (START_B + sum(place * value for place, value in enumerate(values, 1))) % 103
    return [START_B, *values, check, STOP]


def bars(text: str) -> Iterator[tuple[int, int]]:
    """Where each black bar begins and how wide it is, in modules."""
    place = 0
    for symbol in symbols(text):
        for number, width in enumerate(map(int, PATTERNS[symbol])):
            if number % 2 == 0:
                yield place, width
            place += width


def width(text: str) -> int:
    """How many modules wide it is, without the quiet zones."""
    return sum(int(one) for symbol in symbols(text) for one in PATTERNS[symbol])
