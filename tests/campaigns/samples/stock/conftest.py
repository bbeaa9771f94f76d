"""Lumi counts its samples: a serum without variants, and a tint in two shades, on the shelf in Jakarta."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from campaigns.samples.models import SampleItem, SampleRequest, Shipment, ShipmentItem, StockBatch, StockLocation
from campaigns.samples.stock.actions import receive
from crm.brands.models import Brand, Product, ProductVariant
from crm.team.models import User
from crm.timeline.record import SYSTEM
from tests.factories import BrandFactory, InfluencerFactory

NEEDED = dt.date(2026, 12, 1)


@pytest.fixture
def lumi(db: None) -> Brand:
    return BrandFactory(name="Lumi", counts_stock=True)


@pytest.fixture
def shelf(db: None) -> StockLocation:
    return StockLocation.objects.create(name="Jakarta")


@pytest.fixture
def serum(lumi: Brand) -> Product:
    return Product.objects.create(brand=lumi, name="Serum", value=150_000)


@pytest.fixture
def sand(lumi: Brand) -> ProductVariant:
    tint = Product.objects.create(brand=lumi, name="Tint", value=90_000)
    return ProductVariant.objects.create(product=tint, name="02 Sand", swatch="#c58c5e", sku="TINT-02")


@pytest.fixture
def stocked(shelf: StockLocation, serum: Product, now: dt.datetime) -> Callable[..., StockBatch]:
    """Put so many serums on the shelf, in a batch of their own."""

    def put(pieces: int, batch_no: str = "", expires_on: dt.date | None = None, **other: Any) -> StockBatch:
        said = {"location": shelf, "product": serum, "variant": None} | other
        return receive(**said, quantity=pieces, batch_no=batch_no, expires_on=expires_on, at=now, actor=SYSTEM)

    return put


@pytest.fixture
def parcel(lumi: Brand, serum: Product, coordinator: User) -> Callable[..., Shipment]:
    """A parcel with so many serums, for somebody who needs them on 1 December."""

    def put_together(
        pieces: int = 1, product: Product | None = None, variant: ProductVariant | None = None
    ) -> Shipment:
        thing = product or serum
        request = SampleRequest.objects.create(
            influencer=InfluencerFactory(), brand=thing.brand, purpose="gift_no_ask", given_as="gift_no_ask",
            owner=coordinator, needed_by_on=NEEDED,
        )  # fmt: skip
        item = SampleItem.objects.create(request=request, product=thing, variant=variant, quantity=pieces)
        made = Shipment.objects.create(request=request)
        ShipmentItem.objects.create(shipment=made, item=item, quantity=pieces)
        return made

    return put_together
