"""What is typed about checks: a caption to try, a reason to let something pass, what somebody counted in the picture."""

from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from campaigns.approvals.checking.asked import Seen
from campaigns.approvals.models import DisclosureLabel
from campaigns.planning.forms.boxes import helper, side_by_side
from campaigns.planning.models import Campaign
from crm.base.formats import locale
from crm.brands.models import Category
from crm.influencers.models import Format

LONGEST = 10_000
TOO_LONG = ngettext_lazy(
    "Paste at most %(limit_value)d character.", "Paste at most %(limit_value)d characters.", "limit_value"
)


def country_name(code: str) -> str:
    """Indonesia, European Union; what nobody named is its code."""
    return str(Locale.parse(locale()).territories.get(code, code))


class CaptionForm(forms.Form):
    """A caption somebody wants to try, and what it is for."""

    caption = forms.CharField(
        label=_("Caption"), required=False, strip=False, max_length=LONGEST, error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 9}),
    )  # fmt: skip
    format: forms.ModelChoiceField[Format] = forms.ModelChoiceField(
        label=_("For"), queryset=Format.objects.none(), required=False, empty_label=_("Any platform")
    )
    about = forms.ChoiceField(
        label=_("About"), required=False, choices=[("", _("As the campaign")), *Category.Regulated.choices]
    )
    market = forms.ChoiceField(label=_("Read in"), required=False)
    campaign: forms.ModelChoiceField[Campaign] = forms.ModelChoiceField(
        label=_("Brief of"), queryset=Campaign.objects.none(), required=False, empty_label=_("No campaign")
    )

    def __init__(self, *args: Any, campaigns: Any, home: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].queryset = Format.objects.select_related("platform")  # type: ignore[attr-defined]
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]
        known = DisclosureLabel.objects.order_by("country").values_list("country", flat=True).distinct()
        self.fields["market"].choices = sorted(  # type: ignore[attr-defined]
            ((code, country_name(code)) for code in {*known, home}), key=lambda pair: pair[1]
        )
        self.fields["market"].initial = home
        self.helper = helper("caption", side_by_side("format", "market"), side_by_side("campaign", "about"))


class WaiveForm(forms.Form):
    """Why something may pass."""

    reason = forms.CharField(
        label=_("Why may it pass?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: which document shows it. It stays on record with your name."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("reason")


class VideoForm(forms.Form):
    """Where the label stands in a video."""

    rule = "VID-01"
    first_s = forms.IntegerField(label=_("On the screen from second"), min_value=0, max_value=86_400)
    for_s = forms.IntegerField(label=_("For so many seconds"), min_value=0, max_value=86_400)
    is_spoken = forms.BooleanField(label=_("It is said aloud, too"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(side_by_side("first_s", "for_s"), "is_spoken")

    def seen(self) -> Seen:
        return Seen(**self.cleaned_data)


class StoryForm(forms.Form):
    """On how many frames of a story the label stands."""

    rule = "STO-01"
    frames = forms.IntegerField(label=_("Frames of the story"), min_value=1, max_value=200)
    labelled = forms.IntegerField(label=_("With the label"), min_value=0, max_value=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(side_by_side("frames", "labelled"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("labelled") or 0) > (data.get("frames") or 200):
            self.add_error("labelled", _("There are not so many frames."))
        return data

    def seen(self) -> Seen:
        return Seen(**self.cleaned_data)
