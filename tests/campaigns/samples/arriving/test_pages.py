"""What a colleague sees and notes of parcels that left, and what she sees on her page of the campaign."""

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.samples.models import Shipment
from tests.campaigns.samples.arriving.test_arrivals import stands

pytestmark = pytest.mark.django_db


def end(parcel: Shipment, how: str) -> str:
    return reverse("parcel-ends", args=[parcel.pk, how])


def test_a_colleague_notes_the_day_and_what_came(as_coordinator: Client, parcel: Shipment) -> None:
    Shipment.objects.update(shipped_at="2026-11-10T03:00:00Z")
    serum, masks = parcel.items.order_by("pk")
    page = as_coordinator.get(end(parcel, "arrived")).content.decode()
    assert "Glow Mask: how many came whole, of 2" in page
    said = {"on": "2026-11-20", f"line_{serum.pk}": "1", f"line_{masks.pk}": "1"}
    answer = as_coordinator.post(end(parcel, "arrived"), said)
    assert answer.headers["Location"] == f"{reverse('sample', args=[parcel.request_id])}#arrival"
    assert stands(parcel) == ("delivered", "sent", [1, 1])
    assert as_coordinator.post(reverse("sample-enough", args=[parcel.request_id])).status_code == 302
    assert stands(parcel)[1] == "arrived"


def test_what_does_not_fit_is_said_and_what_was_typed_stays(as_coordinator: Client, parcel: Shipment) -> None:
    said = {"on": "2020-01-01", **{f"line_{line.pk}": "0" for line in parcel.items.all()}}
    answer = as_coordinator.post(end(parcel, "arrived"), said)
    assert (answer.status_code, stands(parcel)[0]) == (422, "shipped")
    assert "Choose that day or a later one" in answer.content.decode()
    assert 'value="2020-01-01"' in answer.content.decode()


def test_the_page_of_a_request_offers_what_may_be_noted_now(as_coordinator: Client, parcel: Shipment) -> None:
    shown = as_coordinator.get(reverse("sample", args=[parcel.request_id])).content.decode()
    assert [how for how in ("arrived", "not-there", "damaged", "lost", "returned", "replace") if end(parcel, how) in shown] == [
        "arrived", "not-there", "damaged", "lost", "returned",
    ]  # fmt: skip
    assert as_coordinator.post(end(parcel, "lost"), {"note": "JNE tidak menemukannya"}).status_code == 302
    shown = as_coordinator.get(reverse("sample", args=[parcel.request_id])).content.decode()
    assert [how for how in ("arrived", "not-there", "damaged", "lost", "returned", "replace") if end(parcel, how) in shown] == [
        "arrived", "replace",
    ]  # fmt: skip


def test_what_is_lost_is_sent_again_only_from_where_the_two_are_linked(
    as_coordinator: Client, parcel: Shipment
) -> None:
    as_coordinator.post(end(parcel, "lost"), {"note": ""})
    shown = as_coordinator.get(reverse("sample", args=[parcel.request_id])).content.decode()
    assert reverse("sample-put-together", args=[parcel.request_id]) not in shown


def test_no_other_way_to_end_is_known(as_coordinator: Client, parcel: Shipment) -> None:
    assert as_coordinator.get(end(parcel, "vanished")).status_code == 404


def test_a_replacement_without_her_address_is_refused_with_words(as_coordinator: Client, parcel: Shipment) -> None:
    as_coordinator.post(end(parcel, "lost"), {"note": ""})
    answer = as_coordinator.post(end(parcel, "replace"))
    assert (answer.status_code, Shipment.objects.count()) == (422, 1)
    assert "address" in answer.content.decode()


def test_told_me_settles_it_for_her_in_two_clicks(as_coordinator: Client, parcel: Shipment) -> None:
    Shipment.objects.update(shipped_at="2026-11-10T03:00:00Z")
    url = reverse("told-answer", args=[parcel.request.influencer_id, "parcel", parcel.pk, "arrived"])
    assert as_coordinator.get(url).status_code == 200
    answer = as_coordinator.post(url, {"on": "2026-11-20", "channel": "whatsapp", "quote": "Sudah sampai kak"})
    assert (answer.status_code, stands(parcel)[0]) == (302, "confirmed")
