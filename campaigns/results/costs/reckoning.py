"""What campaigns cost, in a fixed number of queries however many there are (domain section 8.2, R1-14).

Cost is money to people, goods at what they cost us, parcels, evenings, and fees of others. Each currency stands by itself.
"""

from collections.abc import Collection, Mapping
from typing import Any

from djmoney.money import Money

from campaigns.events.models import Guest
from campaigns.planning.models import Collaboration
from campaigns.results.costs.money import Card, add_money, cards_of
from campaigns.results.costs.parts import EVENTS, FEES, GOODS, SHIPPING, Costs
from campaigns.results.models import CampaignCost, ReportSettings
from campaigns.samples.models import SampleItem, SampleRequest, Shipment
from campaigns.samples.models.purposes import Purpose
from campaigns.samples.values import lines_of

FULL, CASH_ONLY = ReportSettings.Cost.FULL, ReportSettings.Cost.CASH
COMES_BACK = (Purpose.LOAN,)
PART_OF = {
    CampaignCost.Kind.GOODS: GOODS, CampaignCost.Kind.SHIPPING: SHIPPING, CampaignCost.Kind.EVENT: EVENTS,
}  # fmt: skip


def costs_of(campaign_ids: Collection[int], *, cost: str = FULL) -> dict[int, Costs]:
    """What each of these campaigns cost: its people, and what was noted beside them. Ten queries."""
    return costs_both_ways(campaign_ids, cost=cost)[0]


def costs_both_ways(campaign_ids: Collection[int], *, cost: str = FULL) -> tuple[dict[int, Costs], dict[int, Costs]]:
    """By campaign, and by collaboration, for whoever tells both. Ten queries."""
    found = {pk: Costs() for pk in campaign_ids}
    cards, sums = _by_card(campaign_ids)
    for card in cards:
        found[card.campaign].merge(sums[card.pk])
    _add_other_guests(found)
    noted = CampaignCost.objects.filter(campaign__in=campaign_ids).order_by()
    for campaign, kind, amount, currency in noted.values_list("campaign_id", "kind", "amount", "amount_currency"):
        found[campaign].add(PART_OF.get(kind, FEES), currency, amount)
    return {pk: _as(one, cost) for pk, one in found.items()}, {pk: _as(one, cost) for pk, one in sums.items()}


def costs_by_card(campaign_ids: Collection[int], *, cost: str = FULL) -> dict[int, Costs]:
    """What each collaboration of these campaigns cost, by its id; what belongs to nobody is left out. Eight queries."""
    _cards, sums = _by_card(campaign_ids)
    return {pk: _as(one, cost) for pk, one in sums.items()}


def _as(costs: Costs, cost: str) -> Costs:
    return costs.cash_only() if cost == CASH_ONLY else costs


def _by_card(campaign_ids: Collection[int]) -> tuple[list[Card], dict[int, Costs]]:
    cards = cards_of(Collaboration.objects.filter(campaign__in=campaign_ids))
    sums = {card.pk: Costs() for card in cards}
    add_money(sums, cards)
    _add_goods(sums)
    _add_parcels(sums)
    _add_evenings(sums)
    return cards, sums


def _add_goods(sums: Mapping[int, Costs]) -> None:
    """What arrived, at what it cost us: making it, else its market value, else its price. What comes back is no cost."""
    requests = SampleRequest.objects.filter(collaboration__in=list(sums)).exclude(purpose__in=COMES_BACK)
    for line in lines_of(requests):
        unit, card = cost_of_one(line.item), line.item.request.collaboration_id
        if unit is not None and card is not None:
            sums[card].add(GOODS, str(unit.currency), unit.amount * line.came)


def cost_of_one(item: SampleItem) -> Money | None:
    """What one piece cost us (domain section 4.4)."""
    found: Money | None = item.cost or item.bought_for or item.value
    return found


def _add_parcels(sums: Mapping[int, Costs]) -> None:
    """What couriers took, whatever became of the parcel."""
    sent = Shipment.objects.filter(request__collaboration__in=list(sums), cost__isnull=False)
    sent = sent.exclude(status=Shipment.Status.CANCELLED).order_by()
    rows: Any = sent.values_list("request__collaboration_id", "cost", "cost_currency")
    for card, amount, currency in rows:
        sums[card].add(SHIPPING, currency, amount)


SEAT = ("seats", "event__value", "event__value_currency")


def _add_evenings(sums: Mapping[int, Costs]) -> None:
    """The seats of guests who came, at what a seat is worth."""
    guests = Guest.objects.came().filter(collaboration__in=list(sums), event__value__isnull=False).order_by()
    for card, seats, value, currency in guests.values_list("collaboration_id", *SEAT):
        sums[card].add(EVENTS, currency, value * seats)


def _add_other_guests(found: Mapping[int, Costs]) -> None:
    """Guests of a campaign's evening who have no card."""
    guests = Guest.objects.came().filter(collaboration__isnull=True, event__campaign__in=list(found))
    for campaign, seats, value, currency in guests.filter(event__value__isnull=False).values_list(
        "event__campaign_id", *SEAT
    ):
        found[campaign].add(EVENTS, currency, value * seats)
