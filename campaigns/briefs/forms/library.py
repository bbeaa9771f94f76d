"""Keeping a brief in the library."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.briefs.models import BriefVersion
from campaigns.planning.forms.boxes import helper


class KeepForm(forms.Form):
    """Under which name, and for whom."""

    name = forms.CharField(label=_("Name"), max_length=120)
    whose = forms.ChoiceField(label=_("For"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, version: BriefVersion, **kwargs: Any) -> None:
        brand = version.brief.campaign.brand
        super().__init__(*args, **kwargs)
        self.initial = {"name": str(version.brief.campaign), "whose": "brand"}
        self.fields["whose"].choices = [("brand", brand.name), ("house", _("Every brand"))]  # type: ignore[attr-defined]
        self.helper = helper("name", "whose")

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())
