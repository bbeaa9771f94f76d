"""What a person says with each step of a case."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.base.files import IMAGES, SafeFile, SafeFileField
from crm.base.windows import validate_period
from crm.base.zones import local_date, local_instant
from crm.exclusivity.actions.cases import Shown
from crm.exclusivity.models import BreachCase
from crm.team.forms import bare_helper
from crm.timeline.models import Channel

NOON = dt.time(12)


def moment(on: dt.date, zone: str, now: dt.datetime) -> dt.datetime:
    """An instant for a day somebody named: now when it is today, else noon there."""
    return now if on == local_date(now, zone) else local_instant(on, NOON, zone)


class StepForm(forms.Form):
    """A step that needs no words."""

    layout: tuple[Any, ...] = ()

    def __init__(self, *args: Any, case: BreachCase, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.now = case, now
        self.helper = bare_helper(*(self.layout or tuple(self.fields)))

    @property
    def said(self) -> dict[str, Any]:
        """What goes into the row with the step."""
        return {name: value for name, value in self.cleaned_data.items() if name in ("why", "remedy")}

    def is_past(self, name: str) -> dt.date:
        on: dt.date = self.cleaned_data[name]
        validate_period(on, None)
        if on > local_date(self.now, self.case.zone):
            raise ValidationError(_("This day has not come yet."), code="future")
        return on


class WhyForm(StepForm):
    why = forms.CharField(label=_("Because"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class RemedyForm(StepForm):
    remedy = forms.ChoiceField(label=_("Made good by"), choices=BreachCase.Remedy)
    why = forms.CharField(
        label=_("In a sentence"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class TellForm(StepForm):
    """She was told: how, when, in which words. From that day on she has so many days."""

    channel = forms.ChoiceField(label=_("How she was told"))
    told_on = forms.DateField(label=_("Told on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    words = forms.CharField(
        label=_("What you wrote or said"), max_length=4000, widget=forms.Textarea(attrs={"rows": 9})
    )
    layout = (Row(Column("channel"), Column("told_on")), "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [choice for choice in Channel.choices if choice[0]]  # type: ignore[attr-defined]
        self.initial.setdefault("channel", Channel.WHATSAPP)
        self.initial.setdefault("told_on", local_date(self.now, self.case.zone))

    def clean_told_on(self) -> dt.date:
        on = self.is_past("told_on")
        if on < local_date(self.case.created_at, self.case.zone):
            raise ValidationError(_("That is before this case was opened."), code="early")
        return on

    @property
    def told_at(self) -> dt.datetime:
        return moment(self.cleaned_data["told_on"], self.case.zone, self.now)


class EvidenceForm(StepForm):
    """What was seen: an address, a picture, or both."""

    url = forms.URLField(
        label=_("Address of the post"), max_length=400, assume_scheme="https", required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "placeholder": "https://"}),
    )  # fmt: skip
    screenshot = SafeFileField(label=_("Screenshot"), kinds=IMAGES, required=False)
    seen_on = forms.DateField(label=_("Seen on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    layout = (Row(Column("url"), Column("seen_on", css_class="col-sm-4")), "screenshot", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen_on", local_date(self.now, self.case.zone))

    def clean_seen_on(self) -> dt.date:
        return self.is_past("seen_on")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("url") and not data.get("screenshot"):
            self.add_error(
                "url", _("Paste the address of the post, or add a screenshot: what is not shown is forgotten.")
            )
        return data

    @property
    def shown(self) -> Shown:
        data = self.cleaned_data
        file: SafeFile | None = data.get("screenshot") or None
        return Shown(moment(data["seen_on"], self.case.zone, self.now), data.get("url", ""), file, data.get("note", ""))
