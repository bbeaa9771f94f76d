"""Rules of samples as they go from one room into the next: what keeps a parcel from leaving, what is written off, what comes back."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.planning.models.told import Refused
from campaigns.samples.after.inspection import Found, check
from campaigns.samples.arriving.actions import delivered, lost
from campaigns.samples.arriving.replacing import replace
from campaigns.samples.models import (
    Courier,
    ReturnRequest,
    SampleItem,
    SampleRequest,
    SampleTerm,
    Shipment,
    ShipmentItem,
    StockBatch,
    StockLocation,
    StockMovement,
)
from campaigns.samples.shipping.actions import Heard, Leave, note_event, put_together, ship
from campaigns.samples.values import worth_of
from crm.brands.models import Brand, Category, Product, ProductVariant
from crm.influencers.models import Address
from crm.preferences.models import Consent
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.samples.parcels import NOW, a_request, an_address
from tests.campaigns.samples.shipping.test_leaving import agreed
from tests.factories import CampaignFactory, CollaborationFactory, InfluencerFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def lumi() -> Brand:
    made: Brand = CampaignFactory().brand
    made.counts_stock = True
    made.save()
    return made


@pytest.fixture
def ready(lumi: Brand) -> SampleRequest:
    """Part of her pay: two serums for somebody whose address may be used, with five on the shelf."""
    card = CollaborationFactory(campaign__brand=lumi, influencer=InfluencerFactory())
    request = a_request(lumi, card.influencer, pieces=2, purpose="contractual", collaboration=card)
    an_address(request.influencer)
    agreed(request.influencer)
    SampleItem.objects.update(value=100_000)
    stocked(request, 5)
    return request


def stocked(request: SampleRequest, pieces: int, expires_on: dt.date | None = None) -> StockBatch:
    shelf, _made = StockLocation.objects.get_or_create(name="Shelf")
    batch = StockBatch.objects.create(
        location=shelf, product=request.items.get().product, on_hand=pieces, expires_on=expires_on,
        batch_no=str(expires_on or ""),
    )  # fmt: skip
    StockMovement.objects.create(batch=batch, kind="receipt", quantity=pieces, at=NOW, by="Mitra")
    return batch


def as_cosmetic(product: Product) -> None:
    product.category = Category.objects.create(slug="serums", name_en="Serums", name_id="Serum", regulated="cosmetic")
    product.save()


def one_of_two(request: SampleRequest) -> None:
    ProductVariant.objects.create(product=request.items.get().product, name="02 Warm Sand")
    request.items.update(she_chooses=True)


MISSING: dict[str, Callable[[SampleRequest], object]] = {
    "There is no address yet": lambda one: Address.objects.all().delete(),
    "She has not confirmed her address for a while": lambda one: Address.objects.update(confirmed_at=NOW - 91 * DAY),
    "She has not agreed that we keep her address": lambda one: Consent.objects.update(withdrawn_at=NOW),
    "Serum: 2 wanted, 1 available": lambda one: StockBatch.objects.update(on_hand=1),
    "Somebody who decides has not said yes yet": lambda one: SampleRequest.objects.update(status="to_approve"),
    "She has not said which Serum": one_of_two,
    "Serum has no notification number": lambda one: as_cosmetic(one.items.get().product),
}
"""What is said, and what is missing then."""


@pytest.mark.parametrize("says", MISSING)
def test_nothing_leaves_while_one_thing_is_missing(ready: SampleRequest, actor: Actor, says: str) -> None:
    """Rule 4.5.1: an address confirmed in time, her yes, stock, a purpose, an approver; rule 4.5.4: a number."""
    MISSING[says](ready)
    request = SampleRequest.objects.with_person().get()
    with pytest.raises(Refused, match=says):
        put_together(request, at=NOW, actor=actor)
    assert (Shipment.objects.count(), StockMovement.objects.count(), Entry.objects.count()) == (0, 1, 0)


def test_with_all_of_it_a_parcel_is_put_together(ready: SampleRequest, actor: Actor) -> None:
    """Rule 4.5.1."""
    assert put_together(ready, at=NOW, actor=actor).status == "reserved"
    assert list(StockBatch.objects.values_list("on_hand", "reserved")) == [(5, 2)]


def test_nothing_is_asked_for_without_a_purpose(as_coordinator: Client, coordinator: User, lumi: Brand) -> None:
    """Rule 4.5.1."""
    card = CollaborationFactory(campaign__brand=lumi, campaign__owner=coordinator)
    serum = Product.objects.create(brand=lumi, name="Serum")
    for purpose in ("", "tribute"):
        typed = {"purpose": purpose, f"product_{serum.pk}": "1"}
        answer = as_coordinator.post(reverse("sample-new", args=[card.pk]), typed)
        assert (answer.status_code, SampleRequest.objects.count()) == (422, 0)


def test_how_long_a_product_should_keep_is_a_row_of_the_terms(ready: SampleRequest, actor: Actor) -> None:
    """Rule 4.5.3: the earliest end that is still needed by and the time to use it up."""
    StockBatch.objects.update(on_hand=0)
    SampleRequest.objects.update(needed_by_on=NOW.date())
    soon, later = stocked(ready, 5, NOW.date() + 40 * DAY), stocked(ready, 5, NOW.date() + 90 * DAY)
    SampleTerm.objects.filter(code="use_period").update(number=60)
    parcel = put_together(SampleRequest.objects.with_person().get(), at=NOW, actor=actor)
    assert [line.batch_id for line in parcel.items.all()] == [later.pk]
    parcel.call_off("Another day", at=NOW, actor=actor)
    SampleTerm.objects.filter(code="use_period").update(number=40)
    parcel = put_together(SampleRequest.objects.with_person().get(), at=NOW, actor=actor)
    assert [line.batch_id for line in parcel.items.all()] == [soon.pk]


@pytest.mark.parametrize("number", ["", "soon"])
def test_a_cosmetic_without_a_notification_number_is_not_approved(
    ready: SampleRequest, as_owner: Client, number: str
) -> None:
    """Rule 4.5.4."""
    product = ready.items.get().product
    as_cosmetic(product)
    Product.objects.update(notification_no=number)
    SampleRequest.objects.update(status="to_approve", asked_at=None)
    page = reverse("sample-approve", args=[ready.pk])
    answer = as_owner.post(page, follow=True)
    assert "Serum has no notification number, and cosmetics need one" in answer.content.decode()
    assert (SampleRequest.objects.get().status, Entry.objects.count()) == ("to_approve", 0)
    Product.objects.update(notification_no="NA18201234567")
    as_owner.post(page)
    assert SampleRequest.objects.get().status == "to_send"


def test_of_what_was_lost_and_sent_again_only_one_is_pay(ready: SampleRequest, actor: Actor) -> None:
    """Rule 4.5.7: the first is written off, the second stands in its place and counts once."""
    jne = Courier.objects.get(code="jne")
    first = ship(put_together(ready, at=NOW, actor=actor), Leave(jne, "0112345678"), at=NOW, actor=actor)
    lost(first, at=NOW + DAY, actor=actor)
    assert str(worth_of(ready.collaboration).delivered) == ""  # type: ignore[arg-type]
    second = ship(replace(first, at=NOW + DAY, actor=actor), Leave(jne, "0112345679"), at=NOW + DAY, actor=actor)
    delivered(second, on_at=NOW + 2 * DAY, at=NOW + 2 * DAY, actor=actor, confirmed=True)
    worth = worth_of(ready.collaboration)  # type: ignore[arg-type]
    assert [str(sums).replace("\xa0", " ") for sums in (worth.promised, worth.delivered)] == ["IDR 200,000"] * 2
    assert list(Shipment.objects.order_by("pk").values_list("status", "replaces", "written_off_at")) == [
        ("lost", None, NOW + DAY), ("confirmed", first.pk, None),
    ]  # fmt: skip
    assert list(StockBatch.objects.values_list("on_hand", "reserved")) == [(1, 0)]


def test_a_parcel_nobody_took_is_stock_only_once_somebody_looked(ready: SampleRequest, actor: Actor) -> None:
    """Rule 4.5.11."""
    jne = Courier.objects.get(code="jne")
    parcel = ship(put_together(ready, at=NOW, actor=actor), Leave(jne, "0112345678"), at=NOW, actor=actor)
    note_event(parcel, Heard(NOW + DAY, status="returned_to_sender"), at=NOW + DAY, actor=actor)
    back = ReturnRequest.objects.with_request().get()
    back.arrived(at=NOW + 2 * DAY, actor=actor)
    assert (Shipment.objects.get().status, StockBatch.objects.get().on_hand) == ("returned_to_sender", 3)
    line = ShipmentItem.objects.select_related("batch__product__brand", "item__product").get()
    check(back, [Found(line, ok=1, damaged=1)], used_go_back=False, at=NOW + 2 * DAY, actor=actor)
    assert StockBatch.objects.get().on_hand == 4
