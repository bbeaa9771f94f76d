"""What took how long beside what, round by round, and the one table it is told in."""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

HEADS = (
    f"{'':5}{'what, and its limit beside it':68}{'took':>11}{'limit':>11}{'ratio':>8}  {'spread':16}{'CPU':>7}  goal"
)


@dataclass(frozen=True)
class Line:
    """One goal: a measure as a ratio to its limit, each ratio taken within one round."""

    goal: str
    what: str
    limit: str
    took: float
    beside: float
    ratios: list[float]
    cpu: float | None
    bound: str
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)

    @property
    def is_met(self) -> bool | None:
        """None where there is no goal."""
        if not self.bound:
            return None
        sign, number = self.bound.split()
        return self.ratio <= float(number) if sign == "<=" else self.ratio >= float(number)

    def __str__(self) -> str:
        spread = f"{min(self.ratios):.3g} to {max(self.ratios):.3g}"
        cpu = "" if self.cpu is None else f"{self.cpu:.3g}"
        said = {None: "", True: "met", False: "MISSED"}[self.is_met]
        what = f"{self.what}, to {self.limit}"
        figures = f"{_said(self.took, self.unit):>11}{_said(self.beside, self.unit):>11}{self.ratio:>8.3g}"
        return f"{self.goal:5}{what:68}{figures}  {spread:16}{cpu:>7}  {self.bound:9}{said}"


def table(title: str, lines: Iterable[Line]) -> str:
    return "\n".join([title, HEADS, *map(str, lines)])


class Watch:
    """What took how long, round by round: by the clock, and in seconds of this process."""

    def __init__(self) -> None:
        self.took: dict[str, list[float]] = defaultdict(list)
        self.cpu: dict[str, list[float]] = defaultdict(list)

    def time(self, name: str, work: Callable[[], object]) -> None:
        began, used = time.perf_counter(), time.process_time()
        work()
        self.took[name].append(time.perf_counter() - began)
        self.cpu[name].append(time.process_time() - used)

    def each(self, name: str, asked: Sequence[Callable[[], object]]) -> None:
        """The median of many small questions, as one figure of this round."""
        times, used = [], time.process_time()
        for ask in asked:
            began = time.perf_counter()
            ask()
            times.append(time.perf_counter() - began)
        self.took[name].append(statistics.median(times))
        self.cpu[name].append((time.process_time() - used) / len(asked))

    def line(
        self, name: str, limit: str, *, goal: str = "", bound: str = "", of: float = 1, is_rate: bool = False,
        unit: str = "s",
    ) -> Line:  # fmt: skip
        """`of`: the limit was measured on one such part only. `is_rate`: how fast, not how long."""
        took, beside = self.took[name], [one * of for one in self.took[limit]]
        cpu = _ratios(self.cpu[name], [one * of for one in self.cpu[limit]], is_rate=is_rate)
        said = f"{limit} (extrapolated)" if of > 1 else limit
        return Line(
            goal, name, said, statistics.median(took), statistics.median(beside), _ratios(took, beside, is_rate=is_rate),
            statistics.median(cpu) if cpu else None, bound, unit,
        )  # fmt: skip

    def say(self, name: str, limit: str, *, goal: str = "", of: float = 1, is_rate: bool = False) -> None:
        print(self.line(name, limit, bound=goal, of=of, is_rate=is_rate), flush=True)


def _ratios(mine: Sequence[float], beside: Sequence[float], *, is_rate: bool) -> list[float]:
    pairs = [(one, limit) for one, limit in zip(mine, beside, strict=True) if one and limit]
    return [limit / one if is_rate else one / limit for one, limit in pairs]


def _said(number: float, unit: str) -> str:
    return f"{number:.0f} {unit}".strip() if unit != "s" else _seconds(number)


def _seconds(seconds: float) -> str:
    return f"{seconds * 1000:.3f} ms" if seconds < 1 else f"{seconds:.2f} s"
