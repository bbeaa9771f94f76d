"""What the audit may be asked for."""

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from crm.timeline.looks import GROUPS
from crm.timeline.models import Entry
from crm.timeline.queries import Asked

if TYPE_CHECKING:
    from crm.team.models import User


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AuditForm(forms.Form):
    """Who, what kind, about whom, which brand, when, which words. Everything may stay empty."""

    words = forms.CharField(label=_("Words"), max_length=100, required=False)
    who: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Who"), queryset=None, required=False, empty_label=_("anybody")
    )
    group = forms.ChoiceField(label=_("What"), required=False)
    person = forms.CharField(label=_("Person"), max_length=120, required=False)
    brand: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Brand"), queryset=None, required=False, empty_label=_("any brand")
    )
    since = forms.DateField(label=_("From"), required=False, widget=_day())
    until = forms.DateField(label=_("To"), required=False, widget=_day())

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The tables of colleagues and brands are higher rooms: the entry's own relations name them.
        for name, relation in (("who", "actor"), ("brand", "brand")):
            table: Any = Entry._meta.get_field(relation).related_model
            self.fields[name].queryset = table._default_manager.visible_to(user).order_by("name")  # type: ignore[attr-defined]
        groups = [(code, label) for code, (label, _families) in GROUPS.items()]
        self.fields["group"].choices = [("", _("anything")), *groups]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def asked(self) -> Asked:
        """The question as far as it could be read; what could not be read is told beside its field."""
        self.is_valid()
        found = self.cleaned_data
        return Asked(
            who=getattr(found.get("who"), "pk", None),
            group=found.get("group", ""),
            person=found.get("person", ""),
            brand=getattr(found.get("brand"), "pk", None),
            since=found.get("since"),
            until=found.get("until"),
            words=found.get("words", ""),
        )

    def chips(self) -> list[tuple[str, str, str]]:
        """What is asked for, each as (field, label, value) for a chip that can go."""
        asked = [name for name in self.fields if self.cleaned_data.get(name)]
        return [(name, str(self.fields[name].label), self._spoken(name)) for name in asked]

    def _spoken(self, name: str) -> str:
        value = self.cleaned_data[name]
        return str(dict(self.fields["group"].choices)[value]) if name == "group" else str(value)  # type: ignore[attr-defined]
