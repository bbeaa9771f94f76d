"""What is known of one account when somebody looks: counts, their history, what was read off the profile."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from crm.influencers.rates import Counts
from crm.vetting.models import Threshold

Rules = Mapping[str, Threshold]
"""The thresholds valid on the day, by their code."""


@dataclass(frozen=True, slots=True)
class Count:
    """Followers, and engagement where it is known, on one day."""

    on: dt.date
    followers: int
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """What a chosen set says is usual for so many followers; rates as shares, not percent."""

    name: str
    year: int | None
    is_indicative: bool
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Audience:
    """How much of the audience lives where it matters, and who says so."""

    place: str
    share: Decimal
    source: str = ""


@dataclass(frozen=True)
class Readings:
    """Everything a look needs. What is unknown is None or empty, and signs that need it stay silent."""

    today: dt.date
    counts: Counts = field(default_factory=Counts)
    posts: int | None = None
    counted_on: dt.date | None = None
    history: tuple[Count, ...] = ()
    organic: Decimal | None = None
    sponsored: Decimal | None = None
    following: int | None = None
    like_counts: tuple[int, ...] = ()
    comments_sampled: int | None = None
    comments_alike: int | None = None
    audience: Audience | None = None
    rate: Decimal | None = None
    band: Band | None = None

    @property
    def posts_known(self) -> int | None:
        """How many posts somebody looked at."""
        known = [count for count in (self.posts, len(self.like_counts) or None) if count is not None]
        return max(known, default=None)

    @property
    def days_counted(self) -> int:
        """On how many different days followers were counted."""
        return len({count.on for count in self.history})
