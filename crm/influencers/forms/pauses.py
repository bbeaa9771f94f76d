"""Until when nobody reminds a person, and why."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.base.text import validate_header_text
from crm.influencers.forms.details import day
from crm.influencers.models import ReminderPause
from crm.team.forms import bare_helper

LONGEST = dt.timedelta(days=366)


class PauseForm(forms.Form):
    """Both are asked for: a pause that nobody can explain, or that never ends, is a person who was forgotten."""

    until = forms.DateField(label=_("Through"), widget=day(), help_text=_("The last day without reminders."))
    why = forms.CharField(
        label=_("Why"),
        max_length=200,
        help_text=_("In a few words, for colleagues: she moves house, she asked for calm."),
        validators=[validate_header_text],
    )

    def __init__(self, *args: Any, today: dt.date, running: ReminderPause | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if running is not None:
            self.initial.update({"until": running.until_on, "why": running.why})
        self.helper = bare_helper(Fieldset("", "until", "why"))

    def clean_until(self) -> dt.date:
        until: dt.date = self.cleaned_data["until"]
        if until < self.today:
            raise ValidationError(_("This day is over. Choose today or a later one."), code="past")
        if until > self.today + LONGEST:
            raise ValidationError(_("That is more than a year away. Choose an earlier day."), code="far")
        return until
