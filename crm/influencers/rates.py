"""Engagement as rates, each with its own name. A missing part or nothing to divide by gives None, never zero.

Formulas: the engagement-rate family as Hootsuite lists it (https://blog.hootsuite.com/calculate-engagement-rate/).
"""

from dataclasses import dataclass
from decimal import Decimal


def share(part: int | None, of: int | None) -> Decimal | None:
    """How much of the whole; None when either is unknown or the whole is nothing."""
    return Decimal(part) / of if part is not None and of else None


def total(*parts: int | None) -> int | None:
    """All parts together; None when one is unknown."""
    return None if None in parts else sum(parts)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted: averages per post, and the followers of that day."""

    followers: int | None = None
    likes: int | None = None
    comments: int | None = None
    saves: int | None = None
    shares: int | None = None
    views: int | None = None
    reach: int | None = None

    @property
    def like_rate(self) -> Decimal | None:
        return share(self.likes, self.followers)

    @property
    def comment_rate(self) -> Decimal | None:
        return share(self.comments, self.followers)

    @property
    def public(self) -> Decimal | None:
        """Likes and comments per follower: the only rate that can be computed without her help."""
        return share(total(self.likes, self.comments), self.followers)

    @property
    def engagements(self) -> int | None:
        return total(self.likes, self.comments, self.saves, self.shares)

    @property
    def full(self) -> Decimal | None:
        return share(self.engagements, self.followers)

    @property
    def by_reach(self) -> Decimal | None:
        return share(self.engagements, self.reach)

    @property
    def by_views(self) -> Decimal | None:
        return share(self.engagements, self.views)

    @property
    def reach_rate(self) -> Decimal | None:
        return share(self.reach, self.followers)

    @property
    def amplification(self) -> Decimal | None:
        return share(self.shares, self.followers)

    @property
    def comments_per_like(self) -> Decimal | None:
        return share(self.comments, self.likes)
