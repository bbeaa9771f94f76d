"""What somebody may do for a person, and how we know."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Column, Div, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.base.files import DOCUMENTS, IMAGES, SafeFileField
from crm.influencers.actions.authority import Grant
from crm.influencers.models import Authority
from crm.team.forms import bare_helper


class AuthorityForm(forms.Form):
    """Which powers, from when until when, and the words or the paper that prove it."""

    powers = forms.MultipleChoiceField(
        label=_("May do for her"), choices=Authority.Power.choices, widget=forms.CheckboxSelectMultiple
    )
    since_on = forms.DateField(label=_("Since"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    until_on = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    evidence = forms.CharField(
        label=_("How we know"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Her own words, where and when she said so. A paper alone is enough, too."),
    )
    file = SafeFileField(label=_("Paper or screenshot (optional)"), kinds=IMAGES | DOCUMENTS, required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since_on"].initial = today
        self.helper = bare_helper(
            Fieldset("", Div("powers", css_class="choices-3"), Row(Column("since_on"), Column("until_on"))),
            Fieldset("", "evidence", "file"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since_on"), data.get("until_on")
        if since and until and until < since:
            self.add_error("until_on", _("The last day lies before the first. Swap them or correct one."))
        if not self.errors and not data.get("evidence", "").strip() and not data.get("file"):
            raise ValidationError(_("Say how we know, in words or with a paper."), code="evidence")
        return data

    @property
    def grant(self) -> Grant:
        """What was typed; only after cleaning."""
        data = self.cleaned_data
        said = data["evidence"].strip()
        return Grant(data["powers"], data["since_on"], data["until_on"], said, data["file"])
