"""Her money with a brand as she reads it: what for, by when, what is missing from her, and what was paid.

No word of ours about ledgers or gates, and nothing of another brand or another person.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.places import ids_of_person
from crm.base.zones import local_date
from crm.payments.models import Document, DocumentSeries, LedgerLine, Payment, PaymentPart
from crm.payments.paying.gate import Gate, gate_of
from crm.payments.queries import open_amounts, still_free
from crm.portal.registry import Asking

if TYPE_CHECKING:
    from crm.payments.models import PaymentQuerySet

PAID_SHOWN = 40
BANK, INVOICE = "bank", "invoice"
MISSING: Mapping[str, tuple[Any, str]] = {
    "no_payee": (_("We still need your bank account and tax number"), BANK),
    "no_tax_id": (_("We still need your tax number"), BANK),
    "no_account": (_("We still need your bank account"), BANK),
    "account_waiting": (_("We call you first to check your new bank account"), ""),
    "minor_without_guardian": (_("We still need the account of your parent or guardian"), ""),
    "invoice_missing": (_("We still need your invoice"), INVOICE),
    "invoice_waits": (_("Your invoice is here. We are looking at it"), ""),
    "open_case": (_("Something about the agreement is still open between us"), ""),
    "contract_not_in_force": (_("The contract is not signed by everybody yet"), ""),
}
"""What stands against a payment in her words, and where she can settle it."""
HER_PAPERS: Mapping[str, Any] = {
    DocumentSeries.Kind.BILL: _("Bill we wrote for you"), DocumentSeries.Kind.RECEIPT: _("Receipt"),
}  # fmt: skip


@dataclass(frozen=True)
class Missing:
    words: Any
    way: str = ""


@dataclass(frozen=True)
class HerDue:
    """One amount that is not on its way yet. Below zero she owes it."""

    line: LedgerLine
    amount: Money
    missing: Sequence[Missing]
    is_late: bool

    @property
    def is_hers(self) -> bool:
        return self.amount.amount < 0

    @property
    def size(self) -> Money:
        return abs(self.amount)


@dataclass(frozen=True)
class HerPayment:
    """One transfer: what for, how much, what was withheld, and its papers."""

    payment: Payment
    what: str
    off: Sequence[tuple[str, Money]]
    papers: Sequence[tuple[Any, Document]]

    @property
    def gross(self) -> Money:
        return Money(self.payment.gross, self.payment.currency)

    @property
    def net(self) -> Money:
        return Money(self.payment.net, self.payment.currency)

    @property
    def tax(self) -> Money | None:
        return Money(self.payment.tax, self.payment.currency) if self.payment.tax else None

    @property
    def in_kind(self) -> Money | None:
        """What was not money and taxed with it."""
        return Money(self.payment.in_kind, self.payment.currency) if self.payment.in_kind else None


@dataclass(frozen=True)
class HerMoney:
    """All of it, in a fixed number of queries."""

    due: Sequence[HerDue]
    coming: Sequence[HerPayment]
    paid: Sequence[HerPayment]

    @property
    def open(self) -> Sequence[Money]:
        return sums_of((str(one.amount.currency), one.amount.amount) for one in self.due)

    @property
    def is_empty(self) -> bool:
        return not (self.due or self.coming or self.paid)


def her_money(asking: Asking) -> HerMoney:
    payments = [_payment(one) for one in _payments(asking)]
    return HerMoney(
        due=_due(asking),
        coming=[one for one in payments if not one.payment.is_paid],
        paid=[one for one in payments if one.payment.is_paid][:PAID_SHOWN],
    )


def lines_of_hers(asking: Asking) -> Any:
    rows = LedgerLine.objects.of_person(asking.influencer_id)
    return rows if asking.brand_id is None else rows.filter(brand=asking.brand_id)


def payments_of_hers(asking: Asking) -> "PaymentQuerySet":
    """Her payments that left or are about to; nobody else's, and with nobody else."""
    rows = Payment.objects.counting().filter(influencer__in=ids_of_person(asking.influencer_id))
    return rows if asking.brand_id is None else rows.filter(brand=asking.brand_id)


def may_see_money(asking: Asking) -> bool:
    """Herself, and whoever may receive her money."""
    return asking.powers is None or "money" in asking.powers


def _due(asking: Asking) -> list[HerDue]:
    today = local_date(asking.now, asking.zone)
    lines: list[Any] = list(
        still_free(lines_of_hers(asking).to_be_paid()).select_related("brand", "contract").order_by("due_on", "pk")
    )
    gates = gate_of(lines, today) if lines else {}
    return [
        HerDue(
            line, Money(line.free, line.amount.currency), [] if line.free < 0 else list(_missing(gates[line.pk])),
            line.due_on is not None and line.due_on < today,
        )
        for line in lines
    ]  # fmt: skip


def _missing(gate: Gate) -> Sequence[Missing]:
    found = {_code(problem): None for problem in gate.problems}
    return [Missing(*MISSING[code]) for code in found if code in MISSING]


def _code(problem: Any) -> str:
    if problem.code != "no_invoice":
        return str(problem.code)
    return "invoice_missing" if problem.is_hers else "invoice_waits"


def _payments(asking: Asking) -> Any:
    parts = PaymentPart.objects.select_related("line").order_by("line_id")
    papers = Document.objects.standing().select_related("series").order_by("pk")
    rows = payments_of_hers(asking).select_related("account", "brand", "proof").order_by("-paid_on", "-pk")
    return rows.prefetch_related(Prefetch("parts", parts), Prefetch("documents", papers))


def _payment(payment: Payment) -> HerPayment:
    parts = list(payment.parts.all())
    return HerPayment(
        payment,
        what=", ".join(part.line.label for part in parts if part.amount > 0),
        off=[(part.line.label, Money(-part.amount, payment.currency)) for part in parts if part.amount < 0],
        papers=[(HER_PAPERS[one.series.kind], one) for one in payment.documents.all() if one.series.kind in HER_PAPERS],
    )


def sums_of(amounts: Any) -> list[Money]:
    found: dict[str, Decimal] = {}
    for currency, amount in amounts:
        found[currency] = found.get(currency, Decimal(0)) + amount
    return [Money(amount, currency) for currency, amount in found.items() if amount]


def open_now(asking: Asking) -> tuple[list[Money], dt.date | None]:
    """What is open in all, on its way or not, and the next day something is paid by. Two queries."""
    lines = list(lines_of_hers(asking).due())
    left = open_amounts(lines)
    days = [line.due_on for line in lines if line.due_on and left[line.pk] > 0]
    return sums_of((str(line.amount.currency), left[line.pk]) for line in lines), min(days, default=None)
