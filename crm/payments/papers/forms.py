"""What stands on an invoice or a stamp, as somebody types it."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.files import DOCUMENTS, IMAGES, SafeFileField
from crm.base.money import read_local_amount
from crm.exclusivity.forms.outside import day
from crm.payments.papers.invoices import InvoiceSaid
from crm.team.forms import bare_helper

SERIAL = re.compile(r"[0-9A-Za-z][0-9A-Za-z./-]{3,59}")
FAKTUR = re.compile(r"\d{17}")


class AmountField(forms.CharField):
    """An amount without its currency, which is that of what is due."""

    def __init__(self, *, nothing: bool = False, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)
        self.nothing = nothing
        self.widget.attrs.setdefault("inputmode", "decimal")

    def clean(self, value: Any) -> Decimal:
        typed = super().clean(value)
        amount = read_local_amount(typed) if typed else Decimal(0)
        if amount < 0 or (not amount and not self.nothing):
            raise ValidationError(_("Enter an amount above zero."), code="nothing")
        return amount


class InvoiceForm(forms.Form):
    """Number, day, amount and the file. The amount is that of what is due until she says another."""

    number = forms.CharField(label=_("Number on the invoice"), max_length=80)
    issued_on = forms.DateField(label=_("Date of the invoice"), widget=day())
    amount = AmountField(label=_("Amount without VAT"))
    file = SafeFileField(label=_("The invoice, as a PDF or a photo"), kinds=DOCUMENTS | IMAGES)

    def clean_number(self) -> str:
        return " ".join(str(self.cleaned_data["number"]).split())

    def said(self, currency: str, file: Any) -> InvoiceSaid:
        data = self.cleaned_data
        return said_in(data, currency, file)


class VatInvoiceForm(InvoiceForm):
    """The same of somebody who charges VAT."""

    vat = AmountField(label=_("VAT (PPN)"), required=False, nothing=True)
    faktur = forms.CharField(
        label=_("Number of the faktur pajak"), max_length=30, required=False, help_text=_("17 digits.")
    )

    field_order = ("number", "issued_on", "amount", "vat", "faktur", "file")

    def clean_faktur(self) -> str:
        number = re.sub(r"[\s.-]", "", str(self.cleaned_data["faktur"]))
        if number and not FAKTUR.fullmatch(number):
            raise ValidationError(_("A faktur pajak has 17 digits."), code="faktur")
        return number

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("vat") and not data.get("faktur") and "faktur" not in self.errors:
            self.add_error("faktur", _("With VAT the number of the faktur pajak is needed."))
        return data


class OurInvoiceForm(VatInvoiceForm):
    """As a colleague notes it; the file may come later from her."""

    file = SafeFileField(label=_("The invoice, as a PDF or a photo"), kinds=DOCUMENTS | IMAGES, required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("issued_on", today)
        self.helper = bare_helper()


class ToldInvoiceForm(VatInvoiceForm):
    """She sent it by chat."""

    file = SafeFileField(label=_("The invoice, as a PDF or a photo"), kinds=DOCUMENTS | IMAGES, required=False)


class RefuseForm(forms.Form):
    """What is wrong with it, as she will read it."""

    why = forms.CharField(
        label=_("What is wrong"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("She reads it word for word in an e-mail."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


class VoidForm(forms.Form):
    """Why a paper is not valid any more."""

    why = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


class StampMarkForm(forms.Form):
    """The number on the stamp, the day, and the stamped file."""

    serial = forms.CharField(
        label=_("e-Meterai number"),
        max_length=60,
        help_text=_("The serial number on the stamp, as it is printed there."),
    )
    on = forms.DateField(label=_("Stamped on"), widget=day())
    file = SafeFileField(label=_("Stamped file"), kinds=DOCUMENTS | IMAGES, required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("on", today)
        self.helper = bare_helper()

    def clean_serial(self) -> str:
        serial = "".join(str(self.cleaned_data["serial"]).split())
        if not SERIAL.fullmatch(serial):
            raise ValidationError(_("A number has 4 to 60 letters and digits. Copy it from the stamp."), code="serial")
        return serial

    def clean_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["on"]
        if on > self.today:
            raise ValidationError(_("This day has not come yet. When was it stamped?"), code="future")
        return on


def said_in(data: Any, currency: str, file: Any) -> InvoiceSaid:
    """What was typed, with the currency of what is due."""
    return InvoiceSaid(
        number=data["number"], issued_on=data["issued_on"], amount=Money(data["amount"], currency),
        vat=data.get("vat") or Decimal(0), faktur=data.get("faktur") or "", file=file,
    )  # fmt: skip
