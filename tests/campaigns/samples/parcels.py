"""Requests and parcels as rows, for tests that are about something else than how they came to be."""

import datetime as dt
from typing import Any

from campaigns.samples.models import Courier, SampleItem, SampleRequest, Shipment, ShipmentItem
from crm.brands.models import Brand, Product
from crm.influencers.models import Address, Influencer
from tests.factories import BrandFactory, InfluencerFactory, UserFactory

NOW = dt.datetime(2026, 11, 20, 3, 0, tzinfo=dt.UTC)


def an_address(person: Influencer, **values: Any) -> Address:
    """Confirmed a day ago."""
    given = {
        "recipient": person.stage_name, "phone": "+628123456789", "street": "Jl. Melati 1", "city": "Bandung",
        "province": "Jawa Barat", "postcode": "40123", "confirmed_at": NOW - dt.timedelta(days=1), **values,
    }  # fmt: skip
    return Address.objects.create(influencer=person, **given)


def a_request(
    brand: Brand | None = None, person: Influencer | None = None, *, pieces: int = 1, **values: Any
) -> SampleRequest:
    """A gift of one thing of the brand, to be sent."""
    brand = brand or BrandFactory()
    given = {"purpose": "gift_no_ask", "owner": values.pop("owner", None) or UserFactory(), **values}
    given.setdefault("given_as", given["purpose"])
    request = SampleRequest.objects.create(brand=brand, influencer=person or InfluencerFactory(), **given)
    product, _made = Product.objects.get_or_create(brand=brand, name="Serum")
    SampleItem.objects.create(request=request, product=product, quantity=pieces)
    return request


def a_parcel(request: SampleRequest | None = None, status: str = "reserved", **values: Any) -> Shipment:
    """A parcel with everything of its request in it, where the status says."""
    request = request or a_request()
    if status not in Shipment.HERE and status != "cancelled":
        values = {
            "courier": Courier.objects.get(code="jne"),
            "transit_days": 3,
            "shipped_at": NOW,
            "heard_at": NOW,
            **values,
        }
    if status in Shipment.THERE:
        values.setdefault("delivered_at", NOW)
    shipment = Shipment.objects.create(request=request, status=status, **values)
    for item in request.items.all():
        ShipmentItem.objects.create(shipment=shipment, item=item, quantity=item.quantity)
    return shipment
