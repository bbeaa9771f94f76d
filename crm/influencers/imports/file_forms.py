"""What a person says about any file: the file itself, and which sheet of it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from crm.influencers.imports.reading import MOST_BYTES, Table
from crm.team.forms import bare_helper


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
        self.helper = bare_helper()

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
        self.fields["sheet"].choices = [(name, name) for name in table.sheets]  # type: ignore[attr-defined]
        self.initial["sheet"] = table.sheet
        self.helper = bare_helper()
