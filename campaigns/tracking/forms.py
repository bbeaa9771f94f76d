"""What is asked about a code and about a link."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.answers import day_input, web_address
from campaigns.planning.forms.boxes import helper, side_by_side
from campaigns.planning.models import Campaign
from campaigns.tracking import codes, links
from crm.base.windows import validate_period


class CodeForm(forms.Form):
    """A code for one person; empty boxes follow the campaign."""

    code = forms.CharField(
        label=_("Code"), max_length=codes.LONGEST, required=False, help_text=_("Leave empty to have one made.")
    )
    offer = forms.CharField(
        label=_("What it gives"), max_length=120, required=False, help_text=_("For example: 10 % off.")
    )
    valid_from_on = forms.DateField(
        label=_("Valid from"), required=False, widget=day_input(), help_text=_("Leave empty for the campaign's days.")
    )
    valid_to_on = forms.DateField(label=_("Valid to"), required=False, widget=day_input())

    def __init__(self, *args: Any, proposal: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocapitalize": "characters", "placeholder": proposal}
        self.helper = helper(side_by_side("code", "offer"), side_by_side("valid_from_on", "valid_to_on"))

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        if not typed.strip():
            return ""
        return kept(codes.checked, typed)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_days(self, data.get("valid_from_on"), data.get("valid_to_on"))
        return data


class CodesForm(forms.Form):
    """Codes for many: what they give and until when; each gets a name of her own."""

    offer = forms.CharField(
        label=_("What they give"), max_length=120, required=False, help_text=_("For example: 10 % off.")
    )
    valid_from_on = forms.DateField(
        label=_("Valid from"), required=False, widget=day_input(), help_text=_("Leave empty for the campaign's days.")
    )
    valid_to_on = forms.DateField(label=_("Valid to"), required=False, widget=day_input())

    def __init__(self, *args: Any, campaign: Campaign, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("offer", side_by_side("valid_from_on", "valid_to_on"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_days(self, data.get("valid_from_on"), data.get("valid_to_on"))
        return data


class PatternForm(forms.Form):
    """How a campaign's codes are made."""

    pattern = forms.CharField(
        label=_("Pattern"), max_length=codes.LONGEST, required=False,
        help_text=_("{name} stands for her name, as in {name}10. Without it a number follows."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("pattern")

    def clean_pattern(self) -> str:
        typed: str = self.cleaned_data["pattern"]
        return kept(codes.checked_pattern, typed)


class RetireForm(forms.Form):
    why = forms.CharField(
        label=_("Why is it retired?"), max_length=200, help_text=_("For example: it leaked to a coupon site.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("why")


class LinkForm(forms.Form):
    """Where a link leads."""

    target = web_address(
        _("Leads to"),
        help_text=_("The product page. What the shop's statistics need is added by itself."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("target")

    def clean_target(self) -> str:
        return kept(links.checked, self.cleaned_data["target"])


def kept(check: Callable[[str], str], typed: str) -> str:
    try:
        return check(typed)
    except ValueError as wrong:
        raise ValidationError(str(wrong)) from wrong


def check_days(form: forms.Form, first: dt.date | None, last: dt.date | None) -> None:
    """Put what is wrong with the two days beside them."""
    try:
        validate_period(first, last)
    except ValidationError as wrong:
        form.add_error("valid_to_on", codes.BACKWARDS if wrong.code == "inverted" else wrong)
