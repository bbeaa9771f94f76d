"""What is asked about a door."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.boxes import helper


class HookForm(forms.Form):
    """Which shop it is."""

    name = forms.CharField(label=_("Shop"), max_length=80, help_text=_("For example: the web shop, or a marketplace."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("name")
