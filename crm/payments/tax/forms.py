"""What somebody tries in the calculator."""

import datetime as dt
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from crm.exclusivity.forms.outside import day
from crm.payments.models import Payee, PayTerms
from crm.team.forms import bare_helper

WHO = {
    "person": _("A person in Indonesia (PPh 21)"),
    "company": _("A company in Indonesia (PPh 23)"),
    "abroad": _("Somebody abroad (PPh 26)"),
}


class CalculatorForm(forms.Form):
    """An amount, whose it is, and how it was agreed."""

    amount = forms.DecimalField(label=_("Amount in rupiah"), min_value=0, max_digits=13, decimal_places=0)
    agreed = forms.ChoiceField(
        label=_("Agreed"), choices=[("gross", _("before tax")), ("net", _("after tax: it arrives whole"))]
    )
    who = forms.ChoiceField(label=_("Who is paid"), choices=list(WHO.items()))
    known = forms.BooleanField(label=_("The tax office knows her number"), required=False, initial=True)
    vat = forms.BooleanField(label=_("Charges VAT (PKP)"), required=False)
    in_kind = forms.DecimalField(
        label=_("Products and other things, in rupiah"), min_value=0, max_digits=13, decimal_places=0, required=False,
        help_text=_("Our own goods at what they cost us, everything else at what it sells for."),
    )  # fmt: skip
    in_kind_tax = forms.ChoiceField(label=_("Their tax"), choices=PayTerms.BorneBy.choices)
    on = forms.DateField(label=_("Paid on"), widget=day())

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", today)
        self.helper = bare_helper(
            Row(Column("amount"), Column("agreed")), Row(Column("who"), Column("on")), "known", "vat",
            Row(Column("in_kind"), Column("in_kind_tax")),
        )  # fmt: skip

    def payee(self) -> Payee:
        """Nobody's row: only what decides the tax."""
        said = self.cleaned_data
        return Payee(
            kind=Payee.Kind.COMPANY if said["who"] == "company" else Payee.Kind.INDIVIDUAL,
            country="ID" if said["who"] != "abroad" else "SG",
            tax_id_status=Payee.TaxId.NPWP if said["known"] else Payee.TaxId.NONE,
            is_vat_registered=said["vat"] and said["who"] != "abroad",
        )

    def sums(self) -> dict[str, Any]:
        """As `reckon` takes them."""
        said, nothing = self.cleaned_data, Decimal(0)
        is_net = said["agreed"] == "net"
        return {
            "cash": nothing if is_net else said["amount"],
            "net_cash": said["amount"] if is_net else nothing,
            "in_kind": said["in_kind"] or nothing,
            "in_kind_tax": said["in_kind_tax"],
            "currency": "IDR",
            "on": said["on"],
        }
