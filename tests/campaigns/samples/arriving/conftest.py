"""Lumi has sent Kirana a serum and two masks for Glow; her reel waits for them."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine

from campaigns.planning.models import Collaboration, Deliverable
from campaigns.samples import dates
from campaigns.samples.models import Courier, SampleRequest, Shipment, ShipmentItem
from crm.team.models import User
from crm.timeline.record import SYSTEM, Actor
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    DeliverableFactory,
    InfluencerFactory,
    ProductFactory,
    RepresentationFactory,
    SampleItemFactory,
    SampleRequestFactory,
)

DAY = dt.timedelta(days=1)


@pytest.fixture
def actor(coordinator: User) -> Actor:
    return Actor.user(coordinator)


@pytest.fixture
def courier(db: None) -> Courier:
    return Courier.objects.get_or_create(code="jne", defaults={"name": "JNE"})[0]


@pytest.fixture
def card(coordinator: User, now: dt.datetime) -> Collaboration:
    """Written down on the day of these tests: nobody is reminded of a moment that was over before."""
    with time_machine.travel(now, tick=False):
        campaign = CampaignFactory(name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator)
        kirana = InfluencerFactory(stage_name="Kirana Maheswari")
        RepresentationFactory(influencer=kirana, contact=ContactFactory(name="Kirana Maheswari"))
        return CollaborationFactory(campaign=campaign, influencer=kirana, promised_at=now)


@pytest.fixture
def reel(card: Collaboration, now: dt.datetime) -> Deliverable:
    with time_machine.travel(now, tick=False):
        return DeliverableFactory(
            collaboration=card, draft_due_on=dt.date(2026, 12, 5), post_due_on=dt.date(2026, 12, 12)
        )  # fmt: skip


@pytest.fixture
def sent(card: Collaboration, reel: Deliverable, now: dt.datetime, coordinator: User) -> SampleRequest:
    """A serum and two masks, needed by 28 November."""
    request: SampleRequest = SampleRequestFactory(
        collaboration=card, status="sent", needed_by_on=dt.date(2026, 11, 28), owner=coordinator
    )
    SampleItemFactory(request=request, product=ProductFactory(brand=request.brand, name="Glow Serum"))
    SampleItemFactory(request=request, product=ProductFactory(brand=request.brand, name="Glow Mask"), quantity=2)
    dates.hold(request, [reel], days_after=None, at=now, actor=SYSTEM)
    return request


Parcels = Callable[..., Shipment]


def parcel_with(request: SampleRequest, courier: Courier, shipped_at: dt.datetime, **columns: object) -> Shipment:
    """A parcel with everything of a request, on its way."""
    columns = {"status": "shipped", "waybill": f"JNE{request.pk}", **columns}
    made = Shipment.objects.create(
        request=request, courier=courier, transit_days=3, shipped_at=shipped_at, heard_at=shipped_at, **columns
    )  # fmt: skip
    rows = [ShipmentItem(shipment=made, item=item, quantity=item.quantity) for item in request.items.order_by("pk")]
    ShipmentItem.objects.bulk_create(rows)
    return Shipment.objects.with_request().get(pk=made.pk)


@pytest.fixture
def parcel(sent: SampleRequest, courier: Courier, now: dt.datetime) -> Shipment:
    """It left on Tuesday, 24 November; it usually takes three days."""
    return parcel_with(sent, courier, now)
