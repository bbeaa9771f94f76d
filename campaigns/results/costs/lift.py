"""What a survey says: the difference between those who saw it and those who did not, and whether it is more than chance.

Pure. The interval is Newcombe's hybrid score interval of the difference of two proportions at 95 % (Newcombe, Statistics in
Medicine 17, 1998, method 10): it holds for small groups, too.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt

Z = 1.959963984540054
FEW = 30
"""Below so many asked in a group no difference is called one, whatever the interval says."""


@dataclass(frozen=True)
class Reading:
    """Percentage points: the difference, and between what and what it lies in 95 of 100 such surveys."""

    points: Decimal
    low: Decimal
    high: Decimal
    asked_least: int

    @property
    def is_too_few(self) -> bool:
        """The difference may be chance."""
        return self.low <= 0 <= self.high or self.asked_least < FEW

    @property
    def is_up(self) -> bool:
        return not self.is_too_few and self.points > 0


def reading_of(exposed: int, exposed_yes: int, control: int, control_yes: int) -> Reading:
    """Both groups have somebody in them."""
    p, q = exposed_yes / exposed, control_yes / control
    (p_low, p_high), (q_low, q_high) = wilson(exposed_yes, exposed), wilson(control_yes, control)
    difference = p - q
    low = difference - sqrt((p - p_low) ** 2 + (q_high - q) ** 2)
    high = difference + sqrt((p_high - p) ** 2 + (q - q_low) ** 2)
    return Reading(_points(difference), _points(low), _points(high), min(exposed, control))


def wilson(yes: int, asked: int) -> tuple[float, float]:
    """The score interval of one proportion (Wilson 1927)."""
    share, square = yes / asked, Z * Z
    centre = (share + square / (2 * asked)) / (1 + square / asked)
    half = Z / (1 + square / asked) * sqrt(share * (1 - share) / asked + square / (4 * asked * asked))
    return centre - half, centre + half


def _points(share: float) -> Decimal:
    return Decimal(str(share * 100)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
