"""Money: the ledger, who is paid, when what becomes due, what leaves, and the papers about it."""

from crm.payments.models.codes import AccountCode
from crm.payments.models.ledger import LedgerLine, LedgerLineQuerySet
from crm.payments.models.milestones import Benefit, CommissionStatement, KillFee, Milestone, PayTerms
from crm.payments.models.papers import (
    Document,
    DocumentSeries,
    Invoice,
    InvoiceLine,
    SeriesYear,
    StampMark,
)
from crm.payments.models.payees import BankAccount, PaidThrough, Payee, TaxCertificate
from crm.payments.models.paying import BankSheet, Payment, PaymentPart, PaymentQuerySet
from crm.payments.models.tax import ExchangeRate, StampRule, TaxBand, TaxRule, YearlyThreshold

__all__ = [
    "AccountCode",
    "BankAccount",
    "BankSheet",
    "Benefit",
    "CommissionStatement",
    "Document",
    "DocumentSeries",
    "ExchangeRate",
    "Invoice",
    "InvoiceLine",
    "KillFee",
    "LedgerLine",
    "LedgerLineQuerySet",
    "Milestone",
    "PaidThrough",
    "PayTerms",
    "Payee",
    "Payment",
    "PaymentPart",
    "PaymentQuerySet",
    "SeriesYear",
    "StampMark",
    "StampRule",
    "TaxBand",
    "TaxCertificate",
    "TaxRule",
    "YearlyThreshold",
]
