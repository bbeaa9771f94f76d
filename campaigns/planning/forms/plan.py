"""Lists of rows that grow and shrink without a script: one more line, one line less, and save."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.models import BaseInlineFormSet, inlineformset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.answers import day_input
from campaigns.planning.forms.boxes import helper
from campaigns.planning.models import Campaign, Channel, Pillar

if TYPE_CHECKING:
    ChannelModelForm = forms.ModelForm[Channel]
    PillarModelForm = forms.ModelForm[Pillar]
    Rows = BaseInlineFormSet[Any, Any, Any]
else:
    ChannelModelForm = PillarModelForm = forms.ModelForm
    Rows = BaseInlineFormSet

MOST = 40


class ChannelForm(ChannelModelForm):
    """What else runs, and when."""

    class Meta:
        model = Channel
        fields = ["kind", "note", "start_on", "end_on"]
        widgets = {"start_on": day_input(), "end_on": day_input()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("start_on"), data.get("end_on")
        if start and end and end < start:
            self.add_error("end_on", _("The last day is before the first one."))
        return data


class PillarForm(PillarModelForm):
    """One message in few words."""

    class Meta:
        model = Pillar
        fields = ["name", "note"]

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())


class RowsForm(Rows):
    """Rows of one campaign, each with a box that takes it out."""

    def add_fields(self, form: forms.ModelForm[Any], index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Take out")
        made = helper(*(name for name in form.fields if name != "campaign"))
        made.disable_csrf = True
        form.helper = made  # type: ignore[attr-defined]

    @property
    def kept(self) -> list[Any]:
        """The rows to store, in their order; only after a successful check."""
        return [
            form.instance for form in self.forms
            if form not in self.deleted_forms and (form.instance.pk is not None or form.has_changed())
        ]  # fmt: skip

    @property
    def gone(self) -> list[Any]:
        return [form.instance for form in self.deleted_forms if form.instance.pk is not None]


ChannelRows = inlineformset_factory(
    Campaign, Channel, form=ChannelForm, formset=RowsForm, extra=1, max_num=MOST, validate_max=True
)
PillarRows = inlineformset_factory(
    Campaign, Pillar, form=PillarForm, formset=RowsForm, extra=1, max_num=MOST, validate_max=True
)
ROWS: dict[str, Any] = {"channels": ChannelRows, "pillars": PillarRows}


def with_one_more(typed: QueryDict) -> QueryDict:
    """What was typed, and room for one more line."""
    data = typed.copy()
    total = next((name for name in data if name.endswith("-TOTAL_FORMS")), "")
    rows = str(data.get(total, ""))
    if rows.isascii() and rows.isdigit():
        data[total] = str(min(MOST, int(rows) + 1))
    return data
