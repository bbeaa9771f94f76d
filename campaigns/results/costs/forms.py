"""What is noted beside a campaign's figures."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.answers import day_input
from campaigns.planning.forms.boxes import helper, side_by_side
from campaigns.planning.models import Campaign
from campaigns.results.models import BrandLift, CampaignCost, Confounder
from crm.base.money import MoneyField


class OfCampaignForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row of one campaign; constraints that name it are checked here, not by the database alone."""

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.campaign = campaign


class CostForm(OfCampaignForm):
    amount = MoneyField(label=_("Amount"), min_value=Decimal("0.01"))

    class Meta:
        model = CampaignCost
        fields = ("kind", "amount", "on", "note")
        widgets = {"on": day_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("kind", "amount", "on", "note")


class ConfounderForm(OfCampaignForm):
    class Meta:
        model = Confounder
        fields = ("kind", "first_on", "last_on", "note")
        widgets = {"first_on": day_input(), "last_on": day_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_on"].help_text = _("Leave empty for one day, or while it lasts.")
        self.helper = helper("kind", side_by_side("first_on", "last_on"), "note")


class LiftForm(OfCampaignForm):
    class Meta:
        model = BrandLift
        fields = ("question", "exposed", "exposed_yes", "control", "control_yes", "on", "source")
        widgets = {"on": day_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("exposed", "control"):
            field: Any = self.fields[name]
            field.min_value = 1
            field.validators.append(forms.IntegerField(min_value=1).validators[0])
        self.helper = helper(
            "question", side_by_side("exposed", "exposed_yes"), side_by_side("control", "control_yes"),
            side_by_side("on", "source"),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for asked, said in (("exposed", "exposed_yes"), ("control", "control_yes")):
            if None not in (data.get(asked), data.get(said)) and data[said] > data[asked]:
                self.add_error(said, _("More said yes than were asked."))
        return data
