"""What somebody looks for among those who are barred."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.brands.forms import category_choices


class BarredForm(forms.Form):
    """One category, or anything."""

    BY_PERSON, BY_CATEGORY = "", "category"

    category = forms.TypedChoiceField(label=_("Barred from"), required=False, coerce=int, empty_value=None)

    by = forms.ChoiceField(
        label=_("One row for each"), required=False, choices=[(BY_PERSON, _("person")), (BY_CATEGORY, _("category"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = category_choices(_("Anything"))  # type: ignore[attr-defined]

    @property
    def chosen(self) -> int | None:
        """The category to look at; an unknown one counts as none and says so."""
        return self.cleaned_data.get("category") if self.is_bound and self.is_valid() else None

    @property
    def is_by_category(self) -> bool:
        return self.is_bound and self.is_valid() and self.cleaned_data["by"] == self.BY_CATEGORY
