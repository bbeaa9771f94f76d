"""What campaigns cost: money as agreed or due, goods at what they cost us, parcels, evenings and fees."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from djmoney.money import Money

from campaigns.events.models import Event, Guest
from campaigns.planning.models import Campaign, Collaboration
from campaigns.results.costs.parts import Costs, Parts, shared_out
from campaigns.results.costs.reckoning import costs_by_card, costs_of
from campaigns.results.models import CampaignCost
from crm.contracts.models import Contract, PayLine
from crm.payments.actions import settle, take_back
from tests.factories import (
    CampaignFactory,
    CollaborationFactory,
    InfluencerFactory,
    SampleItemFactory,
    SampleRequestFactory,
    ShipmentFactory,
)
from tests.factories.payments import benefit_of, contract_in_force, due_line

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 11, 20)


def rupiah(amount: int) -> Money:
    return Money(amount, "IDR")


def under(contract: Contract, campaign: Campaign, **fields: Any) -> Collaboration:
    """A card that goes on under a contract."""
    party = contract.parties.talents().get()
    return CollaborationFactory(campaign=campaign, influencer=party.influencer, party=party, **fields)


@pytest.fixture
def contract(campaign: Campaign) -> Contract:
    return contract_in_force(InfluencerFactory(), brand=campaign.brand)


def line(contract: Contract, kind: str, amount: int, **fields: Any) -> None:
    PayLine.objects.create(contract=contract, kind=kind, amount=rupiah(amount), **fields)


def cost(campaign: Campaign, **switch: Any) -> dict[str, Parts]:
    return dict(costs_of([campaign.pk], **switch)[campaign.pk].items())


def test_without_a_contract_the_fee_of_a_promised_card_counts(campaign: Campaign) -> None:
    CollaborationFactory(campaign=campaign, fee=rupiah(4_500_000))
    CollaborationFactory(campaign=campaign, fee=rupiah(9_000_000), status="in_talks")
    CollaborationFactory(campaign=campaign, fee=rupiah(9_000_000), status="off")
    assert cost(campaign) == {"IDR": Parts(cash=Decimal(4_500_000))}


def test_a_contract_says_more_than_the_fee_of_its_card(campaign: Campaign, contract: Contract) -> None:
    under(contract, campaign, fee=rupiah(1))
    contract.lines.all().delete()
    for kind, amount in [("cash_fee", 3_000_000), ("exclusivity_fee", 1_000_000), ("usage_fee", 500_000)]:
        line(contract, kind, amount)
    line(contract, "deduction", 100_000)
    line(contract, "bonus", 700_000)
    line(contract, "product", 2_000_000)
    PayLine.objects.create(contract=contract, kind="commission", rate_bp=500)
    assert cost(campaign) == {"IDR": Parts(cash=Decimal(4_400_000))}


def test_two_cards_share_what_their_contract_promises_to_the_rupiah(campaign: Campaign, contract: Contract) -> None:
    contract.lines.all().delete()
    line(contract, "cash_fee", 1_000_001)
    first = under(contract, campaign)
    party = contract.parties.talents().get()
    other = CollaborationFactory(
        campaign=CampaignFactory(brand=campaign.brand), influencer=first.influencer, party=party
    )
    sums = costs_by_card([campaign.pk, other.campaign_id])
    assert [sums[card.pk]["IDR"].cash for card in (first, other)] == [Decimal("500000.50"), Decimal("500000.50")]


def test_what_became_due_counts_where_it_is_more_and_what_came_on_top_is_added(
    campaign: Campaign, contract: Contract, now: dt.datetime
) -> None:
    contract.lines.all().delete()
    line(contract, "cash_fee", 3_000_000)
    under(contract, campaign)
    fee = due_line(contract, rupiah(3_500_000), key="fee", kind="fee")
    due_line(contract, rupiah(200_000), key="bonus", kind="bonus")
    due_line(contract, rupiah(50_000), key="commission", kind="commission")
    due_line(contract, rupiah(900_000), key="loan", kind="loan")
    settle(fee, rupiah(1_000_000), key="paid", on=ON, at=now, by="Mitra")
    take_back(fee, rupiah(100_000), key="back", on=ON, at=now, by="Mitra")
    assert cost(campaign) == {"IDR": Parts(cash=Decimal(3_650_000))}


def test_a_kill_fee_counts_where_nothing_is_promised_any_more(campaign: Campaign, contract: Contract) -> None:
    under(contract, campaign, status="off")
    due_line(contract, rupiah(750_000), key="kill", kind="kill_fee")
    assert cost(campaign) == {"IDR": Parts(cash=Decimal(750_000))}


def test_credit_counts_as_goods(campaign: Campaign, contract: Contract) -> None:
    contract.lines.all().delete()
    under(contract, campaign)
    benefit_of(contract, 250_000, kind="credit")
    assert cost(campaign) == {"IDR": Parts(goods=Decimal(250_000))}


def test_goods_count_at_what_they_cost_us_once_they_came(campaign: Campaign) -> None:
    card = CollaborationFactory(campaign=campaign)
    request = SampleRequestFactory(collaboration=card, status="arrived", way="by_hand")
    SampleItemFactory(request=request, quantity=3, value=rupiah(200_000), cost=rupiah(80_000))
    SampleItemFactory(request=request, value=rupiah(200_000), bought_for=rupiah(150_000))
    SampleItemFactory(request=SampleRequestFactory(collaboration=card), value=rupiah(999), cost=rupiah(999))
    assert cost(campaign) == {"IDR": Parts(goods=Decimal(390_000))}


def test_what_comes_back_is_no_cost_and_the_courier_is(campaign: Campaign) -> None:
    card = CollaborationFactory(campaign=campaign)
    loan = SampleRequestFactory(
        collaboration=card, purpose="loan", status="arrived", way="by_hand", return_due_on=dt.date(2026, 12, 1)
    )
    SampleItemFactory(request=loan, cost=rupiah(1_000_000))
    ShipmentFactory(request=loan, cost=rupiah(25_000))
    ShipmentFactory(request=loan, cost=rupiah(30_000), status="cancelled")
    assert cost(campaign) == {"IDR": Parts(shipping=Decimal(25_000))}


def test_seats_of_guests_who_came_count(campaign: Campaign, now: dt.datetime) -> None:
    card = CollaborationFactory(campaign=campaign)
    event = Event.objects.create(
        brand=campaign.brand, campaign=campaign, name="Night", starts_at=now, owner=campaign.owner,
        value=rupiah(400_000),
    )  # fmt: skip
    came = {"event": event, "status": "came", "came_at": now}
    Guest.objects.create(influencer=card.influencer, collaboration=card, seats=2, **came)
    Guest.objects.create(influencer=InfluencerFactory(), **came)
    Guest.objects.create(influencer=InfluencerFactory(), event=event, status="no_show")
    assert cost(campaign) == {"IDR": Parts(events=Decimal(1_200_000))}
    assert costs_by_card([campaign.pk])[card.pk]["IDR"] == Parts(events=Decimal(800_000))


def test_what_was_noted_beside_people_belongs_to_the_campaign_alone(campaign: Campaign) -> None:
    card = CollaborationFactory(campaign=campaign)
    for kind, amount in [("agency", 10), ("media", 20), ("other", 30), ("goods", 1), ("shipping", 2), ("event", 3)]:
        CampaignCost.objects.create(campaign=campaign, kind=kind, amount=rupiah(amount), on=ON)
    whole = Parts(goods=Decimal(1), shipping=Decimal(2), events=Decimal(3), fees=Decimal(60))
    assert cost(campaign) == {"IDR": whole}
    assert dict(costs_by_card([campaign.pk])[card.pk]) == {}


def test_currencies_stand_apart_and_the_switch_leaves_money_only(campaign: Campaign) -> None:
    CollaborationFactory(campaign=campaign, fee=rupiah(1_000_000))
    CollaborationFactory(campaign=campaign, fee=Money(300, "USD"))
    CampaignCost.objects.create(campaign=campaign, kind="agency", amount=rupiah(500_000), on=ON)
    full = {"IDR": Parts(cash=Decimal(1_000_000), fees=Decimal(500_000)), "USD": Parts(cash=Decimal(300))}
    assert cost(campaign) == full
    assert cost(campaign, cost="cash") == {"IDR": Parts(cash=Decimal(1_000_000)), "USD": Parts(cash=Decimal(300))}


def test_many_campaigns_cost_as_many_queries_as_one(campaign: Campaign, contract: Contract) -> None:
    under(contract, campaign)
    with CaptureQueriesContext(
        connection,
    ) as one:
        costs_of([campaign.pk])
    more = [CampaignFactory(brand=campaign.brand) for _more in range(3)]
    for each in more:
        under(contract_in_force(InfluencerFactory(), brand=campaign.brand), each)
    with CaptureQueriesContext(connection) as four:
        costs_of([campaign.pk, *(each.pk for each in more)])
    assert (len(one), len(four)) == (3, 3)


def test_shares_add_up_and_the_first_has_the_rest() -> None:
    assert shared_out(Decimal(100), [7, 8, 9]) == {7: Decimal("33.34"), 8: Decimal("33.33"), 9: Decimal("33.33")}
    assert shared_out(Decimal(100), []) == {}
    assert sum(shared_out(Decimal("-0.05"), [1, 2]).values()) == Decimal("-0.05")


def test_a_currency_nobody_spent_in_has_empty_parts() -> None:
    assert (Costs()["USD"], len(Costs()), list(Costs({"IDR": Parts()}))) == (Parts(), 0, [])
