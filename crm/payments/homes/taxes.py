"""The taxes of a month: per article for the page, payment by payment for the tax person. Numbers stay masked."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from crm.base.csv_out import Row, csv_response, xlsx_response
from crm.payments.models import Payment, TaxRule
from crm.payments.models.paying import PaymentQuerySet
from crm.payments.payees.queries import masked
from crm.team.models import User

KINDS = {"csv": csv_response, "xlsx": xlsx_response}
LABELS = dict(TaxRule.Article.choices)


@dataclass(frozen=True)
class TaxOfMonth:
    """One article in one currency."""

    label: Any
    currency: str
    payments: int
    base: Decimal
    tax: Decimal


def taxes_of(user: User, month_on: dt.date) -> list[TaxOfMonth]:
    """What was withheld in a month, article by article, and the VAT that came on top. One query."""
    rows = payments_of(user, month_on).order_by().values_list("article", "currency")
    summed = rows.annotate(Count("pk"), Sum("tax_base"), Sum("tax"), Sum("gross"), Sum("vat")).order_by(
        "article", "currency"
    )
    found: list[TaxOfMonth] = []
    for article, currency, many, base, tax, gross, vat in summed:
        if article:
            found.append(TaxOfMonth(LABELS[article], currency, many, base, tax))
        if vat:
            found.append(TaxOfMonth(LABELS[TaxRule.Article.VAT], currency, many, gross, vat))
    return found


def payments_of(user: User, month_on: dt.date) -> PaymentQuerySet:
    """The payments whose tax belongs to a month."""
    return Payment.objects.visible_to(user).counting().in_tax_month(month_on)


def as_spreadsheet(user: User, month_on: dt.date, kind: str) -> HttpResponseBase:
    """The month for the tax person. Raises KeyError for a kind nobody knows."""
    answer, name = KINDS[kind], _("taxes %(month)s") % {"month": f"{month_on:%Y-%m}"}
    rows = (
        payments_of(user, month_on).select_related("payee", "influencer", "brand").order_by("article", "pay_on", "pk")
    )
    return answer(f"{name}.{kind}", _header(), _lines(rows), zone=user.zone)


def _header() -> Row:
    return [
        *(_("Payment"), _("To be paid on"), _("Paid on"), _("Payee"), _("Tax number"), _("Known by"), _("Country")),
        *(_("For the work of"), _("Brand"), _("Tax"), _("Currency"), _("Gross"), _("Not money"), _("Taxed")),
        *(_("Withheld"), _("VAT"), _("Transferred"), _("Withholding slip")),
    ]


def _lines(rows: PaymentQuerySet) -> Iterator[Row]:
    for row in rows:
        payee = row.payee
        yield [
            *(row.pk, row.pay_on, row.paid_on, payee.name, masked(payee.tax_number)),
            *(str(payee.get_tax_id_status_display()), str(payee.country.name), str(row.influencer), str(row.brand)),
            *(
                str(LABELS.get(row.article, "")),
                row.currency,
                row.gross,
                row.in_kind,
                row.tax_base,
                row.tax,
                row.vat,
                row.net,
            ),
            row.slip,
        ]
