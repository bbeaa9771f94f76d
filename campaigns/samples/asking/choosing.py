"""The form in which she says where it goes and which one she would like: one form for all of it.

Boxes depend on what is asked, so each request has a form of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.samples.asking.answers import DETAILS
from campaigns.samples.models import SampleItem
from crm.brands.models import ProductVariant
from crm.influencers.forms.details import INDONESIA, INDONESIAN
from crm.influencers.models import Address
from crm.templatetags.ui import swatch

POSTCODE_LENGTH = 5


@dataclass(frozen=True)
class Question:
    """What one request asks of her: which of these variants, in which words she agrees, in which country she lives."""

    choices: Mapping[SampleItem, Sequence[ProductVariant]]
    words: str = ""
    country: str = INDONESIA


class ChoiceForm(forms.Form):
    """Which one she would like, and her yes where it is still missing."""

    asked: ClassVar[Question]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_choices(self, self.asked)

    def clean(self) -> dict[str, Any]:
        return with_choices(self, super().clean() or {})


class WhereForm(forms.ModelForm[Address]):
    """The whole address. In Indonesia with RT/RW, kelurahan and kecamatan; elsewhere what every country has."""

    asked: ClassVar[Question]
    only_once = forms.BooleanField(
        label=_("Only for this parcel"), required=False, help_text=_("For example a studio or a hotel.")
    )

    class Meta:
        model = Address
        fields = DETAILS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("country", self.asked.country)
        for name in INDONESIAN if self.asked.country != INDONESIA else ():
            del self.fields[name]
        self.fields["recipient"].label = _("Who receives it")
        self.fields["landmark"].help_text = _("What the courier looks for: a mosque, a shop, the colour of the gate.")
        self.fields["phone"].help_text = _("The courier calls this number, for example +62 812 3456 7890.")
        add_choices(self, self.asked)

    def clean_postcode(self) -> str:
        code: str = "".join(self.cleaned_data["postcode"].split())
        is_indonesia = str(self.cleaned_data.get("country") or "") == INDONESIA
        if is_indonesia and not (code.isdigit() and len(code) == POSTCODE_LENGTH):
            raise ValidationError(_("A postcode has five digits, for example 12190."), code="postcode")
        return code if is_indonesia else self.cleaned_data["postcode"]

    def clean(self) -> dict[str, Any]:
        return with_choices(self, super().clean() or {})


def add_choices(form: forms.BaseForm, asked: Question) -> None:
    """One row of tiles for each thing she chooses, and the box to tick."""
    for line, variants in asked.choices.items():
        form.fields[f"choice_{line.pk}"] = forms.ChoiceField(
            label=line.product.name,
            choices=[(str(one.pk), swatch(one.swatch, one.name)) for one in variants],
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Say which one you would like."),
                "invalid_choice": _("Choose one of these."),
            },
        )
    if asked.words:
        form.fields["agrees"] = forms.BooleanField(
            label=asked.words, error_messages={"required": _("Without this yes we may not keep the address.")}
        )


def with_choices(form: Any, data: dict[str, Any]) -> dict[str, Any]:
    """What she chose as variants, by the line it is for."""
    offered = {str(one.pk): one for variants in form.asked.choices.values() for one in variants}
    picked = {line.pk: data.get(f"choice_{line.pk}") for line in form.asked.choices}
    data["choices"] = {pk: offered[key] for pk, key in picked.items() if key in offered}
    return data


def asks_for(base: type[forms.BaseForm], asked: Question) -> type[Any]:
    """The form of one request."""
    return type(base.__name__, (base,), {"asked": asked})
