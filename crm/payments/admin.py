"""Rates, fees and series of numbers are kept here; money itself is looked at. It moves on its own pages.

Numbers of accounts and of taxes are never shown whole: revealing one is told in the story, and this page tells none.
"""

from typing import Any

from django.contrib import admin

from crm.base.admin import HouseAdmin, ReadOnlyAdmin, ReadOnlyInline
from crm.payments.admin_rates import (  # noqa: F401  registered by being read
    ExchangeRateAdmin,
    KillFeeAdmin,
    StampRuleAdmin,
    TaxRuleAdmin,
    YearlyThresholdAdmin,
)
from crm.payments.models import (
    BankAccount,
    BankSheet,
    Benefit,
    CommissionStatement,
    Document,
    DocumentSeries,
    Invoice,
    InvoiceLine,
    LedgerLine,
    Milestone,
    PaidThrough,
    Payee,
    Payment,
    PaymentPart,
    PayTerms,
    SeriesYear,
    StampMark,
    TaxCertificate,
)


@admin.register(LedgerLine)
class LedgerLineAdmin(ReadOnlyAdmin[LedgerLine]):
    """A line is never changed: what becomes of it is a line of its own."""

    list_display = ("on", "influencer", "brand", "kind", "step", "amount", "due_on", "label", "by")
    list_filter = ("step", "kind", "brand")
    list_select_related = ("influencer", "brand")
    search_fields = ("label", "note", "key", "ref", "influencer__stage_name", "=contract__id")
    date_hierarchy = "on"
    actions: Any = None


class AccountInline(ReadOnlyInline):
    model = BankAccount
    fields = ("__str__", "status", "entered_at", "entered_by", "verified_at", "verified_by")
    show_change_link = False


class CertificateInline(ReadOnlyInline):
    model = TaxCertificate
    fields = ("kind", "rate_bp", "valid_from", "valid_to")
    show_change_link = False


class WayInline(ReadOnlyInline):
    model = PaidThrough
    fields = ("influencer", "since_on", "until_on")
    show_change_link = False


@admin.register(Payee)
class PayeeAdmin(ReadOnlyAdmin[Payee]):
    list_display = ("name", "kind", "country", "tax_id_status", "tax_checked_at", "is_vat_registered", "archived_at")
    list_filter = ("kind", "tax_id_status", "is_vat_registered", ("archived_at", admin.EmptyFieldListFilter))
    search_fields = ("name", "contact__name", "ways__influencer__stage_name")
    date_hierarchy = "created_at"
    exclude = ("tax_number",)
    inlines = (WayInline, AccountInline, CertificateInline)
    actions: Any = None


@admin.register(Milestone)
class MilestoneAdmin(ReadOnlyAdmin[Milestone]):
    list_display = ("contract", "party", "number", "share_bp", "trigger", "met_on", "due_on", "dropped_at")
    list_filter = ("trigger", ("met_on", admin.EmptyFieldListFilter), ("dropped_at", admin.EmptyFieldListFilter))
    list_select_related = ("contract", "party")
    search_fields = ("contract__title", "party__name", "=contract__id")
    date_hierarchy = "due_on"
    actions: Any = None


@admin.register(PayTerms)
class PayTermsAdmin(ReadOnlyAdmin[PayTerms]):
    list_display = ("contract", "net_days", "needs_invoice", "in_kind_tax")
    list_filter = ("needs_invoice", "in_kind_tax")
    list_select_related = ("contract",)
    search_fields = ("contract__title", "=contract__id")
    date_hierarchy = "created_at"
    actions: Any = None


@admin.register(Benefit)
class BenefitAdmin(ReadOnlyAdmin[Benefit]):
    list_display = ("on", "influencer", "brand", "kind", "label", "amount", "retail", "by")
    list_filter = ("kind", "brand")
    list_select_related = ("influencer", "brand")
    search_fields = ("label", "key", "ref", "influencer__stage_name", "=contract__id")
    date_hierarchy = "on"
    actions: Any = None


@admin.register(CommissionStatement)
class CommissionStatementAdmin(ReadOnlyAdmin[CommissionStatement]):
    list_display = (
        "month_on", "influencer", "brand", "currency", "carried_in", "earned", "returned", "paid_out", "carried_on",
    )  # fmt: skip
    list_filter = ("brand", "currency")
    list_select_related = ("influencer", "brand")
    search_fields = ("influencer__stage_name", "brand__name")
    date_hierarchy = "month_on"
    actions: Any = None


class PartInline(ReadOnlyInline):
    model = PaymentPart
    fields = ("line", "sequence", "amount")
    show_change_link = False


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin[Payment]):
    list_display = (
        "payee",
        "influencer",
        "brand",
        "status",
        "currency",
        "gross",
        "tax",
        "vat",
        "net",
        "pay_on",
        "paid_on",
    )
    list_filter = ("status", "article", "currency", "brand")
    list_select_related = ("payee", "influencer", "brand")
    search_fields = ("payee__name", "influencer__stage_name", "bank_ref", "slip", "=id")
    date_hierarchy = "pay_on"
    inlines = (PartInline,)
    actions: Any = None


@admin.register(BankSheet)
class BankSheetAdmin(ReadOnlyAdmin[BankSheet]):
    list_display = ("pay_on", "currency", "made_by", "made_at")
    list_filter = ("currency",)
    list_select_related = ("made_by",)
    search_fields = ("payments__payee__name",)
    date_hierarchy = "pay_on"
    actions: Any = None


class YearInline(ReadOnlyInline):
    model = SeriesYear
    fields = ("year", "last")
    show_change_link = False


@admin.register(DocumentSeries)
class DocumentSeriesAdmin(HouseAdmin[DocumentSeries]):
    """The pattern may be changed: numbers go on, papers keep the number they have."""

    list_display = ("kind", "brand", "pattern")
    list_filter = ("kind", "brand")
    list_select_related = ("brand",)
    search_fields = ("pattern", "brand__name")
    date_hierarchy = "created_at"
    readonly_fields = ("kind", "brand", "created_at", "updated_at")
    inlines = (YearInline,)
    actions: Any = None
    may_add = False


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin[Document]):
    list_display = ("name", "influencer", "brand", "amount", "issued_on", "issued_by", "voided_at")
    list_filter = ("series__kind", "brand", ("voided_at", admin.EmptyFieldListFilter))
    list_select_related = ("influencer", "brand")
    search_fields = ("name", "influencer__stage_name")
    date_hierarchy = "issued_on"
    actions: Any = None


@admin.register(StampMark)
class StampMarkAdmin(ReadOnlyAdmin[StampMark]):
    list_display = ("serial", "document", "on")
    list_filter = (("file", admin.EmptyFieldListFilter),)
    list_select_related = ("document",)
    search_fields = ("serial", "document__name")
    date_hierarchy = "on"
    actions: Any = None


class AboutInline(ReadOnlyInline):
    model = InvoiceLine
    fields = ("line",)
    show_change_link = False


@admin.register(Invoice)
class InvoiceAdmin(ReadOnlyAdmin[Invoice]):
    list_display = ("number", "influencer", "brand", "amount", "vat", "status", "received_at", "received_by")
    list_filter = ("status", "brand")
    list_select_related = ("influencer", "brand")
    search_fields = ("number", "faktur", "influencer__stage_name", "payee__name")
    date_hierarchy = "received_at"
    inlines = (AboutInline,)
    actions: Any = None
