"""What arrives as pay is a benefit in kind at the value tax counts; what comes back is none any more."""

import datetime as dt

import pytest
from djmoney.money import Money

from campaigns.planning.models import Collaboration
from campaigns.samples.arriving.actions import correct, delivered, lost
from campaigns.samples.models import SampleItem, SampleRequest, Shipment
from crm.payments.milestones.laying import Part, Terms, lay
from crm.payments.models import Benefit, LedgerLine
from crm.timeline.record import SYSTEM, Actor
from tests.campaigns.samples.parcels import NOW, a_parcel, a_request
from tests.factories.payments import contract_in_force

pytestmark = pytest.mark.django_db
ARRIVED = NOW + dt.timedelta(days=2)


@pytest.fixture
def pay(card: Collaboration) -> SampleRequest:
    """Two serums, as part of the pay: they sell for 185,000, and making one costs 60,000."""
    request = a_request(
        card.campaign.brand, card.influencer, pieces=2, purpose="contractual", collaboration=card, status="sent"
    )
    SampleItem.objects.update(value=Money(185_000, "IDR"), cost=Money(60_000, "IDR"))
    return request


@pytest.fixture
def parcel(pay: SampleRequest) -> Shipment:
    return a_parcel(pay, "shipped")


def told() -> list[tuple[str, int, int]]:
    return [(one.kind, int(one.amount.amount), int(one.retail)) for one in Benefit.objects.order_by("pk")]


def test_own_goods_count_at_what_making_them_cost(parcel: Shipment, actor: Actor) -> None:
    delivered(parcel, on_at=ARRIVED, at=ARRIVED, actor=actor)
    assert told() == [("product", 120_000, 370_000)]
    assert [one.on for one in Benefit.objects.all()] == [dt.date(2026, 11, 22)]


def test_goods_that_were_bought_in_count_at_their_market_value(parcel: Shipment, actor: Actor) -> None:
    SampleItem.objects.update(bought_for=Money(150_000, "IDR"))
    delivered(parcel, on_at=ARRIVED, at=ARRIVED, actor=actor)
    assert told() == [("product", 300_000, 370_000)]


def test_said_again_it_is_given_once(parcel: Shipment, actor: Actor) -> None:
    delivered(parcel, on_at=ARRIVED, at=ARRIVED, actor=actor)
    delivered(parcel, on_at=ARRIVED, at=ARRIVED, actor=actor, confirmed=True)
    assert told() == [("product", 120_000, 370_000)]


def test_one_that_did_not_come_is_taken_back(parcel: Shipment, actor: Actor) -> None:
    delivered(parcel, on_at=ARRIVED, at=ARRIVED, actor=actor)
    correct(parcel, on_at=ARRIVED, at=ARRIVED, actor=actor, arrived={parcel.items.get().pk: 1})
    assert told() == [("product", 120_000, 370_000), ("product", -60_000, -185_000)]


@pytest.mark.parametrize("purpose", ["gift_no_ask", "shoot_use", "prize"])
def test_gifts_and_props_are_no_pay(pay: SampleRequest, parcel: Shipment, actor: Actor, purpose: str) -> None:
    SampleRequest.objects.update(purpose=purpose, given_as=purpose)
    delivered(parcel, on_at=ARRIVED, at=ARRIVED, actor=actor)
    assert told() == []


def test_what_is_lost_is_nobodys_pay(parcel: Shipment, actor: Actor) -> None:
    lost(parcel, at=ARRIVED, actor=actor)
    assert told() == []


def test_money_that_waits_for_the_parcel_is_due_once_it_is_there(
    card: Collaboration, parcel: Shipment, actor: Actor
) -> None:
    contract = contract_in_force(card.influencer, card.campaign.brand, fee=1_000_000)
    card.party = contract.talents[0]
    card.save()
    lay(contract, [Part(10_000, "sample_received")], Terms(), at=NOW, actor=SYSTEM)
    delivered(parcel, on_at=ARRIVED, at=ARRIVED, actor=actor)
    assert [int(line.amount.amount) for line in LedgerLine.objects.all()] == [1_000_000]
    assert [one.contract_id for one in Benefit.objects.all()] == [contract.pk]
