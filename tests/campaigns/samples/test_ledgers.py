"""What was heard of a parcel and what moved on a shelf is only added to, on either database, whoever asks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from campaigns.samples.models import ShipmentEvent, StockBatch, StockLocation, StockMovement
from crm.timeline import guards
from tests.campaigns.samples.parcels import NOW, a_parcel

pytestmark = pytest.mark.django_db


def heard() -> Model:
    return ShipmentEvent.objects.create(
        shipment=a_parcel(), at=NOW, noted_at=NOW, status="in_transit", raw_status="Paket di gudang", by="Mitra"
    )


def moved() -> Model:
    parcel = a_parcel()
    product = parcel.request.items.get().product
    shelf = StockLocation.objects.create(name="Shelf")
    batch = StockBatch.objects.create(location=shelf, product=product, on_hand=5)
    return StockMovement.objects.create(batch=batch, kind="receipt", quantity=5, at=NOW, by="Mitra")


def sql(statement: str) -> Callable[[Any], object]:
    def run(row: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement % row._meta.db_table)

    return run


WAYS: dict[str, Callable[[Any], object]] = {
    "update": lambda row: type(row).objects.update(by="Nobody"),
    "delete": lambda row: type(row).objects.all().delete(),
    "save": lambda row: row.save(),
    "row's delete": lambda row: row.delete(),
    "raw update": sql("UPDATE %s SET by = 'Nobody'"),
    "raw delete": sql("DELETE FROM %s"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("made", [heard, moved], ids=["news", "movement"])
def test_a_row_is_neither_changed_nor_removed(made: Callable[[], Any], way: str) -> None:
    row = made()
    with pytest.raises(IntegrityError, match="append-only ledger"), transaction.atomic():
        WAYS[way](row)
    assert list(type(row).objects.values_list("pk", "by")) == [(row.pk, "Mitra")]


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="TRUNCATE is PostgreSQL's")
@pytest.mark.parametrize("made", [heard, moved], ids=["news", "movement"])
def test_neither_is_truncated(made: Callable[[], Any]) -> None:
    row = made()
    with pytest.raises(IntegrityError, match="TRUNCATE of"), transaction.atomic():
        sql("TRUNCATE %s")(row)
    assert type(row).objects.count() == 1


def test_both_are_guarded_ledgers() -> None:
    assert {ShipmentEvent, StockMovement} <= set(guards.LEDGERS)
