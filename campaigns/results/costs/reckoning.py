"""What campaigns cost, in a fixed number of queries however many there are (domain section 8.2, R1-14).

Cost is money to people, goods at what they cost us, parcels, evenings, and fees of others. Each currency stands by itself.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Case, DecimalField, F, IntegerField, Q, Sum, Value, When

from campaigns.events.models import Guest
from campaigns.results.costs.money import Card, add_money, cards_of
from campaigns.results.costs.parts import EVENTS, FEES, GOODS, SHIPPING, Costs
from campaigns.results.models import CampaignCost, ReportSettings
from campaigns.samples.models import SampleRequest, Shipment
from campaigns.samples.models.purposes import Purpose
from campaigns.samples.values import with_came

FULL, CASH_ONLY = ReportSettings.Cost.FULL, ReportSettings.Cost.CASH
COMES_BACK = (Purpose.LOAN,)
PART_OF = {
    CampaignCost.Kind.GOODS: GOODS, CampaignCost.Kind.SHIPPING: SHIPPING, CampaignCost.Kind.EVENT: EVENTS,
}  # fmt: skip
CARD, CAMPAIGN, NOTED = "card", "campaign", "noted"
ONCE = Value(1, output_field=IntegerField())


def costs_of(campaign_ids: Collection[int], *, cost: str = FULL) -> dict[int, Costs]:
    """What each of these campaigns cost: its people, and what was noted beside them. Three queries."""
    return costs_both_ways(campaign_ids, cost=cost)[0]


def costs_by_card(campaign_ids: Collection[int], *, cost: str = FULL) -> dict[int, Costs]:
    """What each collaboration of these campaigns cost, by its id; what belongs to nobody is left out. Three queries."""
    return costs_both_ways(campaign_ids, cost=cost)[1]


def costs_both_ways(
    campaign_ids: Collection[int], *, cost: str = FULL, cards: Sequence[Card] | None = None
) -> tuple[dict[int, Costs], dict[int, Costs]]:
    """By campaign, and by collaboration. Three queries; two for whoever has read all the cards of these campaigns."""
    cards = cards_of(campaign_ids) if cards is None else cards
    found, sums = {pk: Costs() for pk in campaign_ids}, {card.pk: Costs() for card in cards}
    add_money(sums, cards, campaign_ids)
    for whose, pk, part, unit, currency, times in _pieces(campaign_ids):
        if whose == CARD:
            sums[pk].add(part, currency, unit * times)
        else:
            found[pk].add(PART_OF.get(part, FEES) if whose == NOTED else part, currency, unit * times)
    for card in cards:
        found[card.campaign].merge(sums[card.pk])
    return {pk: _as(one, cost) for pk, one in found.items()}, {pk: _as(one, cost) for pk, one in sums.items()}


def _as(costs: Costs, cost: str) -> Costs:
    return costs.cash_only() if cost == CASH_ONLY else costs


def _pieces(campaigns: Collection[int]) -> Any:
    """Everything that is no money to people, as lines of (whose, id, part, of one, currency, how many). One query."""
    ids = list(campaigns)
    return _goods(ids).union(_parcels(ids), _evenings(ids), _other_guests(ids), _noted(ids), all=True)


def _goods(campaigns: list[int]) -> Any:
    """What arrived, at what it cost us. What comes back is no cost."""
    requests = SampleRequest.objects.filter(collaboration__campaign__in=campaigns).exclude(purpose__in=COMES_BACK)
    came: Any = with_came(requests)
    lines = came.filter(came__gt=0).annotate(unit=OF_ONE, unit_currency=CURRENCY_OF_ONE).order_by()
    return lines.filter(unit__isnull=False).values_list(
        Value(CARD), "request__collaboration_id", Value(GOODS), "unit", "unit_currency", "came"
    )


COST, BOUGHT = ~Q(cost=0) & Q(cost__isnull=False), ~Q(bought_for=0) & Q(bought_for__isnull=False)
OF_ONE = Case(
    When(COST, then=F("cost")), When(BOUGHT, then=F("bought_for")), default=F("value"),
    output_field=DecimalField(max_digits=16, decimal_places=2),
)  # fmt: skip
CURRENCY_OF_ONE = Case(
    When(COST, then=F("cost_currency")), When(BOUGHT, then=F("bought_for_currency")), default=F("value_currency")
)
"""What one piece cost us: making it, else its market value, else its price (domain section 4.4)."""


def _parcels(campaigns: list[int]) -> Any:
    """What couriers took, whatever became of the parcel."""
    sent = Shipment.objects.filter(request__collaboration__campaign__in=campaigns, cost__isnull=False)
    sent = sent.exclude(status=Shipment.Status.CANCELLED).order_by()
    summed = sent.values("request__collaboration_id", "cost_currency").annotate(sum=Sum("cost"))
    return summed.values_list(
        Value(CARD), "request__collaboration_id", Value(SHIPPING), "sum", "cost_currency", ONCE
    )  # fmt: skip


def _evenings(campaigns: list[int]) -> Any:
    """The seats of guests who came, at what a seat is worth."""
    guests = Guest.objects.came().filter(collaboration__campaign__in=campaigns)
    return _seats(guests, CARD, "collaboration_id")


def _other_guests(campaigns: list[int]) -> Any:
    """Guests of a campaign's evening who have no card."""
    guests = Guest.objects.came().filter(collaboration__isnull=True, event__campaign__in=campaigns)
    return _seats(guests, CAMPAIGN, "event__campaign_id")


def _seats(guests: Any, whose: str, column: str) -> Any:
    rows = guests.filter(event__value__isnull=False).order_by()
    summed = rows.values(column, "event__value", "event__value_currency").annotate(sum=Sum("seats"))
    return summed.values_list(
        Value(whose), column, Value(EVENTS), "event__value", "event__value_currency", "sum"
    )  # fmt: skip


def _noted(campaigns: list[int]) -> Any:
    """What somebody noted beside the people."""
    noted = CampaignCost.objects.filter(campaign__in=campaigns).order_by()
    summed = noted.values("campaign_id", "kind", "amount_currency").annotate(sum=Sum("amount"))
    return summed.values_list(Value(NOTED), "campaign_id", "kind", "sum", "amount_currency", ONCE)
