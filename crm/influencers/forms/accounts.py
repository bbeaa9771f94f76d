"""Forms for accounts and for numbers counted by hand."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from crm.influencers.fields import CountField
from crm.influencers.imports.values.accounts import read_account
from crm.influencers.models import MetricSnapshot, Platform, SocialAccount
from crm.team.forms import bare_helper
from crm.timeline.edit_forms import SeenMixin

NOT_READ: dict[str, Any] = {
    "account": _("This is no handle on %(platform)s. Write it as @kirana or paste the profile's address."),
    "post-address": _("This address leads to a post. Paste the profile's address or write @kirana."),
    "other-platform": _("This address is not on %(platform)s. Choose its platform, or paste the other address."),
    "several": _("Write one account; add the others afterwards."),
}


def normalise_handle(text: str, platform: Platform) -> str:
    """The handle as it is kept: `@Kirana` and an address of the profile become `kirana`. Raises ValidationError."""
    reading = read_account(text, platform.code)
    account = reading.value
    if account is None or reading.remark in NOT_READ:
        sentence = NOT_READ.get(reading.remark, NOT_READ["account"])
        raise ValidationError(sentence, code="handle", params={"platform": platform.name})
    return account.handle


def refuse_taken_handle(platform: Platform, handle: str, besides: int = 0) -> None:
    """Raise ValidationError with a link to the person who has the account already."""
    owners = SocialAccount.objects.filter(platform=platform, handle=handle).exclude(pk=besides)
    taken = owners.select_related("influencer").first()
    if taken is None:
        return
    link = format_html(
        '<a href="{}">{}</a>', reverse("person", args=[taken.influencer_id]), taken.influencer.stage_name
    )
    sentence = _now("@%(handle)s on %(platform)s belongs to {name} already.")
    named = sentence % {"handle": handle.replace("{", "").replace("}", ""), "platform": platform.name}
    raise ValidationError(format_html(named, name=link), code="taken")


class AccountForm(SeenMixin, forms.ModelForm[SocialAccount]):
    """Platform, handle or address, followers, and a tier set by hand where the house knows better."""

    handle = forms.CharField(
        label=_("Handle or profile address"),
        max_length=300,
        widget=forms.TextInput(attrs={"placeholder": "@kirana", "autocapitalize": "none", "spellcheck": "false"}),
    )
    followers = CountField(label=_("Followers"), required=False)
    tier_override = forms.ChoiceField(
        label=_("Tier"), required=False, help_text=_("Leave it to the follower count unless you know better.")
    )

    class Meta:
        model = SocialAccount
        fields = ["platform", "handle", "followers", "tier_override"]

    def __init__(self, *args: Any, tiers: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["tier_override"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", _("By followers")), *tiers.items()]
        self.helper = bare_helper(
            Fieldset(
                "",
                Row(Column("platform", css_class="col-sm-4"), Column("handle", css_class="col-sm-8")),
                Row(Column("followers"), Column("tier_override")),
            ),
            *(["seen"] if self.instance.pk else []),
        )
        self.remember()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        platform, text = data.get("platform"), data.get("handle")
        if platform and text:
            try:
                data["handle"] = normalise_handle(text, platform)
                refuse_taken_handle(platform, data["handle"], self.instance.pk or 0)
            except ValidationError as refused:
                self.add_error("handle", refused)
        return data

    @property
    def recounted(self) -> bool:
        """Whether somebody typed another follower count."""
        return "followers" in self.changed_data


COUNTS = ("followers", "likes", "comments", "saves", "shares", "views", "reach")


class SnapshotForm(forms.ModelForm[MetricSnapshot]):
    """Numbers as somebody counted them: averages per post, components apart, sponsored and organic apart."""

    followers = CountField(label=_("Followers"), required=False)
    posts = CountField(label=_("Posts looked at"), required=False)
    likes = CountField(label=_("Likes"), required=False)
    comments = CountField(label=_("Comments"), required=False)
    saves = CountField(label=_("Saves"), required=False)
    shares = CountField(label=_("Shares"), required=False)
    views = CountField(label=_("Views"), required=False)
    reach = CountField(label=_("Reach"), required=False)
    taken_on = forms.DateField(label=_("Counted on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    class Meta:
        model = MetricSnapshot
        fields = ["nature", "posts", *COUNTS, "engagement_rate", "source"]

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("taken_on", today)
        for name in ("posts", *COUNTS):
            self.fields[name].widget.attrs["placeholder"] = ""
        self.fields["engagement_rate"].help_text = _("Only when somebody gave it as one figure.")
        self.helper = bare_helper(
            Fieldset(
                _("When and what"),
                Row(Column("taken_on"), Column("nature"), Column("posts")),
                Row(Column("followers"), Column("source")),
            ),
            Fieldset(
                _("Average per post"),
                Row(Column("likes"), Column("comments"), Column("saves")),
                Row(Column("shares"), Column("views"), Column("reach")),
                "engagement_rate",
            ),
        )

    def clean_taken_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["taken_on"]
        if day > self.today:
            raise ValidationError(_("This day has not come yet. When were they counted?"), code="future")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and all(data.get(name) is None for name in (*COUNTS, "engagement_rate")):
            raise ValidationError(_("Fill in at least one number."), code="empty")
        return data

    def taken_at(self, now: dt.datetime) -> dt.datetime:
        """Counted today is counted now; counted on another day, at noon of that day."""
        day = self.cleaned_data["taken_on"]
        if day == self.today:
            return now
        noon = dt.datetime.combine(day, dt.time(12))
        return timezone.make_aware(noon)
