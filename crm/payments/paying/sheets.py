"""The table of transfers a bank is given: one row for each, with whole account numbers as text.

Reading it is telling every account number on it, so that each time somebody takes it the story says so.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.csv_out import Row, csv_response, xlsx_response
from crm.payments.models import BankSheet, Payment
from crm.team.models import User
from crm.timeline.record import Actor, record

KINDS = {"csv": csv_response, "xlsx": xlsx_response}
TAKEN = gettext_lazy("The sheet for the bank of %(day)s was taken as a file, with %(count)s account numbers")


def sheet_file(sheet: BankSheet, kind: str, *, at: dt.datetime, user: User) -> HttpResponseBase:
    """The sheet for upload."""
    rows = list(rows_of(sheet, user))
    params = {"day": sheet.pay_on, "count": len(rows)}
    record("payment.sheet_taken", TAKEN, at=at, actor=Actor.user(user), subject=sheet, params=params)
    name = f"mitra-{sheet.pay_on:%Y-%m-%d}-{sheet.pk}.{kind}"
    return KINDS[kind](name, header(), rows, zone=user.zone)


def header() -> Row:
    return [_("Reference"), _("Bank"), _("Code of the bank"), _("Account number"), _("Account holder"), _("Amount"),
            _("Currency"), _("To be paid on")]  # fmt: skip


def rows_of(sheet: BankSheet, user: User) -> Iterator[Row]:
    """A transfer a row; what came back or was withdrawn since is not sent again."""
    for payment in on_it(sheet, user):
        account = payment.account
        yield [reference(payment), account.bank, account.bank_code, account.number, account.holder,
               _whole(payment.net), payment.currency, payment.pay_on]  # fmt: skip


def on_it(sheet: BankSheet, user: User) -> list[Payment]:
    """What the bank is to pay, as far as this colleague may see it."""
    rows = Payment.objects.visible_to(user).counting().filter(sheet=sheet)
    return list(rows.select_related("account", "payee", "influencer", "brand").order_by("payee__name", "pk"))


def reference(payment: Payment) -> str:
    """What stands on her statement, and by which the bank's answer is found again."""
    return f"MITRA-{payment.pk}"


def _whole(amount: Decimal) -> Decimal:
    """Without cents where there are none: banks of Indonesia take whole rupiah."""
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount
