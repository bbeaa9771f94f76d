"""Our papers as PDFs: drawn each time from what the paper said when it was issued, always the same bytes."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from crm.base.formats import day_words, money_full
from crm.contracts.paper.sheet import BODY, MUTED, SMALL
from crm.contracts.paper.steady import SteadySheet, dated
from crm.payments.models import Document, DocumentSeries, TaxRule
from crm.payments.papers.own import kind_in_words

Kind = DocumentSeries.Kind


def paper_pdf(document: Document) -> bytes:
    """The paper in the language it was issued in."""
    said: Mapping[str, Any] = document.said
    with override(said.get("language") or "id"):
        return _drawn(document, said)


def file_name(document: Document) -> str:
    return f"{document.name.replace('/', '-')}.pdf"


def _drawn(document: Document, said: Mapping[str, Any]) -> bytes:
    at = document.created_at.astimezone(dt.UTC)
    across = _("VOID") if document.voided_at else ""
    title = _title(document)
    with SteadySheet(
        name=f"{title} {document.name}", running=str(said.get("payer") or ""), across=across, at=at,
        language=said.get("language") or "id",
    ) as sheet:  # fmt: skip
        sheet.of = json.dumps([document.name, said, str(document.voided_at)], sort_keys=True, default=str)
        sheet.add_page()
        sheet.says(title, 18, strong=True, after=0.5)
        sheet.says(document.name, BODY, color=MUTED, after=5)
        sheet.pairs(_who(document, said), size=BODY)
        sheet.rule(before=4)
        sheet.pairs(_lines(said), size=BODY, label=104)
        sheet.rule(before=2)
        sheet.pairs(_sums(document, said), size=BODY, label=104)
        sheet.ln(8)
        sheet.says(_foot(document), SMALL, color=MUTED)
        return dated(bytes(sheet.output()), at)


def _title(document: Document) -> str:
    return {
        Kind.BILL: _("Bill written for her"), Kind.RECEIPT: _("Receipt"), Kind.STATEMENT: _("Commission statement"),
    }[Kind(document.series.kind)]  # fmt: skip


def _who(document: Document, said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    is_receipt = document.series.kind == Kind.RECEIPT
    yield _("Date"), day_words(document.issued_on)
    yield _("From") if not is_receipt else _("Received by"), str(said.get("payee") or document.influencer)
    yield _("Address"), str(said.get("address") or "")
    yield _("Tax number"), str(said.get("tax_number") or "")
    yield _("To") if not is_receipt else _("Paid by"), _payer(said)
    yield _("For the work of"), str(said.get("for_work_of") or "")
    yield _("Account"), str(said.get("account") or "")
    if is_receipt and said.get("paid_on"):
        yield _("Paid on"), day_words(dt.date.fromisoformat(said["paid_on"]))
        yield _("Reference of the bank"), str(said.get("bank_ref") or "")


def _payer(said: Mapping[str, Any]) -> str:
    payer, brand = str(said.get("payer") or ""), str(said.get("brand") or "")
    return f"{payer} ({brand})" if payer and payer != brand else brand


def _lines(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    currency = said.get("currency") or "IDR"
    for line in said.get("lines", ()):
        label = f"{line['label']} ({kind_in_words(line['kind'])})" if line.get("kind") else line["label"]
        yield label, money_full(Decimal(line["amount"]), currency)


def _sums(document: Document, said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    currency = said.get("currency") or "IDR"
    if "gross" not in said:
        yield _("Together"), money_full(document.amount)
        return
    if Decimal(said["grossed_up"]):
        yield _("Added so that it arrives whole"), money_full(Decimal(said["grossed_up"]), currency)
    yield _("Before tax"), money_full(Decimal(said["gross"]), currency)
    if Decimal(said["vat"]):
        yield _("VAT on top"), money_full(Decimal(said["vat"]), currency)
    if Decimal(said["in_kind"]):
        yield _("Not money, taxed with it"), money_full(Decimal(said["in_kind"]), currency)
    if Decimal(said["tax"]):
        name = dict(TaxRule.Article.choices).get(said.get("article", ""), _("Tax"))
        yield _("%(tax)s withheld") % {"tax": name}, money_full(-Decimal(said["tax"]), currency)
    yield _("Transferred"), money_full(Decimal(said["net"]), currency)


def _foot(document: Document) -> str:
    if document.voided_at is not None:
        day = day_words(timezone.localtime(document.voided_at))
        return _("Void since %(day)s: %(why)s") % {"day": day, "why": document.voided_why}
    if document.series.kind == Kind.RECEIPT:
        return _("This receipt says that the amount has arrived. It was written by Mitra and needs no signature.")
    return _("We write this bill in the name of the payee, because the contract asks for none of hers.")
