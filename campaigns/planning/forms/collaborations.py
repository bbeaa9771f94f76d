"""Forms about one person's part in a campaign."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.boxes import helper
from campaigns.planning.models import Collaboration
from crm.base.money import MoneyField

if TYPE_CHECKING:
    CollaborationModelForm = forms.ModelForm[Collaboration]
else:
    CollaborationModelForm = forms.ModelForm


class TermsForm(CollaborationModelForm):
    """What she gets, what the client pays for it, and a line to remember."""

    class Meta:
        model = Collaboration
        fields = ["fee", "client_price", "note"]
        field_classes = {"fee": MoneyField, "client_price": MoneyField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client_price"].help_text = _("What the client sees. The fee and the note stay with us.")
        self.helper = helper("fee", "client_price", "note")


class OffForm(forms.Form):
    """Why somebody is not going ahead, in words that can be counted later."""

    why = forms.CharField(
        label=_("Why is this not going ahead?"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "off-reasons", "autocomplete": "off"}),
        help_text=_("A few words; the board counts them."),
    )

    REASONS = (
        _("Said not this time"),
        _("Too dear"),
        _("No answer"),
        _("Booked by a rival"),
        _("Does not fit after all"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("why")
