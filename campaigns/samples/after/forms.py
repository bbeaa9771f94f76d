"""What is asked about what comes back, and about what came of a gift."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from campaigns.planning.forms.answers import day_input, few_words, web_address
from campaigns.planning.forms.boxes import helper, side_by_side
from campaigns.samples.after.inspection import Found
from campaigns.samples.models import Courier, SampleRequest, ShipmentItem
from crm.base.money import MoneyField
from crm.brands.models import Brand
from crm.team.models import User
from crm.timeline.models import Channel

LONGEST = 300


class Laid(forms.Form):
    """A form whose boxes stand one below the other, unless it says otherwise."""

    def __init__(self, *args: Any, today: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.helper = helper(*self.laid())

    def laid(self) -> Sequence[Any]:
        return [*self.fields]


class DayAhead(Laid):
    """By which day it is to be back: not one that has passed."""

    due_on = forms.DateField(label=_("Back by"), widget=day_input())

    def clean_due_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["due_on"]
        if self.today is not None and day < self.today:
            raise forms.ValidationError(_("That day has passed. Choose today or a later day."))
        return day


class ExtendForm(DayAhead):
    because = forms.CharField(label=_("Why?"), max_length=LONGEST, required=False)


class WaybillForm(Laid):
    """How it comes back. Neither courier nor number has to be known."""

    courier = forms.ModelChoiceField(Courier.objects.none(), label=_("Courier"), required=False)
    waybill = forms.CharField(label=_("Number of the parcel"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["courier"].queryset = Courier.objects.all()  # type: ignore[attr-defined]
        self.fields["courier"].empty_label = _("Another way")  # type: ignore[attr-defined]

    def clean_waybill(self) -> str:
        return "".join(str(self.cleaned_data["waybill"]).split()).upper()


class HerWaybillForm(WaybillForm):
    """What she says herself, with a word if she likes."""

    note = few_words(_("Anything to add? (optional)"), required=False)


class WhyForm(Laid):
    because = forms.CharField(label=_("Why?"), max_length=LONGEST)


class NothingForm(Laid):
    """One press is enough."""


class CheckForm(Laid):
    """Every line: so many as new, used, broken, missing. What nobody counts is as new."""

    used_go_back = forms.BooleanField(
        label=_("Used ones may go out again"), required=False, help_text=_("Only counted stock changes by it.")
    )
    note = forms.CharField(label=_("Note"), max_length=LONGEST, required=False)
    STATES = (("ok", _("As new")), ("used", _("Used")), ("damaged", _("Broken")), ("missing", _("Missing")))

    def __init__(self, *args: Any, lines: Sequence[ShipmentItem], **kwargs: Any) -> None:
        self.lines = lines
        super().__init__(*args, **kwargs)
        self.order_fields([*(box for line in lines for box in boxes_of(line)), "used_go_back", "note"])

    def laid(self) -> Sequence[Any]:
        for line in self.lines:
            for code, label in self.STATES:
                start = line.quantity if code == "ok" else 0
                box = forms.IntegerField(label=label, min_value=0, max_value=32_000, initial=start)
                self.fields[f"{code}_{line.pk}"] = box
        sets = [Fieldset(format_html("{} × {}", line.quantity, line.item), side_by_side(*boxes_of(line))) for line in self.lines]  # fmt: skip
        return [*sets, "used_go_back", "note"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for line in self.lines:
            counted = [data.get(box) for box in boxes_of(line)]
            if None not in counted and sum(counted) != line.quantity:  # type: ignore[arg-type]
                wrong = ngettext(
                    "%(n)d piece was sent. Count it once.", "%(n)d pieces were sent. The numbers have to add up to that.",
                    line.quantity,
                )  # fmt: skip
                self.add_error(f"ok_{line.pk}", wrong % {"n": line.quantity})
        return data

    def found(self) -> list[Found]:
        data = self.cleaned_data
        return [Found(line, *(data[box] for box in boxes_of(line))) for line in self.lines]


def boxes_of(line: ShipmentItem) -> list[str]:
    return [f"{code}_{line.pk}" for code, _label in CheckForm.STATES]


class ChargeForm(Laid):
    """Charge, or waive, with a reason either way."""

    CHARGE, WAIVE = "charge", "waive"
    decision = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[(CHARGE, _("Charge for it")), (WAIVE, _("Charge nothing"))],
    )  # fmt: skip
    amount = MoneyField(label=_("Amount"), min_value=Decimal(1), max_digits=14, decimal_places=2, required=False)
    because = forms.CharField(label=_("Why?"), max_length=LONGEST)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and data.get("decision") == self.CHARGE and not data.get("amount"):
            self.add_error("amount", _("Say how much is charged."))
        return data


class OutcomeForm(Laid):
    """What came of a gift, as a colleague saw it."""

    outcome = forms.ChoiceField(label=_("What came of it"), widget=forms.RadioSelect, choices=SampleRequest.Outcome)
    post_url = web_address(_("Address of the post"), required=False)
    note = forms.CharField(label=_("Note"), max_length=LONGEST, required=False)


class TouchForm(Laid):
    """How a colleague reached her about a gift."""

    channel = forms.ChoiceField(label=_("By"), choices=[one for one in Channel.choices if one[0]])
    quote = few_words(_("What was said (optional)"), required=False)


class GiftPostedForm(Laid):
    """Where the post is, if she likes to say."""

    url = web_address(
        _("Address of the post (optional)"), required=False, help_text=_("In the app: Share, then Copy link.")
    )
    note = few_words(_("Anything to add? (optional)"), required=False)


class GiftFilter(forms.Form):
    """Which gifts are looked at."""

    OPEN = "open"
    brand = forms.ModelChoiceField(Brand.objects.none(), label=_("Brand"), required=False, empty_label=_("All"))
    outcome = forms.ChoiceField(
        label=_("What came of it"), required=False,
        choices=[("", _("All")), (OPEN, pgettext_lazy("a state", "Open")), *SampleRequest.Outcome.choices],
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["brand"].queryset = Brand.objects.visible_to(user).order_by("name")  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """What was asked for; what cannot be read asks for nothing."""
        self.is_valid()
        return {"brand": self.cleaned_data.get("brand"), "outcome": self.cleaned_data.get("outcome") or ""}
