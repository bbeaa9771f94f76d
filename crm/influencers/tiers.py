"""Which tier so many followers make, in a scheme and on a day. Sources disagree, so the scheme is always named."""

import datetime as dt
from dataclasses import dataclass

from crm.influencers.models import Tier, TierScheme


@dataclass(frozen=True, slots=True)
class Ladder:
    """The tiers of one scheme, read once for a page full of accounts."""

    tiers: tuple[Tier, ...]

    def tier(self, followers: int | None) -> Tier | None:
        """The tier that holds so many followers; None for an unknown count and outside the scheme."""
        if followers is None:
            return None
        return next((tier for tier in self.tiers if _holds(tier, followers)), None)


def ladder(scheme: str, on: dt.date) -> Ladder:
    """The tiers of the scheme of that code, lowest first; none when the scheme is unknown or not valid on the day."""
    valid = TierScheme.objects.valid_on(on).filter(code=scheme)
    return Ladder(tuple(Tier.objects.filter(scheme__in=valid).order_by("low", "pk")))


def tier(scheme: str, followers: int | None, on: dt.date) -> Tier | None:
    """The tier of one account; for several use one `ladder`."""
    return ladder(scheme, on).tier(followers)


def _holds(tier: Tier, followers: int) -> bool:
    above = followers > tier.low or (tier.low_included and followers == tier.low)
    below = tier.high is None or followers < tier.high or (tier.high_included and followers == tier.high)
    return above and below
