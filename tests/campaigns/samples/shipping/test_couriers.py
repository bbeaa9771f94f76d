"""Couriers: what their words mean, how their numbers look, where they show a parcel."""

import pytest

from campaigns.samples.models import Courier, StatusWord
from campaigns.samples.shipping.couriers import Words, looks_like, tidy_waybill, tracking_page, warning_about

pytestmark = pytest.mark.django_db

SAID = {
    "SHIPMENT RECEIVED BY JNE COUNTER OFFICER AT [JAKARTA]": "shipped",
    "Manifested": "shipped",
    "Info received, pending": "shipped",
    "DEPARTED FROM TRANSIT [GATEWAY JAKARTA]": "in_transit",
    "Paket dalam pengiriman ke Bandung": "in_transit",
    "Picked up": "in_transit",
    "WITH DELIVERY COURIER [BANDUNG]": "out_for_delivery",
    "Paket sedang diantar kurir": "out_for_delivery",
    "DELIVERED TO [KIRANA | 21-11-2026 10:02]": "delivered",
    "Paket telah diterima oleh Kirana (keluarga)": "delivered",
    "Undelivered": "failed_attempt",
    "Your parcel could not be delivered": "failed_attempt",
    "Antar ulang: rumah kosong": "failed_attempt",
    "Alamat tidak lengkap": "exception",
    "Expired": "exception",
    "RETUR ke pengirim": "returned_to_sender",
    "Zzz": "",
    "": "",
}


def test_words_of_couriers_in_two_languages_mean_our_states() -> None:
    words = Words()
    assert {said: words.meaning(said, None) for said in SAID} == SAID


def test_a_couriers_own_words_come_before_everybodys() -> None:
    jne = Courier.objects.get(code="jne")
    StatusWord.objects.create(courier=jne, words="delivered", status="out_for_delivery")
    words = Words()
    assert (words.meaning("Delivered", jne.pk), words.meaning("Delivered", None)) == ("out_for_delivery", "delivered")


def test_same_day_couriers_give_no_number_and_show_no_page() -> None:
    codes = Courier.objects.filter(gives_waybill=False).order_by("position").values_list("code", flat=True)
    assert list(codes) == ["gosend", "grab", "own"]
    assert tracking_page(Courier.objects.get(code="gosend"), "") == ""


@pytest.mark.parametrize(
    ("code", "waybill", "fits"),
    [("jnt", "JP1234567890", True), ("jnt", "1234", False), ("royal-mail", "AB123456789GB", True), ("own", "x", True)],
)
def test_a_number_that_looks_odd_only_warns(code: str, waybill: str, fits: bool) -> None:
    courier = Courier.objects.get(code=code)
    warning = "" if fits else f"{waybill} does not look like a number of {courier.name}."
    assert (looks_like(courier, waybill), warning_about(courier, waybill)) == (fits, warning)


def test_a_broken_pattern_takes_any_number() -> None:
    assert looks_like(Courier(waybill_pattern="(["), "X") is True


def test_a_number_is_kept_in_capitals_without_blanks() -> None:
    assert tidy_waybill(" jp 1234\t567890\n") == "JP1234567890"


def test_the_tracking_page_has_the_number_in_it() -> None:
    page = tracking_page(Courier.objects.get(code="jne"), "0123456789")
    assert page == "https://jne.co.id/tracking-package?awb=0123456789"
