"""To which day something moves."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.planning.calendar.days import FIRST, LAST
from campaigns.planning.forms.answers import day_input
from campaigns.planning.forms.boxes import helper, side_by_side
from crm.reminders.registry import Shift

FARTHEST = 366


class MoveForm(forms.Form):
    """A day, or a number of days for many at once; and whether drafts go with their posts."""

    to = forms.DateField(label=_("To this day"), required=False, widget=day_input())
    by = forms.IntegerField(
        label=_("Or by so many days"),
        required=False,
        min_value=-FARTHEST,
        max_value=FARTHEST,
        help_text=_("3 is three days later, -1 one day earlier."),
    )
    along = forms.BooleanField(label=_("Drafts move with their posts, by the same days"), required=False, initial=True)

    def __init__(self, *args: Any, is_single: bool, carries: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes = ["to"] if is_single else ["to", "by"]
        if is_single:
            del self.fields["by"]
        if not carries:
            del self.fields["along"]
        self.helper = helper(side_by_side(*boxes), *(["along"] if carries else []))

    def clean_to(self) -> dt.date | None:
        on: dt.date | None = self.cleaned_data["to"]
        if on is not None and not FIRST <= on <= LAST:
            raise ValidationError(_("Choose a day of this century."))
        return on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        if data.get("to") is None and not data.get("by"):
            self.add_error("to", _("Choose the day."))
        elif data.get("to") is not None and data.get("by"):
            self.add_error("by", _("Choose a day or a number of days, not both."))
        return data

    @property
    def shift(self) -> Shift:
        data = self.cleaned_data
        return Shift(data.get("to"), data.get("by") or 0, data.get("along", True))
