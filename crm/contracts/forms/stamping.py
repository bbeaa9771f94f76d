"""The e-Meterai of a contract: what stands on the stamp, and the stamped file."""

import datetime as dt
import re
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.base.files import DOCUMENTS, SafeFileField
from crm.contracts.models import Contract
from crm.exclusivity.forms.outside import day
from crm.team.forms import bare_helper

SERIAL = re.compile(r"[0-9A-Za-z][0-9A-Za-z./-]{3,39}")


class StampForm(forms.Form):
    """Its number, its day, the file that carries it."""

    serial = forms.CharField(
        label=_("e-Meterai number"),
        max_length=40,
        help_text=_("The serial number on the stamp, as it is printed there."),
    )
    on = forms.DateField(label=_("Stamped on"), widget=day())
    file = SafeFileField(
        label=_("Stamped file"),
        kinds=DOCUMENTS,
        required=False,
        help_text=_("The PDF with the stamp on it, if there is one."),
    )

    def __init__(self, *args: Any, contract: Contract, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.update({"serial": contract.stamp_serial, "on": contract.stamp_on or today})
        self.helper = bare_helper(Fieldset("", Row(Column("serial"), Column("on")), "file"))

    def clean_serial(self) -> str:
        serial = "".join(str(self.cleaned_data["serial"]).split())
        if not SERIAL.fullmatch(serial):
            raise ValidationError(_("A number has 4 to 40 letters and digits. Copy it from the stamp."), code="serial")
        return serial

    def clean_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["on"]
        if on > self.today:
            raise ValidationError(_("This day has not come yet. When was it stamped?"), code="future")
        return on
