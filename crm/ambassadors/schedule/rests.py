"""Days of a term on which nothing is owed, and what they do to its days. Plain days.

`shift`: the last day and everything behind the rest move by its length, nothing is lost. `freeze`: every day stays, and the
frozen ones count for nothing. How long an open rest will be nobody knows: one that moves has moved nothing yet, one that
freezes goes on.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

DAY = dt.timedelta(days=1)
SHIFT, FREEZE = "shift", "freeze"


class Stretch(Protocol):
    """Anything with a first and a last day: a span, or the stored row of a period."""

    @property
    def first_on(self) -> dt.date: ...

    @property
    def last_on(self) -> dt.date: ...


@dataclass(frozen=True)
class Rest:
    """From a day to a day, both included; without a last one nobody knows until when."""

    first_on: dt.date
    last_on: dt.date | None
    effect: str = SHIFT

    def overlaps(self, other: "Rest") -> bool:
        """Whether some day lies in both."""
        return (other.last_on is None or self.first_on <= other.last_on) and (
            self.last_on is None or other.first_on <= self.last_on
        )

    def covers(self, on: dt.date) -> bool:
        return self.first_on <= on and (self.last_on is None or on <= self.last_on)

    @property
    def is_open(self) -> bool:
        return self.last_on is None

    @property
    def days(self) -> int:
        """How long it is; nothing while nobody knows."""
        return (self.last_on - self.first_on).days + 1 if self.last_on else 0


def only(rests: Iterable[Rest], effect: str) -> list[Rest]:
    """Those of one effect, in order."""
    return sorted((rest for rest in rests if rest.effect == effect), key=lambda rest: rest.first_on)


def closed(rests: Iterable[Rest]) -> list[Rest]:
    """Those whose length is known, or whose length does not matter."""
    return [rest for rest in rests if rest.last_on is not None or rest.effect == FREEZE]


def until(rests: Iterable[Rest], on: dt.date) -> list[Rest]:
    """The same, were those that are open to end with that day: what a page reckons with while nobody knows better."""
    return [rest if rest.last_on is not None or on < rest.first_on else replace(rest, last_on=on) for rest in rests]


def moved(on: dt.date, shifts: Sequence[Rest]) -> dt.date:
    """Where a day of work falls once everything behind each rest has moved. Rests in order."""
    for rest in shifts:
        if rest.first_on <= on:
            on += dt.timedelta(days=rest.days)
    return on


def shifted_end(end_on: dt.date, rests: Iterable[Rest]) -> dt.date:
    """The last day of a term, from the one it had before anything moved."""
    return moved(end_on, only(closed(rests), SHIFT))


def live(first_on: dt.date, last_on: dt.date, rests: Iterable[Rest]) -> list[tuple[dt.date, dt.date]]:
    """The stretches between two days on which there is no rest, both days of each included."""
    return list(_live(first_on, last_on, sorted(closed(rests), key=lambda rest: rest.first_on)))


def _live(first_on: dt.date, last_on: dt.date, rests: Sequence[Rest]) -> Iterator[tuple[dt.date, dt.date]]:
    for rest in rests:
        if rest.first_on > last_on:
            break
        if first_on < rest.first_on:
            yield first_on, rest.first_on - DAY
        if rest.last_on is None:
            return
        first_on = max(first_on, rest.last_on + DAY)
    if first_on <= last_on:
        yield first_on, last_on


def live_days(span: Stretch, rests: Iterable[Rest]) -> list[tuple[dt.date, dt.date]]:
    """The stretches of a period that count: all of it but its days of rest."""
    return live(span.first_on, span.last_on, rests)


def days_resting(first_on: dt.date, last_on: dt.date, rests: Iterable[Rest]) -> int:
    """How many days between two are days of rest."""
    working = sum((last - first).days + 1 for first, last in live(first_on, last_on, rests))
    return (last_on - first_on).days + 1 - working
