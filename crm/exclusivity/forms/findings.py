"""What somebody looks for among findings, and the words that belong to a decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.base.paging import LARGEST_ID
from crm.base.text import one_line
from crm.brands.models import Brand
from crm.exclusivity.models import Finding
from crm.team.forms import bare_helper
from crm.team.models import User

PARTS = (("", _("To decide")), ("asked", _("Waits for a second person")), ("settled", _("Settled")))


class FindingFilter(forms.Form):
    """Which findings: a part of the list, and whom, what and how badly they concern."""

    part = forms.ChoiceField(choices=PARTS, required=False, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Person"), required=False, max_length=80)
    person = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)
    severity = forms.TypedChoiceField(label=_("Weight"), required=False, coerce=int, empty_value=None)
    direction = forms.ChoiceField(label=_("How"), required=False)
    brand: forms.ModelChoiceField[Brand] = forms.ModelChoiceField(label=_("Brand"), queryset=None, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["severity"].choices = [("", _("Any weight")), *Finding.Severity.choices]  # type: ignore[attr-defined]
        self.fields["direction"].choices = [("", _("Any way")), *Finding.Direction.choices]  # type: ignore[attr-defined]
        self.fields["brand"].queryset = Brand.objects.visible_to(user).order_by("name")  # type: ignore[attr-defined]
        self.fields["brand"].empty_label = _("Any brand")  # type: ignore[attr-defined]

    def clean_q(self) -> str:
        return one_line(self.cleaned_data["q"])

    @property
    def asked(self) -> dict[str, Any]:
        """What was chosen; what makes no sense counts as not chosen."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}

    @property
    def is_narrow(self) -> bool:
        return bool(self.asked.keys() - {"part"})


class NoConflictForm(forms.Form):
    """Why what looks like a conflict is none."""

    why = forms.CharField(
        label=_("Why it is none"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: the product is a perfume, not skincare."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper("why")
