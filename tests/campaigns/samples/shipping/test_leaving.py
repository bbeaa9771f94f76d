"""Parcels are put together, packed, shipped or called off; what is refused changes nothing."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.planning.models.told import Refused
from campaigns.samples.models import (
    Courier,
    ReturnRequest,
    SampleRequest,
    Shipment,
    ShipmentItem,
    StockBatch,
    StockLocation,
    StockMovement,
)
from campaigns.samples.shipping.actions import Leave, cancel, cancel_parcels, left_of, pack, put_together, ship
from crm.influencers.models import Influencer
from crm.outbox.models import Contact
from crm.outbox.topics import Purpose
from crm.preferences.models import Consent
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused
from tests.campaigns.samples.parcels import NOW, a_parcel, a_request, an_address
from tests.factories import ContactFactory, RepresentationFactory

pytestmark = pytest.mark.django_db


def agreed(person: Influencer) -> None:
    """Somebody who stands for her lets us keep her address."""
    contact: Contact = ContactFactory()
    RepresentationFactory(influencer=person, contact=contact)
    Consent.objects.create(contact=contact, purpose=Purpose.ADDRESS, shown="Keep it", given_at=NOW, evidence="Her page")


@pytest.fixture
def gift() -> SampleRequest:
    """Three pieces for somebody whose address is known and may be used."""
    request = a_request(pieces=3)
    an_address(request.influencer)
    agreed(request.influencer)
    return request


def jne() -> Courier:
    return Courier.objects.get(code="jne")


def told(verb: str) -> list[tuple[str, int | None, int | None]]:
    rows = Entry.objects.filter(verb=verb).order_by("pk")
    return list(rows.values_list("sentence_en", "influencer_id", "brand_id"))


def test_a_parcel_takes_everything_and_keeps_its_address_when_hers_changes(gift: SampleRequest, actor: Actor) -> None:
    """Rule 4.5.2."""
    parcel = put_together(gift, at=NOW, actor=actor)
    gift.influencer.addresses.update(street="Jl. Mawar 9", city="Surabaya")
    parcel.refresh_from_db()
    assert (parcel.status, parcel.address_snapshot["street"], parcel.address_snapshot["city"]) == (
        "reserved", "Jl. Melati 1", "Bandung",
    )  # fmt: skip
    assert list(parcel.items.values_list("quantity", flat=True)) == [3]
    assert told("parcel.reserved") == [("A parcel is put together", gift.influencer_id, gift.brand_id)]


def test_what_is_missing_is_said_and_no_parcel_is_made(actor: Actor) -> None:
    """Rule 4.5.1."""
    with pytest.raises(Refused, match="There is no address yet"):
        put_together(a_request(), at=NOW, actor=actor)
    assert (Shipment.objects.count(), ShipmentItem.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_a_part_leaves_now_and_the_rest_later_and_never_more_than_was_asked(gift: SampleRequest, actor: Actor) -> None:
    item = gift.items.get()
    put_together(gift, lines={item: 2}, at=NOW, actor=actor)
    assert left_of([gift]) == {gift.pk: {item: 1}}
    with pytest.raises(Refused, match="More than is still to be sent"):
        put_together(gift, lines={item: 2}, at=NOW, actor=actor)
    put_together(gift, at=NOW, actor=actor)
    with pytest.raises(Refused, match="Everything of it is in a parcel already"):
        put_together(gift, at=NOW, actor=actor)
    assert list(ShipmentItem.objects.order_by("pk").values_list("quantity", flat=True)) == [2, 1]


def test_nothing_is_no_parcel(gift: SampleRequest, actor: Actor) -> None:
    with pytest.raises(Refused, match="at least one piece"):
        put_together(gift, lines={gift.items.get(): 0}, at=NOW, actor=actor)
    assert Shipment.objects.count() == 0


def test_a_number_ships_the_parcel_takes_its_stock_and_sends_its_request(gift: SampleRequest, actor: Actor) -> None:
    batch = counted(gift, 5)
    parcel = pack(put_together(gift, at=NOW, actor=actor), at=NOW, actor=actor)
    sent = ship(parcel, Leave(jne(), " 0112 3456 7890 "), at=NOW, actor=actor)
    batch.refresh_from_db()
    gift.refresh_from_db()
    assert (sent.status, sent.waybill, sent.transit_days, sent.shipped_at, sent.heard_at) == (
        "shipped", "011234567890", 3, NOW, NOW,
    )  # fmt: skip
    assert (batch.on_hand, batch.reserved, gift.status) == (2, 0, "sent")
    assert told("parcel.shipped") == [("Sent with JNE, 011234567890", gift.influencer_id, gift.brand_id)]


def counted(request: SampleRequest, pieces: int) -> StockBatch:
    """So many pieces on the shelf of a brand that counts."""
    request.brand.counts_stock = True
    request.brand.save()
    shelf = StockLocation.objects.create(name="Shelf")
    product = request.items.get().product
    batch = StockBatch.objects.create(location=shelf, product=product, on_hand=pieces)
    StockMovement.objects.create(batch=batch, kind="receipt", quantity=pieces, at=NOW, by="Mitra")
    return batch


def test_without_stock_there_is_no_parcel(gift: SampleRequest, actor: Actor) -> None:
    """Rule 4.5.1."""
    counted(gift, 2)
    with pytest.raises(Refused, match="Serum: 3 wanted, 2 available"):
        put_together(gift, at=NOW, actor=actor)
    assert (Shipment.objects.count(), StockMovement.objects.count()) == (0, 1)


def test_calling_it_off_before_it_leaves_sets_its_stock_free(gift: SampleRequest, actor: Actor) -> None:
    """Rule 4.5.12."""
    batch = counted(gift, 5)
    parcel = put_together(gift, at=NOW, actor=actor)
    assert cancel(parcel, "Wrong shade", at=NOW, actor=actor) is None
    batch.refresh_from_db()
    parcel.refresh_from_db()
    assert (batch.on_hand, batch.reserved, parcel.status) == (5, 0, "cancelled")
    assert left_of([gift])[gift.pk] == {gift.items.get(): 3}


def test_calling_it_off_after_it_left_asks_for_it_back(actor: Actor) -> None:
    """Rule 4.5.12."""
    parcel = a_parcel(status="in_transit")
    asked = cancel_parcels(parcel.request, "She is out", at=NOW, actor=actor)
    assert [(one.shipment_id, one.reason, one.due_on) for one in asked] == [
        (parcel.pk, "cancelled", dt.date(2026, 11, 27))
    ]
    parcel.refresh_from_db()
    assert parcel.status == "in_transit"


def test_what_is_sent_again_stands_in_place_of_what_was_lost(gift: SampleRequest, actor: Actor) -> None:
    """Rule 4.5.7."""
    lost = a_parcel(gift, status="lost")
    parcel = put_together(gift, at=NOW, actor=actor)
    assert (parcel.replaces, left_of([gift])) == (lost, {gift.pk: {}})


def test_calling_off_wants_a_reason(actor: Actor) -> None:
    parcel = a_parcel()
    with pytest.raises(Refused, match="few words why"):
        cancel(parcel, "  ", at=NOW, actor=actor)
    parcel.refresh_from_db()
    assert parcel.status == "reserved"


def test_one_number_of_a_courier_is_one_parcel_and_the_other_is_named(actor: Actor) -> None:
    first, second = a_parcel(), a_parcel()
    ship(first, Leave(jne(), "0112345678"), at=NOW, actor=actor)
    name = first.request.influencer.stage_name
    with pytest.raises(Refused, match=f"belongs to the parcel of {name} already"):
        ship(second, Leave(jne(), "01123 45678"), at=NOW, actor=actor)
    second.refresh_from_db()
    assert (second.status, second.waybill) == ("reserved", "")
    tiki = ship(second, Leave(Courier.objects.get(code="tiki"), "0112345678"), at=NOW, actor=actor)
    assert tiki.status == "shipped"


def test_same_day_couriers_need_no_number_and_others_do(actor: Actor) -> None:
    parcel = a_parcel()
    with pytest.raises(Refused, match="JNE gives every parcel a number"):
        ship(parcel, Leave(jne()), at=NOW, actor=actor)
    sent = ship(parcel, Leave(Courier.objects.get(code="gosend")), at=NOW, actor=actor)
    assert (sent.status, sent.waybill, sent.transit_days) == ("shipped", "", 0)
    assert told("parcel.shipped")[0][0] == "Sent with GoSend"


def test_nothing_leaves_tomorrow(actor: Actor) -> None:
    parcel = a_parcel()
    with pytest.raises(Refused, match="still to come"):
        ship(parcel, Leave(jne(), "0112345678", shipped_at=NOW + dt.timedelta(days=1)), at=NOW, actor=actor)
    parcel.refresh_from_db()
    assert parcel.status == "reserved"


@pytest.mark.parametrize("start", [status.value for status in Shipment.Status])
@pytest.mark.parametrize("to", ["packed", "shipped"])
def test_what_is_here_is_packed_and_shipped_and_nothing_else_is(start: str, to: str, actor: Actor) -> None:
    parcel = a_parcel(status=start)
    allowed = {"packed": ("draft", "reserved"), "shipped": ("draft", "reserved", "packed")}[to]
    step = {"packed": lambda: pack(parcel, at=NOW, actor=actor), "shipped": lambda: ship(parcel, Leave(jne(), "0112345678"), at=NOW, actor=actor)}[to]  # fmt: skip
    if start in allowed:
        assert step().status == to
        return
    with pytest.raises(TransitionRefused):
        step()
    parcel.refresh_from_db()
    assert (parcel.status, parcel.waybill, Entry.objects.count(), ReturnRequest.objects.count()) == (start, "", 0, 0)


def test_the_page_ships_it_with_the_courier_that_was_chosen(
    as_coordinator: Client, gift: SampleRequest, actor: Actor
) -> None:
    parcel = put_together(gift, at=NOW, actor=actor)
    page = reverse("parcel-ship", args=[parcel.pk])
    said = {"courier": "", "waybill": "0112345678", "shipped_on": "2026-11-20"}
    assert as_coordinator.post(page, said).status_code == 422
    assert as_coordinator.post(page, {**said, "courier": "0"}).status_code == 422
    assert as_coordinator.post(page, {**said, "courier": str(jne().pk)}).status_code == 302
    parcel.refresh_from_db()
    assert (parcel.status, parcel.courier, parcel.waybill) == ("shipped", jne(), "0112345678")
