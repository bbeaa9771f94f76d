"""Clearing the demo's money: what was paid, invoiced and owed goes with the people and contracts it was about."""

from collections.abc import Collection

from crm.payments.models import (
    BankSheet,
    Benefit,
    CommissionStatement,
    Document,
    DocumentSeries,
    Invoice,
    LedgerLine,
    Milestone,
    PaidThrough,
    Payee,
    Payment,
    SeriesYear,
    TaxCertificate,
)


def forget_money(people: Collection[int], contracts: Collection[int], payees: Collection[int]) -> None:
    """Money of these people; a payee of yours, and whoever of yours is paid through one of the demo, stays."""
    payments = Payment.objects.filter(influencer__in=people)
    sheets = set(payments.values_list("sheet", flat=True))
    Document.objects.filter(influencer__in=people).delete()
    payments.delete()
    Invoice.objects.filter(influencer__in=people).delete()
    BankSheet.objects.filter(pk__in=sheets - {None}, payments__isnull=True).delete()
    LedgerLine.objects.filter(influencer__in=people).delete()
    Benefit.objects.filter(influencer__in=people).delete()
    CommissionStatement.objects.filter(influencer__in=people).delete()
    Milestone.objects.filter(contract__in=contracts).delete()
    PaidThrough.objects.filter(influencer__in=people).delete()
    _forget_payees(payees)
    if not Document.objects.exists():
        SeriesYear.objects.all().delete()
        DocumentSeries.objects.all().delete()


def _forget_payees(payees: Collection[int]) -> None:
    unused = Payee.objects.filter(pk__in=payees, ways__isnull=True, payments__isnull=True, invoices__isnull=True)
    for payee in unused:
        payee.accounts.all().delete()
        TaxCertificate.objects.filter(payee=payee).delete()
        payee.delete()
