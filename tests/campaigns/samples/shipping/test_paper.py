"""Packing lists, labels, and the bars on them."""

import pytest

from campaigns.samples.models import Shipment, StockLocation
from campaigns.samples.shipping.barcode import PATTERNS, bars, can_be_drawn, symbols, width
from campaigns.samples.shipping.paper import going, labels, packing_list
from tests.campaigns.samples.parcels import NOW, a_parcel


def test_a_symbol_is_eleven_modules_and_the_end_thirteen() -> None:
    assert [sum(map(int, one)) for one in PATTERNS] == [11] * 106 + [13]
    assert len(set(PATTERNS)) == 107


def test_a_number_gets_start_check_and_stop() -> None:
    assert symbols("PJJ123C") == [104, 48, 42, 42, 17, 18, 19, 35, 55, 106]
    assert width("PJJ123C") == 9 * 11 + 13
    assert list(bars("P"))[:3] == [(0, 2), (3, 1), (6, 1)]
    assert (can_be_drawn("JP1"), can_be_drawn(""), can_be_drawn("é")) == (True, False, False)


@pytest.mark.django_db
def test_equal_parcels_are_equal_bytes_and_another_number_is_not() -> None:
    shelf = StockLocation.objects.create(name="Shelf", sender="Lumi Warehouse", phone="021555", address="Jl. Kemang 1")
    a_parcel(waybill="JP1234567890", location=shelf, address_snapshot={"recipient": "Kirana", "street": "Jl. Melati 1", "city": "Bandung", "postcode": "40123", "country": "ID"})  # fmt: skip
    parcels = list(Shipment.objects.with_request())
    drawn = [labels(parcels, at=NOW), labels(parcels, four=True, at=NOW), packing_list(parcels, at=NOW)]
    assert drawn == [labels(parcels, at=NOW), labels(parcels, four=True, at=NOW), packing_list(parcels, at=NOW)]
    assert [pages[:5] for pages in drawn] == [b"%PDF-"] * 3
    (one,) = going(parcels)
    assert (one.sender, one.recipient, one.lines, one.contents) == (
        ("Lumi Warehouse", "021555", "Jl. Kemang 1"), "Kirana", ("Jl. Melati 1", "Bandung 40123"), "Serum",
    )  # fmt: skip
    parcels[0].waybill = "JP1234567891"
    assert labels(parcels, at=NOW) != drawn[0]
