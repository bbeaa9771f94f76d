"""What a colleague heard about agreeing."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.base.files import DOCUMENTS, IMAGES, SafeFileField
from crm.base.zones import local_date, local_midnight
from crm.outbox.topics import Purpose
from crm.timeline.models import Channel


class AgreedForm(forms.Form):
    """She agreed, and how we know: the day, the way, her words or a screenshot."""

    purpose = forms.ChoiceField(label=_("She agreed to"), choices=Purpose.choices)
    said_on = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    channel = forms.ChoiceField(label=_("Told by"), choices=[choice for choice in Channel.choices if choice[0]])
    words = forms.CharField(
        label=_("In her words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The house must be able to show it."),
    )
    file = SafeFileField(label=_("Screenshot or paper (optional)"), kinds=IMAGES | DOCUMENTS, required=False)

    def __init__(self, *args: Any, now: dt.datetime, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.zone = now, zone
        self.fields["said_on"].initial = local_date(now, zone)

    def clean_said_on(self) -> dt.date:
        said_on: dt.date = self.cleaned_data["said_on"]
        if said_on > local_date(self.now, self.zone):
            raise ValidationError(_("That day has not come yet."))
        return said_on

    @property
    def said_at(self) -> dt.datetime:
        """The beginning of that day where she is, and never later than now."""
        return min(local_midnight(self.cleaned_data["said_on"], self.zone), self.now)
