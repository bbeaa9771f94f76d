"""Forms that remember what they showed: saving over somebody else's change is noticed, and nothing typed is lost."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.timeline.edits import ChangedMeanwhile, read_seen


class SeenMixin(forms.BaseForm):
    """For ModelForms of stamped rows: adds the hidden moment at which the row was shown, unless the row is new."""

    instance: Any

    def remember(self) -> None:
        """Call at the end of __init__."""
        if self.instance.pk is None:
            return
        self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.initial.setdefault("seen", self.instance.updated_at.isoformat())

    def clean_seen(self) -> dt.datetime:
        seen = read_seen(self.cleaned_data.get("seen", ""))
        if seen is None:
            raise ValidationError(_("This page is out of date. Open it again."), code="seen")
        return seen

    @property
    def seen(self) -> dt.datetime:
        """What the form was opened on; only after is_valid()."""
        moment: dt.datetime = self.cleaned_data["seen"]
        return moment

    def show_change(self, changed: ChangedMeanwhile) -> None:
        """Say who saved in between, and let the next save go through."""
        self.add_error(None, str(changed))
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = changed.now_at.isoformat()  # type: ignore[index]
