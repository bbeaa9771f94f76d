"""When somebody let us into her account, and for how long."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from crm.contracts.models import UsageRight
from crm.exclusivity.forms.outside import day
from crm.team.forms import bare_helper

TIKTOK = "tiktok"
LONGEST = 3660


def days_in_words(days: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


class AccessForm(forms.Form):
    """The day access was given, and its days: on TikTok a code lasts one of a few lengths, elsewhere any number."""

    on = forms.DateField(label=_("Access given on"), widget=day())
    days: Any = forms.IntegerField(
        label=_("For days"), min_value=1, max_value=LONGEST, required=False, help_text=_("Empty: until it is revoked.")
    )

    def __init__(self, *args: Any, right: UsageRight, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if any(platform.code == TIKTOK for platform in right.platforms.all()):
            self.fields["days"] = forms.TypedChoiceField(
                label=_("For days"), coerce=int, choices=[(days, days_in_words(days)) for days in right.CODE_DAYS],
                help_text=_("As long as the code she made lasts; TikTok knows no other lengths."),
            )  # fmt: skip
        self.initial.setdefault("on", right.start_on or today)
        self.initial.setdefault("days", right.days)
        self.helper = bare_helper(Row(Column("on"), Column("days")))

    def clean_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["on"]
        if on > self.today:
            raise ValidationError(_("This day has not come yet. When was access given?"), code="future")
        return on
