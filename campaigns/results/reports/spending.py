"""What a report calls cost: what it cost us, or for a client what they pay. Each currency by itself."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models.functions import Coalesce

from campaigns.planning.models import Collaboration
from campaigns.results.costs.parts import CASH, EVENTS, FEES, GOODS, SHIPPING
from campaigns.results.costs.reckoning import costs_both_ways
from campaigns.results.reckoning.purse import Sums

ZERO = Decimal(0)
PARTS = (CASH, GOODS, SHIPPING, EVENTS, FEES)


@dataclass(frozen=True)
class Card:
    """One card with its prices."""

    pk: int
    campaign: int
    person: int
    name: str
    fee: Decimal | None
    fee_currency: str
    price: Decimal | None
    price_currency: str
    promised_at: dt.datetime | None
    status: str
    contract: int | None

    @property
    def is_promised(self) -> bool:
        return self.status in Collaboration.PROMISED


@dataclass(frozen=True)
class Spending:
    """By card, and by kind of cost over all; `beside` is what nobody's card carries, like an agency's fee."""

    by_card: Mapping[int, Sums]
    by_part: Mapping[str, Sums] = field(default_factory=dict)
    beside: Mapping[int, Sums] = field(default_factory=dict)

    def beside_of(self, campaigns: Collection[int], currency: str) -> Decimal:
        return sum((self.beside.get(one, {}).get(currency, ZERO) for one in campaigns), ZERO)

    def total(self, currency: str) -> Decimal | None:
        found = [sums[currency] for sums in (*self.by_card.values(), *self.beside.values()) if currency in sums]
        return sum(found, ZERO) if found else None

    @property
    def by_currency(self) -> dict[str, Decimal]:
        """Everything, by currency: what is not in the report's own stands beside."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for one in (*self.by_card.values(), *self.beside.values()):
            for currency, amount in one.items():
                sums[currency] += amount
        return dict(sums)


def cards_of(campaigns: Collection[int]) -> list[Card]:
    """Everybody in these campaigns; one query."""
    rows = Collaboration.objects.filter(campaign__in=list(campaigns)).order_by("pk")
    person = Coalesce("influencer__merged_into_id", "influencer_id")
    name = Coalesce("influencer__merged_into__stage_name", "influencer__stage_name")
    prices = ("fee", "fee_currency", "client_price", "client_price_currency", "promised_at")
    return [
        Card(*row)
        for row in rows.values_list("pk", "campaign_id", person, name, *prices, "status", "party__contract_id")
    ]


def client_prices(cards: Collection[Card]) -> Spending:
    """What the client pays for each card that said yes: never what it costs us."""
    told = [one for one in cards if one.is_promised and one.price is not None]
    return Spending({one.pk: {one.price_currency: one.price} for one in told if one.price is not None})


def own_costs(campaigns: Collection[int], cards: Sequence[Card], cost: str) -> Spending:
    """What it cost us. Whatever a campaign cost that no card carries stands beside its people."""
    whole, single = costs_both_ways(campaigns, cost=cost, cards=cards)
    by_card = {pk: {currency: parts.total for currency, parts in one.items()} for pk, one in single.items() if len(one)}
    beside = {pk: {currency: parts.total for currency, parts in one.items()} for pk, one in whole.items()}
    by_part: dict[str, dict[str, Decimal]] = {part: defaultdict(Decimal) for part in PARTS}
    for one in whole.values():
        for currency, parts in one.items():
            for part in PARTS:
                by_part[part][currency] += getattr(parts, part)
    for card in cards:
        for currency, amount in by_card.get(card.pk, {}).items():
            beside[card.campaign][currency] -= amount
    return Spending(by_card, by_part, {pk: without_nothing(sums) for pk, sums in beside.items()})


def without_nothing(sums: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {currency: amount for currency, amount in sums.items() if amount}
