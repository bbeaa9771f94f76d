"""What is done to many cards at once."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.answers import day_input
from campaigns.planning.forms.boxes import helper, side_by_side
from campaigns.planning.forms.deliverables import check_days
from campaigns.planning.models import Campaign, Collaboration

LONGEST_SHIFT = 365


class DaysForm(forms.Form):
    """New days for everything that is not out yet: moved by some days, or set to a day."""

    shift = forms.IntegerField(
        label=_("Move by days"),
        required=False,
        min_value=-LONGEST_SHIFT,
        max_value=LONGEST_SHIFT,
        help_text=_("3 is three days later, -2 two days earlier."),
    )
    draft_due_on = forms.DateField(label=_("or: drafts due"), required=False, widget=day_input())
    post_due_on = forms.DateField(label=_("or: posting day"), required=False, widget=day_input())

    def __init__(self, *args: Any, campaign: Campaign, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("shift", side_by_side("draft_due_on", "post_due_on"))

    def clean(self) -> dict[str, Any]:

        data = super().clean() or {}
        fixed = data.get("draft_due_on") or data.get("post_due_on")
        check_days(self, data.get("draft_due_on"), data.get("post_due_on"))
        if not self.errors and bool(fixed) == bool(data.get("shift")):
            raise ValidationError(_("Either move the days by a number, or set them to a day."))
        data["shift"] = data.get("shift") or 0
        return data


class MoveForm(forms.Form):
    """Into which column."""

    to = forms.ChoiceField(label=_("Put into"), choices=[])
    why = forms.CharField(
        label=_("Why"), max_length=200, required=False, help_text=_("Needed only when they are not going ahead.")
    )

    def __init__(self, *args: Any, campaign: Campaign, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.choices = [(column, Collaboration.Status(column).label) for column in Collaboration.DECIDED]
        self.helper = helper("to", "why")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("to") == Collaboration.Status.OFF and not str(data.get("why") or "").strip():
            self.add_error("why", _("Say in a few words why they are not going ahead."))
        return data


class DropManyForm(forms.Form):
    why = forms.CharField(label=_("Why is it dropped? (optional)"), max_length=200, required=False)

    def __init__(self, *args: Any, campaign: Campaign, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("why")


class PricesForm(forms.Form):
    """How much the client pays on top of each fee."""

    markup = forms.DecimalField(
        label=_("On top of the fee, %"), min_value=0, max_value=999, decimal_places=2,
        help_text=_("Rounded to whole units of the currency."),
    )  # fmt: skip
    overwrite = forms.BooleanField(
        label=_("Also change prices that stand there already"), required=False, help_text=_("Even those typed by hand.")
    )

    def __init__(self, *args: Any, campaign: Campaign, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("markup", campaign.markup)
        self.helper = helper("markup", "overwrite")


class RemindForm(forms.Form):
    """Nothing to say: whose reminders are off is known."""

    def __init__(self, *args: Any, campaign: Campaign, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper()
