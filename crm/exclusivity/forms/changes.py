"""Changing a promise that is in force, and ending it early."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Column, Field, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.base.windows import validate_period
from crm.exclusivity.actions.amending import TOO_EARLY
from crm.exclusivity.forms.clauses import MOST_DAYS, ClauseForm
from crm.exclusivity.forms.outside import day
from crm.exclusivity.models import Clause
from crm.team.forms import bare_helper


class AmendForm(ClauseForm):
    """The same sentence, and from which day on it says something else."""

    effective_on = forms.DateField(
        label=_("From which day on"), widget=day(),
        help_text=_("Up to the day before, the promise stays as it was. What was agreed before is only told of."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.fields["effective_on"].initial = today
        self.helper.layout.fields.insert(0, Row(Column(Field("effective_on"), css_class="col-sm-6")))

    def clean_effective_on(self) -> dt.date:
        chosen: dt.date = self.cleaned_data["effective_on"]
        validate_period(chosen, None)
        if chosen < self._today:
            raise ValidationError(TOO_EARLY)
        return chosen


class EndForm(forms.Form):
    """The last day of the deal, and what of the promise outlives it."""

    on = forms.DateField(
        label=_("Last day of the deal"), widget=day(), help_text=_("A promise that has not begun by then is void.")
    )
    survival = forms.ChoiceField(
        label=_("After that day"), choices=Clause.Survival.choices, widget=forms.RadioSelect,
    )  # fmt: skip
    tail_days = forms.IntegerField(label=_("Days it runs on"), min_value=0, max_value=MOST_DAYS, required=False)

    def __init__(self, *args: Any, clause: Clause, today: dt.date, **kwargs: Any) -> None:
        standing = {"on": clause.ended_on or today, "survival": clause.survival, "tail_days": clause.tail_days}
        super().__init__(*args, **{**kwargs, "initial": standing})
        self.helper = bare_helper(
            Row(Column(Field("on"), css_class="col-sm-6")), "survival",
            Row(Column(Field("tail_days"), css_class="col-sm-6")),
        )  # fmt: skip

    def clean_on(self) -> dt.date:
        chosen: dt.date = self.cleaned_data["on"]
        validate_period(chosen, None)
        return chosen

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if (
            data.get("survival") == Clause.Survival.TAIL
            and not data.get("tail_days")
            and "tail_days" not in self.errors
        ):
            self.add_error("tail_days", _("Say how many days it runs on."))
        return data
