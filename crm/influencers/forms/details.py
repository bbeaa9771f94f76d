"""Forms for addresses, prices, notes and days off."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.influencers.models import Address, DayOff, Influencer, Note
from crm.team.forms import bare_helper
from crm.timeline.edit_forms import SeenMixin

INDONESIA = "ID"
INDONESIAN = ("rt_rw", "kelurahan", "kecamatan")


def day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AddressForm(SeenMixin, forms.ModelForm[Address]):
    """The form follows the country: Indonesia has kelurahan and kecamatan, elsewhere there is a state."""

    class Meta:
        model = Address
        fields = [
            "country", "recipient", "phone", "street", *INDONESIAN, "city", "province", "postcode", "landmark",
            "is_current",
        ]  # fmt: skip

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["country"] = country
        is_indonesia = country == INDONESIA
        if not is_indonesia:
            for name in INDONESIAN:
                del self.fields[name]
        self.fields["province"].label = _("Province") if is_indonesia else _("State or province")
        self.fields["city"].label = _("City or regency") if is_indonesia else _("City")
        self.fields["landmark"].help_text = _("What the courier looks for: a mosque, a shop, the colour of the gate.")
        detail = [Row(Column("rt_rw"), Column("kelurahan"), Column("kecamatan"))] if is_indonesia else []
        self.helper = bare_helper(
            Fieldset(
                "",
                "country",
                Row(Column("recipient"), Column("phone")),
                "street",
                *detail,
                Row(Column("city"), Column("province"), Column("postcode", css_class="col-sm-3")),
                "landmark",
                "is_current",
            ),
            *(["seen"] if self.instance.pk else []),
        )
        self.remember()


class NoteForm(SeenMixin, forms.ModelForm[Note]):
    """Something worth remembering."""

    class Meta:
        model = Note
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = _("Everybody who works with her can read this.")
        self.helper = bare_helper(Fieldset("", "text"), *(["seen"] if self.instance.pk else []))
        self.remember()


class DayOffForm(forms.ModelForm[DayOff]):
    """First and last day on which she wants to hear from nobody."""

    class Meta:
        model = DayOff
        fields = ["start_on", "end_on", "note"]
        widgets = {"start_on": day(), "end_on": day()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper(Fieldset("", Row(Column("start_on"), Column("end_on")), "note"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("start_on"), data.get("end_on")
        if start and end and end < start:
            self.add_error("end_on", _("The last day lies before the first. Swap them or correct one."))
        elif start and end and (end - start).days > 366:
            self.add_error("end_on", _("That is more than a year. Put her stage on “resting” instead."))
        return data


class BarForm(SeenMixin, forms.ModelForm[Influencer]):
    """Why nobody writes to her any more, and until when."""

    why = forms.CharField(label=_("Why"), max_length=200, help_text=_("In a few words: who asked for it, where."))
    until = forms.DateField(
        label=_("Until (empty: for good)"), required=False, widget=day(), help_text=_("The last day of silence.")
    )

    class Meta:
        model = Influencer
        fields: list[str] = []

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.update({"why": self.instance.do_not_contact_why, "until": self.instance.do_not_contact_until})
        self.helper = bare_helper(Fieldset("", "why", "until"), "seen")
        self.remember()

    def clean_until(self) -> dt.date | None:
        until: dt.date | None = self.cleaned_data["until"]
        if until is not None and until < self.today:
            raise ValidationError(_("This day is over. Leave it empty to bar contact for good."), code="past")
        return until


class LiftForm(SeenMixin, forms.ModelForm[Influencer]):
    """Why she may be written to again."""

    why = forms.CharField(label=_("Why"), max_length=200, help_text=_("For example: she wrote to us on 20 November."))

    class Meta:
        model = Influencer
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper(Fieldset("", "why"), "seen")
        self.remember()
