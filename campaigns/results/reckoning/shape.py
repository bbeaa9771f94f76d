"""One post with its figures, and many posts as one group."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from campaigns.results.formulas import Counts, added, median_of
from campaigns.results.reckoning.accounts import Known

HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class PostFigure:
    """One post and what was counted nearest to the mark. Without numbers `hours` and `taken_at` are None."""

    post: int
    deliverable: int
    card: int
    campaign: int
    person: int
    name: str
    title: str
    url: str
    platform: str
    platform_name: str
    format: str
    format_name: str
    tier: str
    tier_name: str
    published_at: dt.datetime
    hours: int | None = None
    taken_at: dt.datetime | None = None
    source: str = ""
    counts: Counts = field(default_factory=Counts)
    account: Known | None = None

    @property
    def is_counted(self) -> bool:
        return self.hours is not None

    def is_early(self, mark: int, now: dt.datetime) -> bool:
        """The mark is not reached yet: the newest numbers stand in."""
        return self.is_counted and self.published_at + mark * HOUR > now

    def is_elsewhen(self, mark: int) -> bool:
        """Counted so far from the mark that another mark is nearer, or far beyond the last one."""
        return self.hours is not None and not mark / 2 <= self.hours <= mark * 2


@dataclass(frozen=True)
class Group:
    """Posts that belong together: a campaign, a tier, a person. `counts` are those of the counted ones."""

    key: str
    label: str
    figures: Sequence[PostFigure]
    counts: Counts

    @property
    def posts(self) -> int:
        return len(self.figures)

    @property
    def counted(self) -> int:
        return sum(1 for one in self.figures if one.is_counted)

    @property
    def people(self) -> int:
        return len({one.person for one in self.figures})

    def median(self, rate: Callable[[Counts], Decimal | None]) -> Decimal | None:
        return median_of(rate(one.counts) for one in self.figures)


def grouped(
    figures: Iterable[PostFigure], key: Callable[[PostFigure], tuple[str, str]], cost: "Costing | None" = None
) -> list[Group]:
    """The posts under each (key, label), in the order in which the keys first come."""
    found: dict[tuple[str, str], list[PostFigure]] = {}
    for one in figures:
        found.setdefault(key(one), []).append(one)
    return [group_of(key, label, rows, cost) for (key, label), rows in found.items()]


Costing = Callable[[Sequence[PostFigure]], Counts]
"""What a set of posts cost and sold, as the money parts of Counts."""


def group_of(key: str, label: str, rows: Sequence[PostFigure], cost: Costing | None = None) -> Group:
    """`cost` is asked of the counted posts only: what an uncounted one cost would make the others look dear."""
    counts = added(*(one.counts for one in rows))
    return Group(key, label, rows, added(counts, cost([one for one in rows if one.is_counted])) if cost else counts)
