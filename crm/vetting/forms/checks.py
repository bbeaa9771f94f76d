"""The checklist as a form: one small form for each item, a day for all; and the reason of an override."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field
from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from crm.base.files import SafeFileField
from crm.team.forms import bare_helper
from crm.vetting.actions import CheckedMeanwhile, Finding
from crm.vetting.models import Check, HoldOverride
from crm.vetting.queries.checklist import Checklist, Line

LONGEST_AGO = dt.timedelta(days=366)


class FindingForm(forms.Form):
    """One item. Without a verdict nothing is kept, so a line somebody skips stays as it is."""

    verdict = forms.ChoiceField(
        label=_("Verdict"), choices=Check.Verdict.choices, required=False, widget=forms.RadioSelect
    )
    evidence = forms.CharField(
        label=_("What you saw"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 1})
    )
    link = forms.URLField(label=_("Link to it"), required=False, max_length=400, assume_scheme="https")
    file = SafeFileField(label=_("File or screenshot"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prefix = f"item-{line.item.pk}"
        self.line = line
        self.initial["seen"] = line.check.pk if line.check else 0
        name = str(line.item)
        self.fields["verdict"].widget.attrs["aria-label"] = name
        self.fields["evidence"].widget.attrs["placeholder"] = _("What you saw, in a few words")
        for field in ("evidence", "link", "file"):
            self.fields[field].widget.attrs["aria-label"] = f"{name}: {self.fields[field].label}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        said = data.get("evidence") or data.get("link") or data.get("file")
        verdict = data.get("verdict")
        if said and not verdict and "verdict" not in self.errors:
            self.add_error("verdict", _("You wrote something here. Choose a verdict, or empty the line."))
        needs_words = verdict and verdict != Check.Verdict.PASS
        if needs_words and not said and not self.errors:
            self.add_error("evidence", _("Say what you saw, or add a link or a file: others will rely on it."))
        return data

    @property
    def helper(self) -> FormHelper:
        """Link and file are folded away until somebody uses them."""
        used = self["link"].value() or self["link"].errors or self["file"].errors
        more = Div(Field("link"), Field("file"), css_class="two")
        folded = Div(more, template="crm/vetting/_folded.html", css_class="folded", **({"open": ""} if used else {}))
        return bare_helper(InlineRadios("verdict"), "evidence", folded, "seen")

    def finding(self) -> Finding | None:
        """What is to be kept; None for a skipped line."""
        data = self.cleaned_data
        if not data["verdict"]:
            return None
        return Finding(
            self.line.item, data["verdict"], data["evidence"], data["link"], data["file"] or None, data["seen"] or 0
        )


class CheckDayForm(forms.Form):
    """The day all of this was looked at."""

    checked_on = forms.DateField(
        label=_("Checked on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("checked_on", today)
        self.today = today
        self.helper = bare_helper()

    def clean_checked_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["checked_on"]
        if day > self.today:
            raise ValidationError(_("This day has not come yet. When did you look?"), code="future")
        if day < self.today - LONGEST_AGO:
            raise ValidationError(_("That is more than a year ago. Look again, then write down today."), code="old")
        return day


class ChecklistForm:
    """All lines of the checklist and their day, sent together."""

    def __init__(
        self,
        checklist: Checklist,
        *,
        today: dt.date,
        data: Mapping[str, Any] | None = None,
        files: "MultiValueDict[str, Any] | None" = None,
    ) -> None:
        self.day = CheckDayForm(data, today=today)
        self.lines = [FindingForm(data, files, line=line) for line in checklist.lines]
        self.trouble: list[str] = []
        self.is_bound = data is not None

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in (self.day, *self.lines)]
        if all(valid) and not self.findings():
            self.trouble.append(str(_("Choose a verdict in at least one line.")))
        return all(valid) and not self.trouble

    def findings(self) -> list[Finding]:
        return [found for form in self.lines if (found := form.finding()) is not None]

    @property
    def checked_on(self) -> dt.date:
        day: dt.date = self.day.cleaned_data["checked_on"]
        return day

    def show_newer(self, meanwhile: CheckedMeanwhile) -> None:
        """Say what somebody else found, keep what was typed, and let the next save go through."""
        self.trouble.append(str(meanwhile))
        for form in self.lines:
            newer = meanwhile.newer.get(form.line.item.pk)
            if newer is not None:
                form.data = form.data.copy()  # type: ignore[attr-defined]
                form.data[form.add_prefix("seen")] = str(newer.pk)  # type: ignore[index]


class OverrideForm(forms.ModelForm[HoldOverride]):
    """Why offers may go ahead although a hard item failed."""

    class Meta:
        model = HoldOverride
        fields = ["why"]
        widgets = {"why": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].help_text = _("Everybody who works with her can read this, with your name.")
        self.helper = bare_helper("why")
