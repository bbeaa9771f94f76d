"""Lumi lent Kirana a lamp for the campaign Glow, and sent Sekar a serum for nothing."""

import datetime as dt
from typing import Any

import pytest
from djmoney.money import Money

from campaigns.planning.models import Campaign, Collaboration
from campaigns.samples.models import (
    Purpose,
    ReturnRequest,
    SampleItem,
    SampleRequest,
    SampleTerm,
    Shipment,
    ShipmentItem,
)
from crm.brands.models import Product
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.record import Actor
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    InfluencerFactory,
    RepresentationFactory,
)

TERMS = {SampleTerm.Code.GIFT_ASK: 3, SampleTerm.Code.LOAN_CHARGE: 30, SampleTerm.Code.LOAN_WEAR: 5}


def sent(request: SampleRequest, *, there_at: dt.datetime | None = None, **columns: Any) -> Shipment:
    """A parcel of everything in it, two days on the way."""
    status = "confirmed" if there_at is not None else "shipped"
    left = (there_at or request.created_at) - dt.timedelta(days=2)
    parcel = Shipment.objects.create(
        request=request,
        **{"status": status, "shipped_at": left, "delivered_at": there_at, "confirmed_at": there_at, **columns},
    )
    for item in request.items.all():
        ShipmentItem.objects.create(shipment=parcel, item=item, quantity=item.quantity)
    SampleRequest.objects.filter(pk=request.pk).update(status="arrived" if there_at is not None else "sent")
    return Shipment.objects.with_request().get(pk=parcel.pk)


def asked_for(
    person: Influencer, brand: Any, owner: User, purpose: str, *, name: str, price: int = 250_000, number: int = 1, **columns: Any
) -> SampleRequest:  # fmt: skip
    """A request with one line of that many pieces."""
    product, _made = Product.objects.get_or_create(brand=brand, name=name)
    request = SampleRequest.objects.create(
        influencer=person, brand=brand, owner=owner, purpose=purpose, given_as=purpose, status="to_send", **columns
    )
    SampleItem.objects.create(
        request=request, product=product, quantity=number, value=Money(price, "IDR"), cost=Money(price // 5, "IDR")  # type: ignore[no-untyped-call]
    )  # fmt: skip
    return SampleRequest.objects.with_person().get(pk=request.pk)


def somebody(name: str) -> Influencer:
    """Somebody who reads mail."""
    person = InfluencerFactory(stage_name=name)
    RepresentationFactory(influencer=person, contact=ContactFactory(name=name))
    return person


@pytest.fixture
def actor(coordinator: User) -> Actor:
    return Actor.user(coordinator)


@pytest.fixture
def terms(db: None) -> None:
    """The numbers of the rules, as a new installation has them."""
    for code, number in TERMS.items():
        if not SampleTerm.objects.filter(code=code).exists():
            SampleTerm.objects.create(code=code, number=number, source="Mitra")


@pytest.fixture
def campaign(coordinator: User, terms: None) -> Campaign:
    return CampaignFactory(name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator, status="live")


@pytest.fixture
def card(campaign: Campaign) -> Collaboration:
    return CollaborationFactory(campaign=campaign, influencer=somebody("Kirana Maheswari"), status="making")


@pytest.fixture
def loan(card: Collaboration, coordinator: User, now: dt.datetime) -> Shipment:
    """A lamp of Rp2,000,000, with her since ten days ago, to be back by 8 December."""
    request = asked_for(
        card.influencer, card.campaign.brand, coordinator, Purpose.LOAN, name="Glow Lamp", price=2_000_000,
        collaboration=card, return_due_on=dt.date(2026, 12, 8),
    )  # fmt: skip
    return sent(request, there_at=now - dt.timedelta(days=10))


@pytest.fixture
def back(loan: Shipment, now: dt.datetime) -> ReturnRequest:
    """What is to come back by 8 December; Tuesday like the day of these tests."""
    row = ReturnRequest.objects.create(shipment=loan, reason="loan", due_on=dt.date(2026, 12, 8))
    return ReturnRequest.objects.with_request().get(pk=row.pk)


@pytest.fixture
def gift(campaign: Campaign, coordinator: User) -> SampleRequest:
    """A serum for Sekar, with a hope and without a campaign; it arrived on Friday 10 July 2026."""
    request = asked_for(somebody("Sekar Ayu"), campaign.brand, coordinator, Purpose.GIFT_SOFT_ASK, name="Glow Serum")
    sent(request, there_at=dt.datetime(2026, 7, 10, 4, 0, tzinfo=dt.UTC))
    return SampleRequest.objects.with_person().get(pk=request.pk)
