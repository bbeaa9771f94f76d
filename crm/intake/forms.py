"""What a person says about a file: the file, its sheet, what its columns mean."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from crm.influencers.imports.reading import MOST_BYTES, Table
from crm.intake.columns import samples_of
from crm.intake.kinds import IntakeKind
from crm.intake.models import Intake


class FileForm(forms.Form):
    """One file. Whether it can be read is found out by reading it."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        help_text=_("CSV with any delimiter, or Excel (.xlsx). Up to 10 MB and 50,000 rows."),
        error_messages={"empty": _("The file is empty.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare()

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 10 MB. Split it and import the parts one after the other.")
            )
        return file


class SheetForm(forms.Form):
    """Which sheet of a workbook."""

    sheet = forms.ChoiceField(label=_("Sheet"))

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sheet = self.fields["sheet"]
        assert isinstance(sheet, forms.ChoiceField)
        sheet.choices = [(name, name) for name in table.sheets]
        self.initial["sheet"] = table.sheet
        self.helper = bare()


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


def bare() -> FormHelper:
    """Fields only: the page writes the form element, its button and the token."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper
