"""The picture of a term cut into periods: what was kept, where we stand, what lies ahead, and the days that matter.

Days in, SVG coordinates out. A year fits a page; a longer term is as long as it has to be and scrolls.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from babel.dates import format_date
from django.utils.translation import gettext_lazy as _

from crm.base.formats import day_words, locale

WIDTH, EDGE, DAY_LEAST = 940, 4, 1.6
LANE_Y, LANE = 34, 36
TICKS_Y, TELL_Y, HEIGHT = LANE_Y + LANE + 17, LANE_Y + LANE + 38, LANE_Y + LANE + 46
GAP, BAR, FLAG = 3, 4, 58
ROOM_FOR_TICK, ROOM_FOR_YEAR, ROOM_FOR_FIGURE = 50, 21, 30
A_DAY = dt.timedelta(days=1)

OK, SHORT, NOW, WAITS, AHEAD, PAUSED, CLOSED = "ok", "short", "now", "waits", "ahead", "paused", "closed"
KEY: dict[str, Any] = {
    OK: _("Kept"),
    SHORT: _("Too few"),
    CLOSED: _("Over, nothing was owed"),
    WAITS: _("Over, to be closed"),
    NOW: _("Under way"),
    AHEAD: _("Ahead"),
    PAUSED: _("Paused"),
}
"""What the colours of a period mean, in the order of a legend."""

REVIEW, NOTICE, LAST_DAY, OTHER = "review", "notice", "last", "other"


@dataclass(frozen=True)
class Period:
    """One stretch as it is told: `figure` fits into it, `share` (0 to 100) is how far it has come."""

    name: str  # "Period 3"
    first_on: dt.date
    last_on: dt.date
    state: str
    figure: str = ""
    says: str = ""  # "2 of 2 Reels, 3 of 4 Stories"
    share: float | None = None
    url: str = ""

    @property
    def days(self) -> str:
        return between(self.first_on, self.last_on)


@dataclass(frozen=True)
class Mark:
    """A day that matters: its shape is known by its kind."""

    kind: str
    on: dt.date
    label: Any


@dataclass(frozen=True)
class Cell:
    """A period in its place."""

    period: Period
    x: float
    width: float
    tick: str
    is_today: bool = False

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def figure(self) -> str:
        return self.period.figure if self.width >= ROOM_FOR_FIGURE else ""

    @property
    def bar(self) -> float:
        """How long the line of what is done is; it lies inside of rounded corners."""
        return round(max(0.0, self.width - 12) * (self.period.share or 0) / 100, 1)

    @property
    def bar_x(self) -> float:
        return round(self.x + 6, 1)


@dataclass(frozen=True)
class Pin:
    """A mark in its place."""

    mark: Mark
    x: float


@dataclass(frozen=True)
class Hatched:
    """Days that do not count, in their place."""

    x: float
    width: float
    title: str


@dataclass(frozen=True)
class YearStrip:
    """The whole picture, in its own coordinates."""

    cells: list[Cell]
    pins: list[Pin]
    rests: list[Hatched]
    today_x: float | None
    today: str
    width: int

    height, lane_y, lane = HEIGHT, LANE_Y, LANE
    bar_y, figure_y, ticks_y, tell_y, flag = LANE_Y + LANE - BAR - 4, LANE_Y + 22, TICKS_Y, TELL_Y, FLAG
    lane_end = LANE_Y + LANE

    @property
    def is_long(self) -> bool:
        return self.width > WIDTH

    @property
    def has_links(self) -> bool:
        return any(cell.period.url for cell in self.cells)

    @property
    def flag_x(self) -> float:
        """Where the flag of today begins; it never hangs over the edge."""
        return round(min(max((self.today_x or 0) - FLAG / 2, 0), self.width - FLAG), 1)

    @property
    def flag_text_x(self) -> float:
        return self.flag_x + FLAG / 2

    @property
    def key(self) -> list[tuple[str, Any]]:
        """The colours that are in it, with their words."""
        there = {cell.period.state for cell in self.cells} | ({PAUSED} if self.rests else set())
        return [(state, words) for state, words in KEY.items() if state in there]


def year_strip(
    periods: Sequence[Period],
    *,
    today: dt.date,
    marks: Iterable[Mark] = (),
    rests: Iterable[tuple[dt.date, dt.date | None]] = (),
) -> YearStrip | None:
    """`rests` are first and last days; one nobody knows the end of reaches until today. None without any period."""
    if not periods:
        return None
    scale = Scale(min(one.first_on for one in periods), max(one.last_on for one in periods))
    return YearStrip(
        cells=_with_ticks([scale.cell(one, today) for one in periods]),
        pins=[Pin(mark, scale.x(mark.on)) for mark in marks if scale.holds(mark.on)],
        rests=[drawn for first, last in rests if (drawn := scale.rest(first, last or max(first, today)))],
        today_x=scale.x(today) if scale.holds(today) else None,
        today=str(format_date(today, "d MMM", locale=locale())),
        width=scale.width,
    )


@dataclass(frozen=True)
class Scale:
    """Days to places."""

    first_on: dt.date
    last_on: dt.date

    @property
    def days(self) -> int:
        return (self.last_on - self.first_on).days + 1

    @property
    def width(self) -> int:
        return max(WIDTH, round(self.days * DAY_LEAST) + 2 * EDGE)

    def x(self, on: dt.date) -> float:
        return round(EDGE + (on - self.first_on).days / self.days * (self.width - 2 * EDGE), 1)

    def holds(self, on: dt.date) -> bool:
        return self.first_on <= on <= self.last_on

    def cell(self, period: Period, today: dt.date) -> Cell:
        left, is_today = self.x(period.first_on), period.first_on <= today <= period.last_on
        return Cell(period, left, round(max(2.0, self.x(period.last_on + A_DAY) - left - GAP), 1), "", is_today)

    def rest(self, first_on: dt.date, last_on: dt.date) -> Hatched | None:
        first, last = max(first_on, self.first_on), min(last_on, self.last_on)
        if first > last:
            return None
        title = f"{_('Paused')}: {between(first_on, last_on)}"
        return Hatched(self.x(first), round(self.x(last + A_DAY) - self.x(first) - GAP, 1), title)


def _with_ticks(cells: list[Cell]) -> list[Cell]:
    """The first day beneath a period, as often as there is room for one; with its year where another one begins."""
    told: list[Cell] = []
    room_from, year = 0.0, 0
    for cell in cells:
        on = cell.period.first_on
        is_told = cell.x >= room_from
        width = ROOM_FOR_TICK + (ROOM_FOR_YEAR if on.year != year else 0)
        told.append(replace(cell, tick=_tick(on, with_year=on.year != year)) if is_told else cell)
        room_from, year = (cell.x + width, on.year) if is_told else (room_from, year)
    return told


def _tick(on: dt.date, *, with_year: bool) -> str:
    return str(format_date(on, "d MMM y" if with_year else "d MMM", locale=locale()))


def between(first_on: dt.date, last_on: dt.date) -> str:
    """`11 Mar – 10 Apr 2026`: the year once where it is the same."""
    if first_on == last_on:
        return day_words(first_on, "full")
    first = "d MMM" if first_on.year == last_on.year else "d MMM y"
    return f"{format_date(first_on, first, locale=locale())} – {format_date(last_on, 'd MMM y', locale=locale())}"
