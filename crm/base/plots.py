"""The geometry of pictures with axes: where a value stands, where the lines of a scale are, how large a circle is.

Everything is in percent of the picture, 0 at the left and at the top, so that a picture grows and shrinks with its card
while its words and dots keep their size.
"""

import math
from collections.abc import Sequence

from crm.base.charts import Number

Point = tuple[float, float]
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def top_of(value: Number, lines: int = 4) -> float:
    """The end of a scale from 0 that holds the value, cut into so many round steps."""
    if value <= 0:
        return float(lines)
    step = float(value) / lines
    unit = 10.0 ** math.floor(math.log10(step))
    round_step = next(one * unit for one in STEPS if one * unit >= step * (1 - 1e-9))
    return round_step * lines


def scale(top: float, lines: int = 4) -> list[float]:
    """The values at which a scale has its lines, 0 first."""
    return [top * place / lines for place in range(lines + 1)]


def across(value: Number, high: Number, low: Number = 0) -> float:
    """How far to the right, in percent; kept inside."""
    span = float(high) - float(low)
    if span <= 0:
        return 0.0
    return round(min(100.0, max(0.0, (float(value) - float(low)) / span * 100)), 2)


def down(value: Number, high: Number, low: Number = 0) -> float:
    """How far from the top: large values stand high."""
    return round(100 - across(value, high, low), 2)


def line_path(points: Sequence[Point]) -> str:
    """A line through points, for a viewBox of 100 by 100."""
    return "M" + " L".join(f"{x:g} {y:g}" for x, y in points) if points else ""


def stairs(points: Sequence[Point]) -> list[Point]:
    """The same as stairs: a value holds until the next one."""
    found: list[Point] = []
    for x, y in points:
        if found:
            found.append((x, found[-1][1]))
        found.append((x, y))
    return found


def area_path(points: Sequence[Point]) -> str:
    """What lies below a line."""
    if not points:
        return ""
    return f"{line_path(points)} L{points[-1][0]:g} 100 L{points[0][0]:g} 100 Z"


def radius(value: Number | None, largest: Number | None, least: float = 4, most: float = 22) -> float:
    """Of a circle whose area stands for the value; the least one where it is unknown."""
    if not value or not largest or value < 0:
        return least
    return round(max(least, most * math.sqrt(min(1.0, float(value) / float(largest)))), 1)


def lanes(places: Sequence[float], apart: float) -> list[int]:
    """For dots on one line, in their order: 0, 1, -1, 2, -2 ... so that none lies on its neighbour."""
    ends: dict[int, float] = {}
    found = []
    for place in places:
        lane = next(one for one in _outwards(len(places)) if place - ends.get(one, -1e9) >= apart)
        ends[lane] = place
        found.append(lane)
    return found


def _outwards(count: int) -> list[int]:
    return [0, *(side * step for step in range(1, count + 1) for side in (1, -1))]
