"""For whom a report is opened, in which language, and for how long."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.boxes import helper, side_by_side
from campaigns.results.sharing.actions import DAYS, MOST_DAYS


class ShareForm(forms.Form):
    """One link to one report."""

    label = forms.CharField(
        label=_("For whom"), max_length=120, help_text=_("A name or a team, so that you know later which link is whose.")
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"))
    days = forms.IntegerField(
        label=_("Opens for days"), min_value=1, max_value=MOST_DAYS, initial=DAYS,
        help_text=_("At most a year. It can be taken back at any time."),
    )  # fmt: skip
    shows_money = forms.BooleanField(
        label=_("Show client prices"), required=False, initial=True,
        help_text=_("What the client pays. Fees, costs and margins are never shown."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
        self.helper = helper("label", side_by_side("language", "days"), "shows_money")
