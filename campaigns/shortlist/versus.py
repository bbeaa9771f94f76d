"""One celebrity or many micro-influencers: the same money counted in the same way on both sides (domain rule 8.6)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)
ONE = Decimal(1)


@dataclass(frozen=True)
class Side:
    """So many people of such an account, each for this price; rates in percent. What is not known is None."""

    people: int
    followers: int
    price: Decimal
    rate: Decimal
    reach_rate: Decimal | None = None
    match: Decimal | None = None

    @property
    def cost(self) -> Decimal:
        return self.price * self.people

    @property
    def engagements(self) -> int:
        """Likes, or whatever both sides count."""
        return whole(self.people * self.followers * self.rate / HUNDRED)

    @property
    def cost_each(self) -> Decimal | None:
        return rounded(self.cost / self.engagements) if self.engagements else None

    @property
    def reach(self) -> int | None:
        if self.reach_rate is None:
            return None
        return whole(self.people * self.followers * self.reach_rate / HUNDRED)

    @property
    def effective(self) -> int | None:
        """How many of those reached the campaign is for."""
        if self.reach is None or self.match is None:
            return None
        return whole(self.reach * self.match / HUNDRED)

    @property
    def cost_per_thousand(self) -> Decimal | None:
        return rounded(self.cost * 1000 / self.reach) if self.reach else None

    @property
    def cost_per_thousand_wanted(self) -> Decimal | None:
        return rounded(self.cost * 1000 / self.effective) if self.effective else None

    @property
    def contracts(self) -> int:
        """Each person is a contract, a brief, a parcel and an approval of her own."""
        return self.people


def whole(value: Decimal) -> int:
    return int(value.quantize(ONE, ROUND_HALF_UP))


def rounded(value: Decimal) -> Decimal:
    return value.quantize(ONE, ROUND_HALF_UP)
