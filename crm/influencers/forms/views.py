"""The forms behind "keep this view" and the page of all tabs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.team.forms import bare_helper


class ViewForm(forms.Form):
    """What a tab is called and who sees it."""

    name = forms.CharField(label=_("Name of this view"), max_length=40)
    is_shared = forms.BooleanField(label=_("For everybody"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = bare_helper()


class SavedViewForm(ViewForm):
    """A new tab. The filter that is on comes along hidden."""

    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
