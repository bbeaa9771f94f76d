"""What somebody's posts cost now, what is agreed for later, and what they cost before."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from crm.influencers.models import Influencer, RateCard

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class PriceLine:
    """One price with its real last day: the day before the next one for the same begins, if that is sooner."""

    rate: RateCard
    ends_on: dt.date | None
    is_replaced: bool
    today: dt.date

    @property
    def what(self) -> str:
        """What is bought, as said or by its format; nothing for anything."""
        return self.rate.package or (str(self.rate.format) if self.rate.format else "")

    @property
    def is_over(self) -> bool:
        return self.ends_on is not None and self.ends_on < self.today

    @property
    def is_ahead(self) -> bool:
        return self.rate.valid_from > self.today

    @property
    def engagement(self) -> Decimal | None:
        """The engagement rate of that day, as a share."""
        given = self.rate.engagement_rate
        return None if given is None else given / 100


@dataclass(frozen=True)
class Prices:
    """A person's prices: those that hold or will hold, and those that are over."""

    standing: list[PriceLine]
    over: list[PriceLine]


def prices_of(person: Influencer, today: dt.date) -> Prices:
    """Every price she named. One query."""
    rows = RateCard.objects.filter(influencer=person).select_related("format__platform", "account__platform")
    lines = _lines(list(rows.order_by("-valid_from", "-pk")), today)
    return Prices([line for line in lines if not line.is_over], [line for line in lines if line.is_over])


def _lines(newest_first: list[RateCard], today: dt.date) -> list[PriceLine]:
    next_from: dict[tuple[int | None, int | None, str], dt.date] = {}
    lines = []
    for rate in newest_first:
        key = (rate.account_id, rate.format_id, rate.package)
        last = next_from[key] - DAY if key in next_from else None
        ends = min((day for day in (rate.valid_to, last) if day is not None), default=None)
        lines.append(PriceLine(rate, ends, is_replaced=last is not None and ends == last, today=today))
        next_from[key] = rate.valid_from
    return lines
