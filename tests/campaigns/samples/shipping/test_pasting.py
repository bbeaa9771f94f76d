"""A warehouse's list of waybills: each line's number, and whose parcel it is."""

import pytest

from campaigns.samples.models import Courier, Shipment
from campaigns.samples.shipping.couriers import couriers_in_use
from campaigns.samples.shipping.pasting import understand
from tests.campaigns.samples.parcels import a_parcel, a_request
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db


def waiting(name: str, phone: str = "") -> Shipment:
    request = a_request(person=InfluencerFactory(stage_name=name))
    parcel = a_parcel(request, address_snapshot={"recipient": name, "phone": phone})
    return Shipment.objects.with_request().get(pk=parcel.pk)


@pytest.fixture
def kirana() -> Shipment:
    return waiting("Kirana Ayu Maheswari", "+6281234567890")


def read(text: str, *parcels: Shipment) -> list[tuple[str, str, Shipment | None]]:
    couriers = couriers_in_use()
    usual = next(one for one in couriers if one.code == "jnt")
    found = understand(text, parcels, couriers, usual)
    return [(one.waybill, one.courier.code if one.courier else "", one.parcel) for one in found]


@pytest.mark.parametrize(
    "line",
    [
        "JP1234567890 Kirana A",
        "Kirana Ayu Maheswari\tJP1234567890",
        "jp1234567890, 0812-3456-7890",
        "+62 812 3456 7890;JP1234567890",
        "6281234567890 | Kirana | JP1234567890",
        "KIRANA MAHESWARI - JP1234567890 - J&T Express",
    ],
)
def test_number_and_name_or_phone_stand_in_any_order(line: str, kirana: Shipment) -> None:
    assert read(line, kirana, waiting("Sekar Wulandari", "+6281300000001")) == [("JP1234567890", "jnt", kirana)]


def test_two_of_a_name_are_for_a_person_to_choose_from(kirana: Shipment) -> None:
    other = waiting("Kirana Anggraini")
    assert read("JP1234567890 Kirana A", kirana, other) == [("JP1234567890", "jnt", None)]
    assert read("JP1234567890 Kirana Ay", kirana, other) == [("JP1234567890", "jnt", kirana)]


def test_two_lines_of_one_parcel_are_both_doubtful(kirana: Shipment) -> None:
    found = read("JP1234567890 Kirana\nJP1234567891 Kirana", kirana)
    assert found == [("JP1234567890", "jnt", None), ("JP1234567891", "jnt", None)]


def test_a_line_may_name_its_courier_or_have_a_number_only_one_writes(kirana: Shipment) -> None:
    assert read("JNE 0112345678901 Kirana", kirana) == [("0112345678901", "jne", kirana)]
    assert read("AB123456789GB Kirana", kirana) == [("AB123456789GB", "royal-mail", kirana)]


def test_lines_that_say_nothing_are_left_for_a_person(kirana: Shipment) -> None:
    assert read("\n  \nKirana Ayu\nJP1234567890 Nobody Known", kirana) == [
        ("", "jnt", None), ("JP1234567890", "jnt", None),
    ]  # fmt: skip
    assert Courier.objects.filter(code="jnt").count() == 1
