"""A form field that hands the view only checked files."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from crm.base.files.kinds import EVERY_KIND, Kind
from crm.base.files.upload import Quota, accept_upload


class SafeFileField(forms.FileField):
    """Cleans to a SafeFile, to False when the person ticked "clear", or to the file that was there before.

    Set `quota` on the form's field once it is known whose files count.
    """

    widget = forms.ClearableFileInput
    default_error_messages = {
        "invalid": _("No file arrived. Choose it again and send the form."),
        "missing": _("No file arrived. Choose it again and send the form."),
        "empty": _("The file is empty. Choose another one."),
    }

    def __init__(self, *, kinds: Collection[Kind] = EVERY_KIND, quota: Quota | None = None, **kwargs: Any) -> None:
        self.kinds = frozenset(kinds)
        self.quota = quota
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        cleaned = super().clean(data, initial)
        if isinstance(cleaned, UploadedFile):
            return accept_upload(cleaned, kinds=self.kinds, quota=self.quota)
        return cleaned

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        endings = sorted(ending for kind in self.kinds for ending in kind.endings)
        return {**super().widget_attrs(widget), "accept": ",".join(endings)}
