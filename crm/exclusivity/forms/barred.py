"""What somebody looks for among those who are barred."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.brands.forms import category_choices


class BarredForm(forms.Form):
    """One category, or anything."""

    category = forms.TypedChoiceField(label=_("Barred from"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = category_choices(_("Anything"))  # type: ignore[attr-defined]

    @property
    def chosen(self) -> int | None:
        """The category to look at; an unknown one counts as none and says so."""
        return self.cleaned_data.get("category") if self.is_bound and self.is_valid() else None
