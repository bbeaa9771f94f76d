"""Duty stamps on our papers: a receipt above the threshold needs one, and each serial number is on one paper."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from djmoney.money import Money

from crm.payments.models import Document, StampMark
from crm.payments.papers.numbering import issue, void
from crm.payments.papers.sheet import paper_pdf
from crm.payments.papers.stamping import duty_on, stamp_paper
from crm.timeline.record import SYSTEM
from tests.factories import BrandFactory, InfluencerFactory
from tests.factories.payments import NOON, ON

pytestmark = pytest.mark.django_db


def paper(amount: int, kind: str = "receipt", **said: Any) -> Document:
    return issue(kind, brand=BrandFactory(), influencer=InfluencerFactory(), amount=Money(amount, "IDR"), said=said,
                 on=ON, at=NOON, by=SYSTEM)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "amount", "duty"),
    [("receipt", 5_000_000, None), ("receipt", 5_000_001, 10_000), ("bill", 90_000_000, None)],
)
def test_a_receipt_above_five_million_needs_a_stamp(kind: str, amount: int, duty: int | None) -> None:
    assert duty_on(paper(amount, kind)) == (Money(duty, "IDR") if duty else None)


def test_a_void_receipt_needs_none() -> None:
    receipt = paper(9_000_000)
    void(receipt, "Wrong", at=NOON, actor=SYSTEM)
    assert duty_on(receipt) is None


def test_a_stamp_is_noted_and_corrected() -> None:
    receipt = paper(9_000_000)
    for serial in ("AB12", "AB13"):
        stamp_paper(receipt, serial, ON, None, at=NOON, actor=SYSTEM)
    assert [(mark.serial, mark.document_id) for mark in StampMark.objects.all()] == [("AB13", receipt.pk)]


def test_a_serial_is_on_one_paper() -> None:
    stamp_paper(paper(9_000_000), "AB12", ON, None, at=NOON, actor=SYSTEM)
    with pytest.raises(ValidationError, match="another paper"):
        stamp_paper(paper(9_000_000), "AB12", ON, None, at=NOON, actor=SYSTEM)
    assert StampMark.objects.count() == 1


def test_a_paper_is_the_same_bytes_each_time_until_it_is_void() -> None:
    receipt = paper(9_000_000, language="en", payee="Kirana Putri", lines=[{"label": "Fee", "amount": "9000000"}])
    first = paper_pdf(receipt)
    assert paper_pdf(Document.objects.get(pk=receipt.pk)) == first
    assert first.startswith(b"%PDF-")
    void(receipt, "Wrong", at=NOON, actor=SYSTEM)
    assert paper_pdf(receipt) != first
