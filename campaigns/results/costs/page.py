"""The page of costs: by currency and part, by person, and what was noted beside people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign, Collaboration
from campaigns.results.costs.parts import CASH, EVENTS, FEES, GOODS, SHIPPING, Parts
from campaigns.results.costs.reckoning import costs_both_ways
from campaigns.results.models import CampaignCost
from crm.base.formats import money_full

LABELS = (
    (CASH, _("Money")), (GOODS, _("Goods")), (SHIPPING, _("Shipping")), (EVENTS, _("Events")), (FEES, _("Fees of others")),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of amounts in one currency."""

    label: Any
    amounts: Sequence[tuple[Any, str]]
    total: str
    card: Collaboration | None = None
    currency: str = ""


@dataclass(frozen=True)
class CostPage:
    """Everything the page shows."""

    heads: Sequence[Any]
    totals: Sequence[Row]
    people: Sequence[Row]
    noted: Sequence[CampaignCost]

    @property
    def is_empty(self) -> bool:
        return not self.totals


def page_of(campaign: Campaign, cost: str) -> CostPage:
    """A fixed number of queries: the reckoning, the people, what was noted."""
    by_campaign, by_card = costs_both_ways([campaign.pk], cost=cost)
    whole = by_campaign[campaign.pk]
    spent = [pk for pk, costs in by_card.items() if len(costs)]
    cards = (
        Collaboration.objects.filter(pk__in=spent).select_related("influencer").order_by("influencer__name_key", "pk")
    )
    people = [
        _row(card.influencer.stage_name, parts, currency, card)
        for card in cards
        for currency, parts in by_card[card.pk].items()
    ]
    noted = list(campaign.costs.select_related("by"))
    totals = [_row(currency, parts, currency) for currency, parts in whole.items()]
    return CostPage([label for _code, label in LABELS], totals, people, noted)


def _row(label: Any, parts: Parts, currency: str, card: Collaboration | None = None) -> Row:
    amounts = [(head, getattr(parts, code)) for code, head in LABELS]
    said = [(head, money_full(amount, currency) if amount else "–") for head, amount in amounts]
    return Row(label, said, money_full(parts.total, currency), card, currency)
