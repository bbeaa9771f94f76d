"""What became of each row of a bulk action: nothing is left out, nothing is summed up into "some failed"."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Verdict:
    """One row's fate: done or not, and why, in words for a colleague."""

    who: str
    text: Any
    done: bool
    url: str = ""
    person_id: int | None = None
    needs_tick: bool = False  # may be done after all once somebody ticks that she knows

    @property
    def tone(self) -> str:
        return "ok" if self.done else "warn"


def done_count(verdicts: Sequence[Verdict]) -> int:
    return sum(verdict.done for verdict in verdicts)
