"""What a report calls cost: what it cost us, or for a client what they pay. Each currency by itself."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models.functions import Coalesce

from campaigns.planning.models import Collaboration
from campaigns.results.reckoning.purse import Sums

ZERO = Decimal(0)


@dataclass(frozen=True)
class Card:
    """One card that said yes, with its prices."""

    pk: int
    campaign: int
    person: int
    name: str
    fee: Decimal | None
    fee_currency: str
    price: Decimal | None
    price_currency: str
    promised_at: dt.datetime | None


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
    def elsewhere(self) -> dict[str, Decimal]:
        """Everything, by currency."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for one in (*self.by_card.values(), *self.beside.values()):
            for currency, amount in one.items():
                sums[currency] += amount
        return dict(sums)


def cards_of(campaigns: Collection[int]) -> list[Card]:
    """Everybody who said yes; one query."""
    rows = Collaboration.objects.promised().filter(campaign__in=list(campaigns)).order_by("pk")
    person = Coalesce("influencer__merged_into_id", "influencer_id")
    name = Coalesce("influencer__merged_into__stage_name", "influencer__stage_name")
    prices = ("fee", "fee_currency", "client_price", "client_price_currency", "promised_at")
    return [Card(*row) for row in rows.values_list("pk", "campaign_id", person, name, *prices)]


def client_prices(cards: Collection[Card]) -> Spending:
    """What the client pays for each card: never what it costs us."""
    return Spending({one.pk: {one.price_currency: one.price} for one in cards if one.price is not None})


def own_costs(campaigns: Collection[int], cards: Collection[Card], cost: str) -> Spending:
    return Spending({one.pk: {one.fee_currency: one.fee} for one in cards if one.fee is not None})
