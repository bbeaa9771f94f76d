"""What a colleague types about something she was told: how it came, in which words, and what is to be remembered."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.files import IMAGES, SafeFileField
from crm.influencers.models import Influencer, SocialAccount
from crm.influencers.places import TalkAbout
from crm.timeline.models import Channel

LONGEST_QUOTE = 2000
CHANNELS = [choice for choice in Channel.choices if choice[0]]


class ToldForm(forms.Form):
    """How the answer came: the channel, and the words or a screenshot."""

    channel = forms.ChoiceField(label=_("Told by"), choices=CHANNELS, initial=Channel.WHATSAPP)
    quote = forms.CharField(
        label=_("In their words (optional)"),
        required=False,
        max_length=LONGEST_QUOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    screenshot = SafeFileField(label=_("Screenshot (optional)"), kinds=IMAGES, required=False)


class TalkForm(ToldForm):
    """The same for several things at once, or for a talk that settles nothing."""

    account: forms.ModelChoiceField[SocialAccount] = forms.ModelChoiceField(
        label=_("Which account"), queryset=SocialAccount.objects.none(), required=False, empty_label=_("not said")
    )
    ours = forms.BooleanField(label=_("It was us who wrote or called"), required=False)
    about = forms.ChoiceField(label=_("About"), required=False)
    remind_on = forms.DateField(
        label=_("Remind me on (optional)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ("channel", "account", "quote", "screenshot", "about", "ours", "remind_on")

    def __init__(self, *args: Any, person: Influencer, abouts: Sequence[TalkAbout], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.abouts: Mapping[str, TalkAbout] = {about.key: about for about in abouts}
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            ("", _("Nothing in particular")),
            *((about.key, about.label) for about in abouts),
        ]
        self.fields["account"].queryset = person.accounts.select_related("platform").order_by("pk")  # type: ignore[attr-defined]
        self.fields["account"].help_text = _("For direct messages.")

    def clean_remind_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["remind_on"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("That day is over. Choose today or a later day."))
        if day is not None and day > timezone.localdate() + dt.timedelta(days=366):
            raise forms.ValidationError(_("That is more than a year away. Check the year."))
        return day

    @property
    def chosen_about(self) -> TalkAbout | None:
        return self.abouts.get(self.cleaned_data.get("about", ""))

    @property
    def says_something(self) -> bool:
        """Whether there is anything to write down besides what is ticked."""
        said = self.cleaned_data
        return bool(said.get("quote") or said.get("screenshot") or said.get("remind_on"))
