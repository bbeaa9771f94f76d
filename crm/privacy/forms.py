"""What is typed about requests and holds."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.base.files import DOCUMENTS, IMAGES, SafeFileField
from crm.base.zones import local_date, local_instant
from crm.privacy.models import LegalHold, PrivacyRequest
from crm.team.forms import bare_helper
from crm.timeline.models import Channel

NOON = dt.time(12)


def day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class AskedForm(forms.Form):
    """She asked a colleague: what, how, when, in which words, and what shows it."""

    kind = forms.ChoiceField(label=_("What she asks"), choices=PrivacyRequest.Kind, widget=forms.RadioSelect)
    channel = forms.ChoiceField(label=_("How she asked"))
    asked_on = day(_("Asked on"), help_text=_("Three times 24 hours run from here."))
    words = forms.CharField(
        label=_("Her words"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    proof = SafeFileField(label=_("Screenshot or letter"), kinds=IMAGES | DOCUMENTS, required=False)

    def __init__(self, *args: Any, zone: str, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now = zone, now
        self.helper = bare_helper(Fieldset("", "kind", Row(Column("channel"), Column("asked_on")), "words", "proof"))
        self.fields["channel"].choices = [choice for choice in Channel.choices if choice[0]]  # type: ignore[attr-defined]
        self.initial.setdefault("channel", Channel.WHATSAPP)
        self.initial.setdefault("asked_on", local_date(now, zone))

    def clean_asked_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["asked_on"]
        today = local_date(self.now, self.zone)
        if on > today:
            raise ValidationError(_("This day has not come yet."), code="future")
        if on < today - dt.timedelta(days=366):
            raise ValidationError(_("That is more than a year ago. Check the year."), code="old")
        return on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("words") and not data.get("proof"):
            self.add_error("words", _("Write down her words, or add a screenshot: it is what shows that she asked."))
        return data

    @property
    def asked_at(self) -> dt.datetime:
        """Now when it is today, else noon of that day where she lives."""
        on: dt.date = self.cleaned_data["asked_on"]
        return self.now if on == local_date(self.now, self.zone) else local_instant(on, NOON, self.zone)


class ReasonForm(forms.Form):
    """Why something is refused or lifted."""

    why = forms.CharField(label=_("Because"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


class HoldForm(forms.ModelForm):  # type: ignore[type-arg]
    """Nothing about her may go: why, by which law, until when."""

    class Meta:
        model = LegalHold
        fields = ("why", "source", "from_on", "until_on")
        widgets = {
            "why": forms.Textarea(attrs={"rows": 3}),
            "from_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "until_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper(Fieldset("", "why", "source", Row(Column("from_on"), Column("until_on"))))
