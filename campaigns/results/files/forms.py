"""What a person says about the columns of a file of results."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.results.files.kinds import FileKind


class ColumnsForm(forms.Form):
    """What each column means."""

    def __init__(
        self,
        data: Any,
        *,
        kind: FileKind,
        header: Sequence[str],
        samples: Sequence[Sequence[str]],
        targets: Sequence[str] = (),
    ) -> None:
        super().__init__(data)
        self._kind = kind
        offered = [("", _("Leave out")), *((column.code, column.label) for column in kind.columns)]
        for index, heading in enumerate(header):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=heading, choices=offered, required=False,
                initial=targets[index] if index < len(targets) else "",
                help_text=" · ".join(samples[index]) if index < len(samples) else "",
                widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
            )  # fmt: skip

    @property
    def targets(self) -> list[str]:
        """What the columns mean, once the form is valid."""
        return [self.cleaned_data[name] for name in self.fields]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        wrong = "" if self.errors else self._kind.wrong_columns([data[name] for name in self.fields])
        if wrong:
            raise forms.ValidationError(wrong)
        return data
