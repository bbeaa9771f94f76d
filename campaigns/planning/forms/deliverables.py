"""Forms about what is to be made: planning it, moving its days, judging its draft."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.answers import day_input
from campaigns.planning.forms.boxes import helper, searchable, side_by_side, zone_field
from campaigns.planning.models import Campaign, Deliverable
from crm.base.windows import validate_period
from crm.influencers.models import Format, SocialAccount

MOST_AT_ONCE = 10


def check_days(form: forms.Form, draft_on: dt.date | None, post_on: dt.date | None) -> None:
    """Put what is wrong with the two days beside them."""
    try:
        validate_period(draft_on, post_on)
    except ValidationError as wrong:
        if wrong.code == "inverted":
            form.add_error("draft_due_on", _("The draft is due after the posting day. Swap the days or correct one."))
        else:
            form.add_error("post_due_on", wrong)


class PlanForm(forms.Form):
    """So many of one format, with their days: for one person or for many at once."""

    format = forms.ModelChoiceField(label=_("Format"), queryset=Format.objects.none())
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST_AT_ONCE, initial=1)
    title = forms.CharField(
        label=_("Title"), max_length=120, required=False, help_text=_("Leave empty to call it by its format.")
    )
    draft_due_on = forms.DateField(
        label=_("Draft due"), required=False, widget=day_input(), help_text=_("Leave empty when no draft is needed.")
    )
    post_due_on = forms.DateField(label=_("Posting day"), widget=day_input())
    zone = zone_field(empty=_("As the campaign"))

    def __init__(self, *args: Any, campaign: Campaign, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        formats = self.fields["format"]
        assert isinstance(formats, forms.ModelChoiceField)
        formats.queryset = Format.objects.valid_on(today).select_related("platform")
        self.helper = helper(
            side_by_side("format", "count"), side_by_side("draft_due_on", "post_due_on"), "title", searchable("zone")
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_days(self, data.get("draft_due_on"), data.get("post_due_on"))
        if "zone" in data:
            data["zone"] = data["zone"] or self.campaign.zone
        return data


class DeliverableForm(forms.Form):
    """One thing that is planned already: its name, its account, its days."""

    title = forms.CharField(
        label=_("Title"), max_length=120, required=False, help_text=_("Leave empty to call it by its format.")
    )
    account = forms.ModelChoiceField(
        label=_("Account"), queryset=SocialAccount.objects.none(), required=False, empty_label=_("Not said")
    )
    draft_due_on = forms.DateField(
        label=_("Draft due"), required=False, widget=day_input(), help_text=_("Leave empty when no draft is needed.")
    )
    post_due_on = forms.DateField(label=_("Posting day"), widget=day_input())
    zone = zone_field()

    def __init__(self, *args: Any, deliverable: Deliverable, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "title": deliverable.title,
            "account": deliverable.account_id,
            "draft_due_on": deliverable.draft_due_on,
            "post_due_on": deliverable.post_due_on,
            "zone": deliverable.zone,
        }
        super().__init__(*args, **kwargs)
        accounts = self.fields["account"]
        assert isinstance(accounts, forms.ModelChoiceField)
        hers = SocialAccount.objects.filter(influencer_id=deliverable.collaboration.influencer_id)
        accounts.queryset = hers.filter(platform_id=deliverable.format.platform_id)
        self.helper = helper(
            side_by_side("draft_due_on", "post_due_on"), searchable("zone"), side_by_side("title", "account")
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_days(self, data.get("draft_due_on"), data.get("post_due_on"))
        return data


class DropForm(forms.Form):
    why = forms.CharField(label=_("Why is it dropped? (optional)"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("why")
