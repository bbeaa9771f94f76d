"""What a copy of a campaign needs to be told: a name and its days."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.answers import day_input
from campaigns.planning.forms.boxes import helper, side_by_side
from campaigns.planning.models import Campaign
from crm.base.windows import validate_period


class CopyForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    start_on = forms.DateField(label=_("From"), widget=day_input())
    end_on = forms.DateField(label=_("Until"), widget=day_input())
    with_people = forms.BooleanField(
        label=_("Bring its people along as a shortlist"), required=False,
        help_text=_("Everybody is looked at anew: who is archived or does not want to be contacted stays behind."),
    )  # fmt: skip

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        self.helper = helper("name", side_by_side("start_on", "end_on"), "with_people")

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if Campaign.objects.filter(brand=self.campaign.brand_id, name=name).exists():
            raise ValidationError(_("This brand already has a campaign of that name. Give this one another name."))
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        try:
            validate_period(data.get("start_on"), data.get("end_on"))
        except ValidationError as wrong:
            self.add_error("end_on" if wrong.code == "inverted" else None, wrong)
        return data
