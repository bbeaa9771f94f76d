"""What a person says about the columns of a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.influencers.imports.reading import Table
from crm.intake.columns import samples_of
from crm.intake.kinds import IntakeKind
from crm.intake.models import Intake


class ColumnsForm(forms.Form):
    """What each column means; a kind's own form says what counts for the whole file."""

    def __init__(self, *args: Any, kind: IntakeKind, run: Intake, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kind = kind
        offered = [("", _("Leave out")), *kind.meanings.items()]
        self._names: list[str] = []
        for index, (heading, target, samples) in enumerate(
            zip(table.header, run.columns["targets"], samples_of(table), strict=True)
        ):
            self._names.append(f"column_{index}")
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=heading,
                choices=offered,
                initial=target,
                required=False,
                help_text=" · ".join(samples),
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    @property
    def columns(self) -> list[forms.BoundField]:
        """The fields, in the order of the file."""
        return [self[name] for name in self._names]

    @property
    def targets(self) -> list[str]:
        """What the columns mean, once the form is valid."""
        return [self.cleaned_data[name] for name in self._names]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            wrong = self._kind.wrong_columns([data[name] for name in self._names])
            if wrong:
                raise forms.ValidationError(wrong)
        return data
