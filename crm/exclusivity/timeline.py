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
HEAD, ROW, BAR = 44, 34, 22
FLAG, PAD, THIN = 56, 8, 5
A_DAY = dt.timedelta(days=1)
LEAST = 6
LETTER = 7  # pixels
SHORTEST = 6  # letters of a label that still say something


@dataclass(frozen=True)
class Strip:
    """One bar: where it lies, how it is coloured, and what it says."""

    x: float
    y: int
    width: float
    height: int
    colour: str
    is_hatched: bool
    title: str
    label: str = ""  # as much of what it is about as fits into the bar

    @property
    def corner(self) -> int:
        return min(5, self.height // 2)

    @property
    def label_x(self) -> float:
        return self.x + PAD

    @property
    def label_y(self) -> int:
        return self.y + 15


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
    today: str = ""

    @property
    def flag_x(self) -> float:
        """Where the flag of today begins; it never hangs over the edge."""
        return min(max((self.today_x or LEFT) - FLAG / 2, LEFT), WIDTH - FLAG)

    @property
    def flag_text_x(self) -> float:
        return self.flag_x + FLAG / 2

    flag = FLAG
    width = WIDTH
    left = LEFT
    bar = BAR

    @property
    def has_links(self) -> bool:
        return any(row.url for row in self.rows)

    @property
    def height(self) -> int:
        return HEAD + ROW * len(self.rows) + 4


def timeline(rows: Sequence[tuple[str, str, Iterable[BarLine]]], today: dt.date) -> Timeline:
    """`rows` are a label, an address or nothing, and what bars there. From this month on, six months."""
    first = today.replace(day=1)
    starts = [months_later(first, number) for number in range(MONTHS)]
    span = Span(first, months_later(first, MONTHS))
    drawn = [
        Row(fitting(label, LEFT), url, HEAD + ROW * place,
            list(span.strips(lines, HEAD + ROW * place + (ROW - BAR) // 2)))
        for place, (label, url, lines) in enumerate(rows)
    ]  # fmt: skip
    months = [Month(_name(on), span.x(on)) for on in starts]
    return Timeline(months, drawn, span.x(today), str(format_date(today, "d MMM", locale=locale())))


def fitting(text: str, width: float) -> str:
    """The text, or its beginning, or nothing where not even a word of it fits."""
    if len(text) * LETTER <= width:
        return text
    room = int(width // LETTER) - 1
    return f"{text[:room].rstrip(' ,')}…" if room >= SHORTEST else ""


def _name(on: dt.date) -> str:
    """The month, with its year where a new one begins."""
    return str(format_date(on, "MMM y" if on.month == 1 else "MMM", locale=locale()))


@dataclass(frozen=True)
class Days:
    """A stretch of a line as it is drawn, the last day excluded."""

    first: dt.date
    after: dt.date
    words: str
    moves: bool


@dataclass(frozen=True)
class Span:
    """The days the picture shows; the last one excluded."""

    first_on: dt.date
    end_on: dt.date

    def x(self, on: dt.date) -> float:
        return round(LEFT + (on - self.first_on).days / (self.end_on - self.first_on).days * (WIDTH - LEFT), 1)

    def strips(self, lines: Iterable[BarLine], y: int) -> list[Strip]:
        """Our own promises as broad bars; what lies over the same days beneath another one is thin and says nothing."""
        drawn: list[Strip] = []
        for line in sorted(lines, key=lambda one: one.is_elsewhere):
            for days in self.days_of(line):
                over = [one for one in drawn if one.x < self.x(days.after) and self.x(days.first) < one.x + one.width]
                drawn.append(self.strip(line, days, y, is_thin=bool(over)))
        return drawn

    def days_of(self, line: BarLine) -> list[Days]:
        """The days of a line inside the picture; windows that overlap become one."""
        found: list[Days] = []
        for stay in sorted(line.stays, key=lambda one: one.first_on or dt.date.min):
            first = max(stay.first_on or self.first_on, self.first_on)
            after = min(stay.last_on + A_DAY if stay.last_on else self.end_on, self.end_on)
            if first >= after:
                continue
            if found and first <= found[-1].after:
                last = found.pop()
                words = f"{last.words}; {stay.words}"
                found.append(Days(last.first, max(last.after, after), words, moves=last.moves or stay.moves))
            else:
                found.append(Days(first, after, stay.words, moves=stay.moves))
        return found

    def strip(self, line: BarLine, days: Days, y: int, *, is_thin: bool) -> Strip:
        left = self.x(days.first)
        width = max(LEAST, round(self.x(days.after) - left, 1))
        top, height = (y + BAR, THIN) if is_thin else (y, BAR)
        label = "" if is_thin else fitting(line.label, width - 2 * PAD)
        is_hatched = days.moves or line.tone != "warn"
        return Strip(left, top, width, height, line.colour, is_hatched, f"{line.label}: {days.words}", label)
