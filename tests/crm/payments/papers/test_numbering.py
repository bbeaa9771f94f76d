"""Numbers on our papers: next after next, a year at a time, none lost and none twice."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from djmoney.money import Money

from crm.payments.models import Document, DocumentSeries, SeriesYear
from crm.payments.papers.numbering import issue, next_number, series_of, void
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.factories import BrandFactory, InfluencerFactory
from tests.races import together

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 11, 24)
NOON = dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC)
Write = Callable[..., Document]


@pytest.fixture
def bill(db: None) -> Write:
    brand, person = BrandFactory(name="Lumi Skincare"), InfluencerFactory()

    def written(on: dt.date = ON, **more: Any) -> Document:
        said = {"brand": brand, "influencer": person, "amount": Money(100, "IDR"), "at": NOON, "by": SYSTEM, **more}
        return issue(DocumentSeries.Kind.BILL, on=on, **said)

    return written


def test_numbers_follow_each_other_and_begin_anew_each_year(bill: Write) -> None:
    names = [bill(on).name for on in (ON, ON, dt.date(2027, 1, 2))]
    assert names == [
        "INV/LUMI-SKINCARE/2026/11/0001", "INV/LUMI-SKINCARE/2026/11/0002", "INV/LUMI-SKINCARE/2027/01/0001",
    ]  # fmt: skip


def test_a_brand_without_a_series_of_its_own_counts_with_the_others(bill: Write) -> None:
    bill()
    other = bill(brand=BrandFactory(name="Kopi Tuku"))
    assert other.name == "INV/KOPI-TUKU/2026/11/0002"
    assert DocumentSeries.objects.count() == 1


def test_a_brand_with_a_series_of_its_own_counts_by_itself(bill: Write) -> None:
    own = BrandFactory(name="Kopi Tuku")
    DocumentSeries.objects.create(kind="bill", brand=own, pattern="KT-{yyyy}-{nnnn}")
    bill()
    assert bill(brand=own).name == "KT-2026-0001"


def test_a_void_paper_keeps_its_number(bill: Write) -> None:
    first = bill()
    void(first, "Wrong amount", at=NOON, actor=SYSTEM)
    assert bill().number == 2
    kept = Document.objects.get(pk=first.pk)
    assert (kept.number, kept.voided_at, kept.voided_why) == (1, NOON, "Wrong amount")
    assert [entry.verb for entry in Entry.objects.order_by("pk")] == [
        "document.issued", "document.void", "document.issued",
    ]  # fmt: skip


def test_a_paper_is_void_once(bill: Write) -> None:
    first = bill()
    void(first, "Wrong amount", at=NOON, actor=SYSTEM)
    with pytest.raises(ValidationError, match="void already"):
        void(first, "Again", at=NOON, actor=SYSTEM)
    assert Document.objects.get(pk=first.pk).voided_why == "Wrong amount"


def test_what_is_rolled_back_leaves_no_gap(bill: Write) -> None:
    bill()
    with pytest.raises(RuntimeError), transaction.atomic():
        bill()
        raise RuntimeError
    assert bill().number == 2
    assert list(SeriesYear.objects.values_list("last", flat=True)) == [2]


def test_two_series_that_spell_the_same_number_are_refused(bill: Write) -> None:
    DocumentSeries.objects.create(kind="bill", pattern="P/{yyyy}/{nnnn}")
    own = BrandFactory()
    DocumentSeries.objects.create(kind="bill", brand=own, pattern="P/{yyyy}/{nnnn}")
    bill()
    with pytest.raises(ValidationError, match="P/2026/0001"):
        bill(brand=own)
    assert Document.objects.count() == 1
    assert list(SeriesYear.objects.order_by("pk").values_list("last", flat=True)) == [1]


@pytest.mark.parametrize(
    "pattern", ["INV/{yyyy}", "INV/{nnnn}", "INV/{yyyy}/{day}/{nnnn}", "INV/{yyyy}/{nnnn", "{yyyy}}{nnnn}"]
)
def test_a_pattern_has_the_year_and_the_number_and_nothing_unknown(pattern: str) -> None:
    with pytest.raises(ValidationError):
        DocumentSeries(kind="bill", pattern=pattern).full_clean()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_issue_at_once_get_two_numbers(bill: Write) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such race")
    series = series_of("bill", BrandFactory())
    with transaction.atomic():
        next_number(series, 2026)
    # The control: read without the lock, all of them see the same last number and would take the same next one.
    assert [SeriesYear.objects.get(series=series, year=2026).last + 1 for _ in range(2)] == [2, 2]
    assert together(bill, bill, bill) == []
    assert sorted(Document.objects.values_list("number", flat=True)) == [2, 3, 4]
