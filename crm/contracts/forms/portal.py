"""What is typed on her own page about a contract: a yes with a name, a code, a question, another price, a no."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.utils.translation import gettext_lazy as _

from crm.base.money import MoneyField
from crm.base.text import one_line
from crm.contracts.models import Party

CONSENT = _(
    "I have read this contract and agree to it for %(people)s. My typed name, with the time and this browser, counts as "
    "my signature."
)


class YesForm(forms.Form):
    """Her name and a tick; for whom, when it is for several. The hash is the document she has read."""

    people = forms.TypedMultipleChoiceField(
        label=_("You sign for"), coerce=int, widget=forms.CheckboxSelectMultiple, required=True
    )
    name = forms.CharField(
        label=_("Your full name"), max_length=160, validators=[MinLengthValidator(3)],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    yes = forms.BooleanField()
    document = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, parties: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = list(parties)
        people = self.fields["people"]
        assert isinstance(people, forms.TypedMultipleChoiceField)
        people.choices = [(party.pk, party.name) for party in self.parties]
        self.initial.setdefault("people", [party.pk for party in self.parties])
        if len(self.parties) == 1:
            del self.fields["people"]
        self.fields["yes"].label = consent_words(self.parties)

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"], 160)

    @property
    def chosen(self) -> list[Party]:
        """For whom she signs now."""
        picked = self.cleaned_data.get("people") or [party.pk for party in self.parties]
        return [party for party in self.parties if party.pk in picked]


def consent_words(parties: Sequence[Party]) -> str:
    """What is ticked, with the names on the paper."""
    return str(CONSENT) % {"people": ", ".join(party.name for party in parties)}


class CodeForm(forms.Form):
    """Six digits."""

    code = forms.CharField(
        label=_("The six digits from our e-mail"), max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        digits = "".join(self.cleaned_data["code"].split())
        if not (digits.isascii() and digits.isdigit() and len(digits) == 6):
            raise ValidationError(_("A code has six digits."), code="digits")
        return digits


def words(label: Any, required: bool = True) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, required=required, max_length=1000, widget=area)


class QuestionForm(forms.Form):
    note = words(_("Your question"))


class PriceForm(forms.Form):
    """Another price, in her own words too."""

    amount = MoneyField(label=_("Your price"), min_value=Decimal(1), max_digits=14, decimal_places=2)
    note = words(_("Anything to add? (optional)"), required=False)


class DeclineForm(forms.Form):
    note = words(_("Why not? It helps us next time."))


class ToldPriceForm(forms.Form):
    """The same, as a colleague heard it: the words stand beside the channel already."""

    amount = MoneyField(label=_("Her price"), min_value=Decimal(1), max_digits=14, decimal_places=2)
