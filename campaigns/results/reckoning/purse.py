"""What posts cost and what they sold, in one currency: a card's cost is shared evenly among its posts."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from campaigns.results.formulas import Counts
from campaigns.results.reckoning.sales import Sold, sold_and_clicked
from campaigns.results.reckoning.shape import PostFigure

ZERO = Decimal(0)
Sums = Mapping[str, Decimal]


@dataclass(frozen=True)
class Purse:
    """By card: what it cost, what it sold and how often its links were followed. `posts` are all posts of each card."""

    currency: str
    costs: Mapping[int, Sums]
    sold: Mapping[int, Sequence[Sold]]
    clicks: Mapping[int, int]
    posts: Mapping[int, int]

    def of_posts(self, rows: Sequence[PostFigure]) -> Counts:
        """Some posts: each carries an even part of its card. Orders and clicks are the card's, so they stay out."""
        parts = [self.cost_of_post(one) for one in rows]
        known = [part for part in parts if part is not None]
        return Counts(cost=sum(known, ZERO) if known else None)

    def cost_of_post(self, one: PostFigure) -> Decimal | None:
        return self._each.get(one.card)

    @cached_property
    def _each(self) -> dict[int, Decimal]:
        """By card, what one of its posts carries."""
        told = ((card, self.costs.get(card, {}).get(self.currency), posts) for card, posts in self.posts.items())
        return {card: cost / posts for card, cost, posts in told if cost is not None}

    def of_cards(self, cards: Iterable[int], beside: Decimal = ZERO) -> Counts:
        """Whole cards; `beside` is what a campaign cost that nobody of them did."""
        cards = list(cards)
        costs = [self.costs[card][self.currency] for card in cards if self.currency in self.costs.get(card, {})]
        sold = [one for card in cards for one in self.sold.get(card, ())]
        own = [one for one in sold if one.currency == self.currency]
        return Counts(
            cost=sum(costs, beside) if costs or beside else None,
            clicks=sum(self.clicks[card] for card in cards if card in self.clicks) or None,
            orders=sum(one.orders for one in sold) if sold else None,
            revenue=sum((one.revenue for one in own), ZERO) if own else None,
            margin=margin_of(own),
        )

    @property
    def all_sold(self) -> list[Sold]:
        return [one for rows in self.sold.values() for one in rows]


def margin_of(sold: Sequence[Sold]) -> Decimal | None:
    """Unknown as soon as the goods of one order are: half a margin would flatter."""
    known = [one.margin for one in sold if one.margin is not None]
    return sum(known, ZERO) if sold and len(known) == len(sold) else None


def purse_of(
    campaigns: Collection[int], figures: Iterable[PostFigure], currency: str, costs: Mapping[int, Sums]
) -> Purse:
    """One query: orders and clicks."""
    sold: dict[int, list[Sold]] = defaultdict(list)
    orders, clicks = sold_and_clicked(campaigns)
    for one in orders:
        sold[one.card].append(one)
    posts = Counter(one.card for one in figures)
    return Purse(currency, costs, sold, clicks, posts)
