"""Our own papers about a payment: the bill we write for her where she sends none, and the receipt once it is paid."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.zones import local_date
from crm.payments.models import Document, DocumentSeries, LedgerLine, Payment
from crm.payments.papers.asked import asks_invoice, contracts_of
from crm.payments.papers.numbering import issue, void
from crm.timeline.record import Actor

Kind = DocumentSeries.Kind
UNUSED = _("The payment did not leave")


def bill_for(payment: Payment, contracts: Collection[int], *, at: dt.datetime, by: Actor) -> Document | None:
    """The bill we write in her name; None where she sends invoices herself, or nothing is paid."""
    if not payment.gross or any(asks_invoice(one) for one in contracts_of(contracts).values()):
        return None
    return _issue(Kind.BILL, payment, payment.gross + payment.vat, at, by)


def receipt_for(payment: Payment, *, at: dt.datetime, by: Actor) -> Document | None:
    """That she has the money; None where nothing was transferred."""
    return _issue(Kind.RECEIPT, payment, payment.net, at, by) if payment.net else None


def void_papers_of(payment: Payment, why: str, *, at: dt.datetime, actor: Actor) -> None:
    """Papers of a payment that came to nothing keep their numbers and are void."""
    for paper in Document.objects.standing().filter(payment=payment).select_related("series").order_by("pk"):
        void(paper, why or str(UNUSED), at=at, actor=actor)


def _issue(kind: str, payment: Payment, amount: Decimal, at: dt.datetime, by: Actor) -> Document:
    on = payment.paid_on if kind == Kind.RECEIPT and payment.paid_on else local_date(at, payment.brand.zone)
    return issue(
        kind, brand=payment.brand, influencer=payment.influencer, amount=Money(amount, payment.currency), payment=payment,
        said=_said(payment), on=on, at=at, by=by,
    )  # fmt: skip


def _said(payment: Payment) -> dict[str, Any]:
    """Everything the paper says, as it was then: names change, papers do not."""
    payee, account = payment.payee, payment.account
    parts = sorted(payment.parts.select_related("line"), key=lambda part: (part.amount < 0, part.line_id))
    return {
        "language": payment.influencer.language,
        "payee": payee.name,
        "address": payee.address,
        "tax_number": payee.tax_number,
        "for_work_of": payment.influencer.stage_name,
        "brand": payment.brand.name,
        "payer": payment.brand.owner.name,
        "account": str(account),
        "holder": account.holder,
        "currency": payment.currency,
        "lines": [{"label": part.line.label, "kind": part.line.kind, "amount": str(part.amount)} for part in parts],
        "gross": str(payment.gross),
        "grossed_up": str(payment.grossed_up),
        "in_kind": str(payment.in_kind),
        "vat": str(payment.vat),
        "article": payment.article,
        "tax": str(payment.tax),
        "net": str(payment.net),
        "paid_on": payment.paid_on.isoformat() if payment.paid_on else "",
        "pay_on": payment.pay_on.isoformat(),
        "bank_ref": payment.bank_ref,
    }


def kind_in_words(kind: str) -> Any:
    """What a line of a paper was for, in the language that is active."""
    return dict(LedgerLine.Kind.choices).get(kind, kind)
