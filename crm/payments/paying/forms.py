"""What is asked before money goes, and what is noted about it afterwards."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.files import DOCUMENTS, IMAGES, SafeFileField
from crm.base.money import read_local_amount, write_amount
from crm.exclusivity.forms.outside import day
from crm.payments.models import LedgerLine
from crm.team.forms import bare_helper

LONGEST_AHEAD = dt.timedelta(days=370)


class PartField(forms.CharField):
    """How much of a line: empty means all that is open."""

    def __init__(self, most: Money, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=30, **kwargs)
        self.most = most
        self.widget.attrs.update({"inputmode": "decimal", "placeholder": write_amount(most.amount)})

    def clean(self, value: Any) -> Money | None:
        typed = super().clean(value)
        if not typed:
            return None
        amount = read_local_amount(typed)
        if not 0 < amount <= self.most.amount:
            raise ValidationError(
                _("At most %(most)s, and more than nothing."),
                code="part",
                params={"most": write_amount(self.most.amount)},
            )
        return Money(amount, self.most.currency)


class ReleaseForm(forms.Form):
    """When it is paid, and of each line how much."""

    pay_on = forms.DateField(label=_("To be paid on"), widget=day())

    def __init__(
        self, *args: Any, lines: Sequence[LedgerLine], free: Mapping[int, Decimal], today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.today = lines, today
        self.fields["pay_on"].initial = today
        for line in lines:
            most = Money(free[line.pk], line.amount.currency)
            self.fields[f"part_{line.pk}"] = PartField(most, label=line.label)

    def clean_pay_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["pay_on"]
        if not self.today <= on <= self.today + LONGEST_AHEAD:
            raise ValidationError(_("Choose today or a day within a year."), code="day")
        return on

    @property
    def wanted(self) -> dict[LedgerLine, Money | None]:
        return {line: self.cleaned_data.get(f"part_{line.pk}") for line in self.lines}


class PaidForm(forms.Form):
    """The day it was paid, the bank's number for it, and its proof."""

    paid_on = forms.DateField(label=_("Paid on"), widget=day())
    bank_ref = forms.CharField(label=_("Reference of the bank"), max_length=80, required=False)
    proof = SafeFileField(
        label=_("Proof of the bank"), kinds=DOCUMENTS | IMAGES, required=False,
        help_text=_("A PDF or a screenshot. She sees it on her page."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("paid_on", today)
        self.helper = bare_helper(Fieldset("", Row(Column("paid_on"), Column("bank_ref")), "proof"))

    def clean_paid_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["paid_on"]
        if on > self.today:
            raise ValidationError(_("This day has not come yet. When was it paid?"), code="future")
        if on < self.today - LONGEST_AHEAD:
            raise ValidationError(_("This day is more than a year ago. When was it paid?"), code="long_ago")
        return on


class WhyForm(forms.Form):
    """A reason, in a few words."""

    why = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, hint: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].help_text = hint
        self.helper = bare_helper()


class SlipForm(forms.Form):
    """The number the tax office gives the withholding."""

    slip = forms.CharField(
        label=_("Number of the withholding slip (bukti potong)"), max_length=60,
        help_text=_("As it stands on the slip. Mitra files nothing with the tax office."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
