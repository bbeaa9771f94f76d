"""What she, or a colleague who heard it from her, says of a parcel that came."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.answers import day_input, few_words
from campaigns.samples.models import Shipment, ShipmentItem
from crm.base.files import IMAGES, SafeFileField
from crm.base.zones import local_instant

LINE, NOON = "line_", dt.time(12, 0)


class DayForm(forms.Form):
    """On which day it came."""

    on = forms.DateField(label=_("Arrived on"), widget=day_input())

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet. Choose today or an earlier day."))
        return day


class HereForm(DayForm):
    note = few_words(_("Anything to add? (optional)"), required=False)


class NotYetForm(forms.Form):
    note = few_words(_("Anything the courier told you? (optional)"), required=False)


class WrongForm(DayForm):
    """How many of each came whole; a photo helps, and nobody has to send one."""

    note = few_words(_("What is missing or broken?"))
    file = SafeFileField(label=_("Photo (optional)"), kinds=IMAGES, required=False)


class ToldWrongForm(DayForm):
    """Their words and the photo stand beside it."""


def with_lines(form: type[forms.Form], lines: list[ShipmentItem], *, whole: bool = False) -> type[forms.Form]:
    """The form with a box for each line of the parcel: how many came whole. `whole` begins with all of them."""
    boxes: dict[str, Any] = {
        f"{LINE}{line.pk}": forms.IntegerField(
            label=_("%(what)s: how many came whole, of %(n)s") % {"what": line.item, "n": line.quantity},
            min_value=0,
            max_value=line.quantity,
            initial=_begins_with(line) if whole else line.arrived,
        )
        for line in lines
    }
    return type(form.__name__, (form,), boxes)


def _begins_with(line: ShipmentItem) -> int:
    return line.quantity if line.arrived is None else line.arrived


def numbers_in(data: Mapping[str, Any]) -> dict[int, int] | None:
    """How many of each line came whole, where it was asked."""
    found = {int(name.removeprefix(LINE)): n for name, n in data.items() if name.startswith(LINE) and n is not None}
    return found or None


def noon_of(on: dt.date, shipment: Shipment, now: dt.datetime) -> dt.datetime:
    """Noon of the day somebody names, where the campaign is; now, while it is not noon yet."""
    return min(local_instant(on, NOON, shipment.zone), now)


def lines_of(shipment: Shipment) -> list[ShipmentItem]:
    return sorted(shipment.items.all(), key=lambda line: line.pk)
