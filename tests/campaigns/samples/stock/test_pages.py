"""What colleagues see of stock and do to it; a house whose brands do not count is told how to begin."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from campaigns.samples.models import Shipment, StockBatch, StockLocation, StockMovement
from campaigns.samples.stock.actions import reserve
from crm.base.models import Organisation
from crm.brands.models import Brand, Product, ProductVariant
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.conftest import today_here

Stocked = Callable[..., StockBatch]


def names(client: Client, **asked: str) -> list[str]:
    return [shelf.name for shelf in client.get(reverse("stock"), asked).context["shelves"]]


def test_a_house_that_does_not_count_is_told_how_to_begin(as_coordinator: Client) -> None:
    page = as_coordinator.get(reverse("stock"))
    assert (page.context["shelves"], "No brand counts its samples" in page.content.decode()) == ([], True)


def test_each_thing_stands_once_with_what_is_free_over_all_places(
    as_viewer: Client, stocked: Stocked, parcel: Callable[..., Shipment], sand: ProductVariant, now: dt.datetime
) -> None:
    stocked(4, "A"), stocked(3, location=StockLocation.objects.create(name="Bandung"))
    stocked(30, product=sand.product, variant=sand)
    reserve(parcel(2), at=now, actor=SYSTEM)
    shelves = as_viewer.get(reverse("stock")).context["shelves"]
    assert [(one.name, one.row["hand"], one.row["promised"], one.row["free"], one.marks) for one in shelves] == [
        ("Serum", 7, 2, 5, [("Low", "warn")]), ("Tint, 02 Sand", 30, 0, 30, []),
    ]  # fmt: skip


def test_what_is_low_and_what_ends_soon_have_a_tab_each(
    as_viewer: Client, stocked: Stocked, sand: ProductVariant
) -> None:
    today = today_here()
    stocked(5), stocked(6, "A", today + dt.timedelta(days=61), product=sand.product, variant=sand)
    mist = Product.objects.create(brand=sand.product.brand, name="Mist")
    stocked(6, "A", today + dt.timedelta(days=60), product=mist)
    assert (names(as_viewer), names(as_viewer, tab="low"), names(as_viewer, tab="soon")) == (
        ["Mist", "Serum", "Tint, 02 Sand"], ["Serum"], ["Mist"],
    )  # fmt: skip
    assert (names(as_viewer, q="tint-02"), names(as_viewer, q="lumi", tab="low")) == (["Tint, 02 Sand"], ["Serum"])


def test_the_list_costs_the_same_for_one_and_for_three(
    as_viewer: Client, stocked: Stocked, lumi: Brand, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stocked(5)
    names(as_viewer)
    for count in (1, 3):
        with django_assert_num_queries(8):
            assert len(names(as_viewer)) == count
        for name in ("Gel", "Mist"):
            stocked(5, product=Product.objects.get_or_create(brand=lumi, name=name)[0])


def test_goods_come_in_at_a_place_named_on_the_way(as_coordinator: Client, lumi: Brand, serum: Product) -> None:
    typed = {"thing": f"p{serum.pk}", "quantity": "12", "place": "Gudang Depok", "expires_on": "2027-06-30"}
    answer = as_coordinator.post(reverse("stock-receive"), typed)
    assert answer.headers["Location"] == reverse("stock-product", args=[serum.pk])
    batch = StockBatch.objects.get()
    assert (batch.on_hand, str(batch.location), batch.expires_on) == (12, "Gudang Depok", dt.date(2027, 6, 30))
    assert sorted(Entry.objects.values_list("verb", flat=True)) == ["stock.place_added", "stock.received"]


def test_a_product_with_shades_is_received_by_shade(as_coordinator: Client, sand: ProductVariant) -> None:
    offered = as_coordinator.get(reverse("stock-receive")).context["form"].fields["thing"].choices
    assert offered == [("", "Choose …"), ("Lumi", [(f"v{sand.pk}", "Tint, 02 Sand")])]
    typed = {"thing": f"v{sand.pk}", "quantity": "1", "place": "Depok"}
    assert as_coordinator.post(reverse("stock-receive"), typed).status_code == 302
    assert StockBatch.objects.get().variant == sand


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"quantity": "0"}, "greater than or equal to 1"),
        ({"place": ""}, "Choose where it stands"),
        ({"thing": "p99999"}, "Select a valid choice"),
        ({"thing": "rubbish"}, "Select a valid choice"),
        ({"place": "Jakarta", "expires_on": "2027-07-01"}, "with another best-before day"),
    ],
)
def test_goods_that_cannot_be_taken_in_are_refused_as_typed(
    as_coordinator: Client, stocked: Stocked, serum: Product, typed: dict[str, str], words: str
) -> None:
    stocked(5, "", dt.date(2027, 6, 30))
    said = {"thing": f"p{serum.pk}", "quantity": "7", "place": "Depok", "note": "from Bogor"} | typed
    answer = as_coordinator.post(reverse("stock-receive"), said)
    page = answer.content.decode()
    assert (answer.status_code, words in page, 'value="from Bogor"' in page) == (422, True, True)
    assert (StockMovement.objects.count(), StockLocation.objects.count()) == (1, 1)


def test_counting_and_writing_off_ask_why_and_never_take_what_parcels_were_promised(
    as_coordinator: Client, stocked: Stocked, parcel: Callable[..., Shipment], now: dt.datetime
) -> None:
    batch = stocked(5)
    reserve(parcel(3), at=now, actor=SYSTEM)
    count, off = reverse("stock-count", args=[batch.pk]), reverse("stock-write-off", args=[batch.pk])
    refused = (
        (count, {"counted": "2", "why": "shelf"}), (count, {"counted": "4", "why": ""}),
        (off, {"quantity": "3", "why": "broken"}), (off, {"quantity": "1", "why": ""}),
    )  # fmt: skip
    for address, typed in refused:
        assert as_coordinator.post(address, typed).status_code == 422
    assert StockMovement.objects.count() == 2
    for address, typed in ((count, {"counted": "4", "why": "shelf"}), (off, {"quantity": "1", "why": "broken"})):
        assert as_coordinator.post(address, typed).status_code == 302
    batch.refresh_from_db()
    assert (batch.on_hand, batch.reserved, batch.available) == (3, 3, 0)


def test_a_products_page_has_its_batches_and_every_movement(
    as_viewer: Client, stocked: Stocked, serum: Product
) -> None:
    late, soon = stocked(4, "B", dt.date(2027, 6, 30)), stocked(3, "A", dt.date(2027, 1, 31))
    page = as_viewer.get(reverse("stock-product", args=[serum.pk]))
    assert (page.context["batches"], [one.quantity for one in page.context["page_obj"]]) == ([soon, late], [3, 4])


def test_stock_leaves_as_csv(as_viewer: Client, stocked: Stocked, sand: ProductVariant) -> None:
    stocked(4, "B", dt.date(2027, 6, 30)), stocked(2, product=sand.product, variant=sand)
    told = b"".join(as_viewer.get(reverse("stock-csv"))).decode("utf-8-sig").splitlines()  # type: ignore[arg-type]
    assert told == [
        "Brand,Product,Variant,SKU,Place,Batch number,Best before,On hand,Reserved,Available",
        "Lumi,Serum,,,Jakarta,B,2027-06-30,4,0,4",
        "Lumi,Tint,02 Sand,TINT-02,Jakarta,,,2,0,2",
    ]


def test_a_place_is_closed_only_when_it_is_empty(
    as_coordinator: Client, stocked: Stocked, shelf: StockLocation
) -> None:
    batch, address = stocked(1), reverse("stock-place-close", args=[shelf.pk])
    as_coordinator.post(address)
    shelf.refresh_from_db()
    assert shelf.archived_at is None
    as_coordinator.post(reverse("stock-write-off", args=[batch.pk]), {"quantity": "1", "why": "broken"})
    as_coordinator.post(address)
    shelf.refresh_from_db()
    assert shelf.archived_at is not None


def test_another_brands_stock_does_not_exist_behind_walls(
    as_coordinator: Client, organisation: Organisation, stocked: Stocked, serum: Product
) -> None:
    batch = stocked(5)
    Organisation.objects.update(brand_walls=True)
    assert names(as_coordinator) == []
    assert as_coordinator.get(reverse("stock-product", args=[serum.pk])).status_code == 404
    assert as_coordinator.post(reverse("stock-count", args=[batch.pk]), {"counted": "1", "why": "x"}).status_code == 404
    assert (
        as_coordinator.post(
            reverse("stock-receive"), {"thing": f"p{serum.pk}", "quantity": "1", "place": "Depok"}
        ).status_code
        == 422
    )
    assert StockMovement.objects.count() == 1


def test_what_runs_low_stands_on_today_for_whoever_receives_goods(
    as_coordinator: Client, as_viewer: Client, stocked: Stocked
) -> None:
    """Rule 4.5.14: stock runs low."""
    batch = stocked(6)
    assert "Stock runs low" not in as_coordinator.get("/").content.decode()
    StockBatch.objects.filter(pk=batch.pk).update(reserved=1)
    said = as_coordinator.get("/").content.decode()
    assert ("Stock runs low" in said, "5 available" in said) == (True, True)
    assert "Stock runs low" not in as_viewer.get("/").content.decode()


def test_a_brands_page_shows_its_shelves_only_when_it_counts(as_viewer: Client, stocked: Stocked, lumi: Brand) -> None:
    stocked(6)
    address = reverse("brand", args=[lumi.pk])
    assert 'id="stock"' in as_viewer.get(address).content.decode()
    Brand.objects.update(counts_stock=False)
    assert 'id="stock"' not in as_viewer.get(address).content.decode()
