"""Numbers of our own papers: no gap and no twin within a year of a series. A void paper keeps its number.

The number is taken in the transaction that issues the paper, from a row that is locked until it ends: of two who issue at
once the second waits, and one that is rolled back gives its number back. Source: domain rules, section 7.3.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.inserts import insert_missing
from crm.brands.models import Brand
from crm.influencers.models import Influencer
from crm.payments.models import Document, DocumentSeries, Payment, SeriesYear
from crm.payments.models.patterns import spelled
from crm.timeline.record import Actor, record

Kind = DocumentSeries.Kind
PATTERNS: dict[str, str] = {
    Kind.BILL: "INV/{brand}/{yyyy}/{mm}/{nnnn}",
    Kind.RECEIPT: "KWT/{brand}/{yyyy}/{mm}/{nnnn}",
    Kind.STATEMENT: "KOM/{brand}/{yyyy}/{mm}/{nnnn}",
}
"""How papers are numbered until somebody says otherwise."""
ISSUED = _("%(paper)s %(number)s issued")
VOID = _("%(paper)s %(number)s is void: %(why)s")
TAKEN = _("Two series spell the same number %(name)s. Put {brand} into one of their patterns.")
IS_VOID = _("This paper is void already.")


def issue(
    kind: str,
    *,
    brand: Brand,
    influencer: Influencer,
    amount: Money,
    payment: Payment | None = None,
    said: Mapping[str, Any] | None = None,
    on: dt.date,
    at: dt.datetime,
    by: Actor,
) -> Document:
    """A paper with the next number of its series and year. Raises ValidationError, and no number is used."""
    with transaction.atomic():
        series = series_of(kind, brand)
        number = next_number(series, on.year)
        name = spelled(series.pattern, brand=brand.name, on=on, number=number)
        if Document.objects.filter(name=name).exists():
            raise ValidationError(TAKEN, code="name", params={"name": name})
        worth: Any = amount  # the stubs know no Money
        paper = Document.objects.create(
            series=series, year=on.year, number=number, name=name, payment=payment, influencer=influencer, brand=brand,
            amount=worth, issued_on=on, issued_by=by.label, said=dict(said or {}),
        )  # fmt: skip
        _tell(paper, "document.issued", ISSUED, at, by)
    return paper


def void(document: Document, why: str, *, at: dt.datetime, actor: Actor) -> None:
    """It is no longer valid; its number stays used. Raises ValidationError when it is void already."""
    with transaction.atomic():
        changed = Document.objects.standing().filter(pk=document.pk).update(voided_at=at, voided_why=why[:200])
        if not changed:
            raise ValidationError(IS_VOID, code="void")
        document.voided_at, document.voided_why = at, why[:200]
        _tell(document, "document.void", VOID, at, actor, why=why)


def series_of(kind: str, brand: Brand) -> DocumentSeries:
    """The brand's own series, else the one for all the others, which is laid with the first paper."""
    rows = DocumentSeries.objects.filter(kind=kind)
    own = rows.filter(brand=brand).first() or rows.filter(brand__isnull=True).first()
    if own is None:
        usual = DocumentSeries(kind=kind, pattern=PATTERNS[kind])
        insert_missing([usual], "(kind) WHERE brand_id IS NULL")
        own = rows.get(brand__isnull=True)
    return own


def next_number(series: DocumentSeries, year: int) -> int:
    """One more than the last of that year; the row stays locked until the transaction ends."""
    insert_missing([SeriesYear(series=series, year=year)], "(series_id, year)")
    row = SeriesYear.objects.select_for_update(of=("self",)).get(series=series, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def _tell(paper: Document, verb: str, sentence: Any, at: dt.datetime, actor: Actor, **more: str) -> None:
    params = {"paper": Kind(paper.series.kind).label, "number": paper.name, **more}
    record(verb, sentence, at=at, actor=actor, subject=paper, params=params, influencer=paper.influencer_id,
           brand=paper.brand_id)  # fmt: skip
