"""The geometry of the small pictures drawn on the server: bars, sparklines, rings. Numbers in, SVG attributes out."""

import datetime as dt
import math
from collections.abc import Sequence
from decimal import Decimal

Number = int | float | Decimal

SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 84, 26, 4
CURVE_WIDTH, CURVE_HEIGHT, CURVE_EDGE = 600, 120, 6
RING_RADIUS = 34
RING_LENGTH = 2 * math.pi * RING_RADIUS


def share(value: Number | None, of: Number | None) -> float:
    """How much of the whole, as a percentage kept between 0 and 100 and rounded for an attribute."""
    if not value or not of:
        return 0
    return round(min(100.0, max(0.0, float(value) / float(of) * 100)), 1)


def spark_points(values: Sequence[Number]) -> list[tuple[float, float]]:
    """The corners of a sparkline, left to right, the highest value at the top. A flat line runs through the middle."""
    low, high = float(min(values)), float(max(values))
    step = (SPARK_WIDTH - 2 * SPARK_EDGE) / max(1, len(values) - 1)
    reach = SPARK_HEIGHT - 2 * SPARK_EDGE
    heights = [(float(value) - low) / (high - low) if high > low else 0.5 for value in values]
    return [
        (round(SPARK_EDGE + place * step, 1), round(SPARK_EDGE + reach * (1 - height), 1))
        for place, height in enumerate(heights)
    ]


def spark_path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x} {y}" for x, y in points)


def curve_points(values: Sequence[tuple[dt.date, Number]]) -> list[tuple[float, float]]:
    """The corners of a curve over days, each as far to the right as its day is late. A flat line runs in the middle."""
    first, last = values[0][0], values[-1][0]
    low, high = min(float(value) for _on, value in values), max(float(value) for _on, value in values)
    days, reach = max(1, (last - first).days), CURVE_HEIGHT - 2 * CURVE_EDGE
    return [
        (
            round(CURVE_EDGE + (on - first).days / days * (CURVE_WIDTH - 2 * CURVE_EDGE), 1),
            round(CURVE_EDGE + reach * (1 - ((float(value) - low) / (high - low) if high > low else 0.5)), 1),
        )
        for on, value in values
    ]


def arc(value: Number, of: Number) -> float:
    """The length of a ring's stroke for that share."""
    return round(RING_LENGTH * share(value, of) / 100, 1)
