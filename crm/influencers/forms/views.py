"""The form behind "keep this view"."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.team.forms import bare_helper


class SavedViewForm(forms.Form):
    """What to call the filter that is on. The filter itself comes along hidden."""

    name = forms.CharField(label=_("Name of this view"), max_length=40)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = bare_helper()
