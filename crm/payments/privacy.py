"""Money of a person. The tax law wants books and the papers behind them for ten years; after that names and numbers go.

Amounts and days stay for good: they are the house's own books, and tell of nobody once the names are gone.
"""

import datetime as dt

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from crm.base.hers import Held, Her, hers, may_name, years_of_books
from crm.base.places import holds
from crm.payments.models import (
    AccountCode,
    BankAccount,
    Benefit,
    CommissionStatement,
    Document,
    Invoice,
    LedgerLine,
    PaidThrough,
    Payee,
    Payment,
    PaymentPart,
    StampMark,
    TaxCertificate,
)

OURS = _("Which of us did it.")
LAW = _("UU KUP, article 28(11): books and their papers are kept for ten years")


def payees(her: Her) -> "QuerySet[Payee]":
    """Who is paid for her and for nobody else; a company that is paid for many keeps its own name."""
    ways = PaidThrough._base_manager
    others = ways.exclude(influencer_id__in=her.people).values("payee_id")
    return Payee._base_manager.filter(pk__in=ways.filter(influencer_id__in=her.people).values("payee_id")).exclude(
        pk__in=others
    )


hers(Payee, rows=payees, empties="name address tax_number", held="books")
hers(
    BankAccount, rows=lambda her: BankAccount._base_manager.filter(payee__in=payees(her).values("pk")), held="books",
    empties="holder call_note bank number", stays="entered_by", why=OURS,
)  # fmt: skip
hers(
    TaxCertificate, rows=lambda her: TaxCertificate._base_manager.filter(payee__in=payees(her).values("pk")),
    empties="number file", held="books",
)  # fmt: skip
hers(AccountCode, "influencer", empties="holder bank number")
hers(Document, "influencer", empties="said voided_why", stays="issued_by", why=OURS, held="books")
hers(StampMark, "document__influencer", empties="serial file", held="books")
hers(Invoice, "influencer", empties="number faktur file refused_why received_by", held="books")
hers(Payment, "influencer", empties="steps proof bank_ref slip failed_why", held="books")
hers(PaymentPart, "payment__influencer")
hers(CommissionStatement, "influencer")
hers(LedgerLine, "influencer", empties="label note", stays="by", why=OURS, held="books")
hers(Benefit, "influencer", empties="label", stays="by", why=OURS, held="books")
may_name(LedgerLine, "label note", held="books")
may_name(Benefit, "label", held="books")


@holds("books")
def books(her: Her, on: dt.date) -> list[Held]:
    """The newest paper decides: what is kept is kept until the books of its year may go."""
    days = [
        table._base_manager.filter(influencer_id__in=her.people).aggregate(last=Max(column))["last"]
        for table, column in (
            (LedgerLine, "on"), (Benefit, "on"), (Payment, "pay_on"), (Document, "issued_on"), (Invoice, "issued_on"),
        )
    ]  # fmt: skip
    known = [day for day in days if day is not None]
    if not known:
        return []
    until = years_of_books(max(known))
    return [Held("books", _("She was paid, or is to be paid"), LAW, until)] if until >= on else []
