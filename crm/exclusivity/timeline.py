"""The picture of who is barred when: months across, one row for each promise or person, drawn on the server."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from babel.dates import format_date

from crm.base.formats import locale
from crm.base.windows import months_later
from crm.exclusivity.barred import BarLine

MONTHS = 6
LEFT, WIDTH = 170, 860
HEAD, ROW, BAR = 26, 34, 22
LEAST = 6
LETTER = 7  # pixels


@dataclass(frozen=True)
class Strip:
    """One bar: where it lies, how it is coloured, and what it says."""

    x: float
    y: int
    width: float
    colour: str
    is_hatched: bool
    title: str


@dataclass(frozen=True)
class Row:
    label: str
    url: str
    y: int
    strips: list[Strip]

    @property
    def text_y(self) -> int:
        return self.y + 20

    @property
    def strip_y(self) -> int:
        return self.y + (ROW - BAR) // 2


@dataclass(frozen=True)
class Month:
    name: str
    x: float

    @property
    def text_x(self) -> float:
        return self.x + 6


@dataclass(frozen=True)
class Timeline:
    """The whole picture, in its own coordinates."""

    months: list[Month]
    rows: list[Row]
    today_x: float | None

    width = WIDTH
    left = LEFT
    bar = BAR

    @property
    def height(self) -> int:
        return HEAD + ROW * len(self.rows) + 4


def timeline(rows: Sequence[tuple[str, str, Iterable[BarLine]]], today: dt.date) -> Timeline:
    """`rows` are a label, an address or nothing, and what bars there. From this month on, six months."""
    first = today.replace(day=1)
    starts = [months_later(first, number) for number in range(MONTHS)]
    span = Span(first, months_later(first, MONTHS))
    drawn = [
        Row(label if len(label) * LETTER <= LEFT else f"{label[: LEFT // LETTER - 1]}…", url, HEAD + ROW * place,
            list(span.strips(lines, HEAD + ROW * place + (ROW - BAR) // 2)))
        for place, (label, url, lines) in enumerate(rows)
    ]  # fmt: skip
    months = [Month(_name(on), span.x(on)) for on in starts]
    return Timeline(months, drawn, span.x(today))


def _name(on: dt.date) -> str:
    """The month, with its year where a new one begins."""
    return str(format_date(on, "MMM y" if on.month == 1 else "MMM", locale=locale()))


@dataclass(frozen=True)
class Span:
    """The days the picture shows; the last one excluded."""

    first_on: dt.date
    end_on: dt.date

    def x(self, on: dt.date) -> float:
        return round(LEFT + (on - self.first_on).days / (self.end_on - self.first_on).days * (WIDTH - LEFT), 1)

    def strips(self, lines: Iterable[BarLine], y: int) -> Iterable[Strip]:
        for line in sorted(lines, key=lambda one: not one.is_elsewhere):  # our own promises lie on top
            for stay in line.stays:
                first = max(stay.first_on or self.first_on, self.first_on)
                after = min(stay.last_on + dt.timedelta(days=1) if stay.last_on else self.end_on, self.end_on)
                if first < after:
                    left = self.x(first)
                    hatched = stay.moves or line.is_elsewhere or line.tone != "warn"
                    yield Strip(left, y, max(LEAST, round(self.x(after) - left, 1)), line.colour, hatched,
                                f"{line.label}: {stay.words}")  # fmt: skip
