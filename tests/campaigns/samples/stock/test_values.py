"""What samples are worth: of what was promised only what arrived counts, and a gift is never pay."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from campaigns.planning.models import Collaboration
from campaigns.samples.models import SampleItem, SampleRequest, Shipment, ShipmentItem
from campaigns.samples.stock.shown import for_request
from campaigns.samples.values import worth_of
from crm.brands.models import Brand, Product
from crm.team.models import User
from tests.factories import CampaignFactory, CollaborationFactory


def said(words: object) -> str:
    """As a reader sees it: a space that does not break is a space."""
    return str(words).replace("\xa0", " ")


@pytest.fixture
def card(lumi: Brand) -> Collaboration:
    return CollaborationFactory(campaign=CampaignFactory(brand=lumi))


@pytest.fixture
def give(card: Collaboration, serum: Product, coordinator: User, now: dt.datetime) -> Any:
    """So many serums of IDR 150,000 in one parcel, of which so many came."""

    def write(purpose: str, pieces: int, came: int | None, status: str = "delivered", **item: Any) -> SampleRequest:
        request = SampleRequest.objects.create(
            influencer=card.influencer, brand=serum.brand, collaboration=card, purpose=purpose, given_as=purpose,
            owner=coordinator,
        )  # fmt: skip
        values = {"value": serum.value} | item
        line = SampleItem.objects.create(request=request, product=serum, quantity=pieces, **values)
        parcel = Shipment.objects.create(
            request=request,
            status=status,
            shipped_at=now,
            delivered_at=now if status == "delivered" else None,
            cost=20_000,
        )
        ShipmentItem.objects.create(shipment=parcel, item=line, quantity=pieces, arrived=came)
        return request

    return write


def test_delivered_quantities_only_count_and_gifts_are_never_pay(card: Collaboration, give: Any) -> None:
    """Rule 4.5.8."""
    give("contractual", 3, 1), give("gift_no_ask", 1, None), give("contractual", 1, None, "lost")
    worth = worth_of(card)
    assert (said(worth.promised), said(worth.delivered), said(worth.not_pay), said(worth.shipping)) == (
        "IDR 600,000", "IDR 150,000", "IDR 150,000", "IDR 60,000",
    )  # fmt: skip
    assert said(worth.says) == (
        "As pay IDR 600,000, arrived IDR 150,000. Arrived and not pay: IDR 150,000. Shipping: IDR 60,000"
    )


def test_what_was_declined_or_cancelled_is_not_promised(card: Collaboration, give: Any) -> None:
    SampleRequest.objects.filter(pk=give("contractual", 3, None, "shipped").pk).update(status="declined")
    assert (said(worth_of(card).says), said(worth_of(card).promised)) == ("Shipping: IDR 20,000", "")


def test_more_than_was_promised_counts_as_what_was_promised(card: Collaboration, give: Any, now: dt.datetime) -> None:
    """A lost parcel that turns up after its replacement does not double the pay."""
    request = give("contractual", 1, 1)
    again = Shipment.objects.create(request=request, status="delivered", shipped_at=now, delivered_at=now)
    ShipmentItem.objects.create(shipment=again, item=request.items.get(), quantity=1, arrived=1)
    assert said(worth_of(card).delivered) == "IDR 150,000"


def test_what_is_handed_over_came_when_somebody_said_so(card: Collaboration, give: Any) -> None:
    request = give("contractual", 2, None, "shipped")
    SampleRequest.objects.filter(pk=request.pk).update(way="by_hand")
    assert said(worth_of(card).delivered) == ""
    SampleRequest.objects.filter(pk=request.pk).update(status="arrived")
    assert said(worth_of(card).delivered) == "IDR 300,000"


def test_currencies_stand_side_by_side(card: Collaboration, give: Any) -> None:
    give("contractual", 1, 1), give("contractual", 2, 2, value=12.5, value_currency="USD")
    assert said(worth_of(card).delivered) == "IDR 150,000 + $25.00"


def test_a_collaborations_worth_costs_the_same_for_one_and_for_three(
    card: Collaboration, give: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _round in range(2):
        give("contractual", 1, 1)
        with django_assert_num_queries(2):
            worth_of(card)
        give("event", 1, 1)


def test_a_request_shows_one_value_or_four(give: Any, coordinator: User, now: dt.datetime) -> None:
    request = give("contractual", 2, 1, cost=40_000)
    found = SampleRequest.objects.select_related("brand").get(pk=request.pk)
    rows = for_request(found, coordinator, now)["rows"]
    assert [(row["label"], said(row["asked"]), said(row["arrived"])) for row in rows] == [
        ("Value", "IDR 300,000", "IDR 150,000")
    ]
    Brand.objects.update(keeps_four_values=True)
    found.brand.refresh_from_db()
    rows = for_request(found, coordinator, now)["rows"]
    assert [(row["label"], said(row["asked"]), said(row["arrived"])) for row in rows] == [
        ("Value", "IDR 300,000", "IDR 150,000"), ("Cost of making it", "IDR 80,000", "IDR 40,000"),
    ]  # fmt: skip


def test_the_pages_tell_what_it_is_worth(as_coordinator: Client, card: Collaboration, give: Any) -> None:
    request = give("contractual", 2, 1)
    page = said(as_coordinator.get(reverse("sample", args=[request.pk])).content.decode())
    assert ("arrived: IDR 150,000" in page, "Only what arrived counts" in page) == (True, True)
    line = "As pay IDR 300,000, arrived IDR 150,000. Shipping: IDR 20,000"
    assert line in said(as_coordinator.get(reverse("collaboration", args=[card.pk])).content.decode())
