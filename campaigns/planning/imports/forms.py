"""What counts for a whole file of running work."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.boxes import helper, searchable, side_by_side
from campaigns.planning.models import Campaign
from crm.brands.models import Brand, Territory
from crm.influencers.imports.mapping import PLATFORMS
from crm.influencers.models import Platform
from crm.intake.models import Intake

if TYPE_CHECKING:
    from crm.team.models import User


class WholeFileForm(forms.Form):
    """Where rows go that name no campaign, and on which platform handles are that name none."""

    campaign = forms.ModelChoiceField(
        label=_("Campaign"),
        queryset=Campaign.objects.none(),
        required=False,
        empty_label=_("as the rows say"),
        help_text=_("Counts for rows that name none."),
    )
    new_campaign = forms.CharField(
        label=_("or a new campaign called"),
        max_length=120,
        required=False,
        help_text=_("It is opened as a draft when the file is imported."),
    )
    brand = forms.ModelChoiceField(
        label=_("Brand"),
        queryset=Brand.objects.none(),
        required=False,
        empty_label=_("as the rows say"),
        help_text=_("For new campaigns, and where two brands have a campaign of the same name."),
    )
    runs_in = forms.ModelMultipleChoiceField(
        label=_("New campaigns run in"),
        queryset=Territory.objects.filter(kind=Territory.Kind.COUNTRY),
        required=False,
        help_text=_("Where the posts are meant to be seen. Leave empty if you do not know."),
    )
    platform = forms.ChoiceField(label=_("Accounts are on"), help_text=_("Counts for handles that do not say it."))

    def __init__(self, *args: Any, run: Intake, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campaigns, brands, platform = self.fields["campaign"], self.fields["brand"], self.fields["platform"]
        assert isinstance(campaigns, forms.ModelChoiceField) and isinstance(brands, forms.ModelChoiceField)
        assert isinstance(platform, forms.ChoiceField)
        campaigns.queryset = Campaign.objects.visible_to(user).in_motion().with_an_end().select_related("brand")
        campaigns.label_from_instance = lambda row: f"{row.name} · {row.brand}"  # type: ignore[assignment]
        brands.queryset = Brand.objects.visible_to(user).running()
        platform.choices = list(Platform.objects.filter(code__in=PLATFORMS).values_list("code", "name"))
        for name in ("campaign", "new_campaign", "brand", "runs_in", "platform"):
            self.initial[name] = run.choices.get(name)
        self.initial["platform"] = run.choices.get("platform") or "instagram"
        self.helper = helper(
            side_by_side("campaign", "new_campaign"), side_by_side("brand", "platform"), searchable("runs_in")
        )
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("campaign") and data.get("new_campaign"):
            self.add_error("new_campaign", _("Choose a campaign or name a new one, not both."))
        elif data.get("new_campaign") and not data.get("brand"):
            self.add_error("brand", _("Whose campaign is the new one? Choose its brand."))
        return data
