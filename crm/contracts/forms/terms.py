"""Small forms: a line of pay, posts, a right, a price that was said."""

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from crm.base.money import MoneyField
from crm.contracts.models import Bid, Contract, PayLine, PromisedPost, UsageRight
from crm.exclusivity.forms.outside import day
from crm.influencers.models import Format, Platform
from crm.team.forms import bare_helper
from crm.timeline.models import Channel

if TYPE_CHECKING:
    LineModelForm = forms.ModelForm[PayLine]
    PostModelForm = forms.ModelForm[PromisedPost]
    RightModelForm = forms.ModelForm[UsageRight]
    BidModelForm = forms.ModelForm[Bid]
else:
    LineModelForm = PostModelForm = RightModelForm = BidModelForm = forms.ModelForm

MOST_ALIKE = 60


def offer_talents(form: Any, contract: Contract, empty: Any) -> None:
    """The people of the contract; where there is one, nobody is asked."""
    talents = contract.parties.talents()
    field = form.fields["party"]
    field.queryset, field.empty_label = talents, empty
    only = list(talents[:2])
    if len(only) == 1:
        field.initial, field.widget = only[0].pk, forms.HiddenInput()


class LineForm(LineModelForm):
    """Something that is given: an amount, or a share for a commission."""

    percent = forms.DecimalField(
        label=_("Share of what is sold, %"), required=False, min_value=0, max_value=100, decimal_places=2
    )

    class Meta:
        model = PayLine
        fields = ["kind", "amount", "tax", "note", "party"]
        field_classes = {"amount": MoneyField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_talents(self, self.instance.contract, _("everybody together"))
        self.fields["amount"].help_text = _("For products and evenings: what it is worth to her.")
        self.fields["percent"].help_text = _("Only for a commission.")
        self.helper = bare_helper(
            Fieldset("", "kind", Row(Column("amount"), Column("tax")), "percent", "note", "party")
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        is_share = data.get("kind") == PayLine.Kind.COMMISSION
        if is_share and data.get("percent") is None and "percent" not in self.errors:
            self.add_error("percent", _("Which share of what is sold?"))
        if not is_share and data.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Enter an amount."))
        return data

    def _post_clean(self) -> None:
        """Which of the two counts is decided by the kind, before the database's own rules are asked."""
        data = self.cleaned_data
        is_share = data.get("kind") == PayLine.Kind.COMMISSION
        share = data.get("percent")
        self.instance.rate_bp = int(share * 100) if is_share and share is not None else None
        if is_share:
            data["amount"] = None
        super()._post_clean()  # type: ignore[misc]  # not in the stubs


class PostForm(PostModelForm):
    """Posts alike: how many of which format, by when."""

    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST_ALIKE, initial=1)

    class Meta:
        model = PromisedPost
        fields = ["format", "due_on", "note", "party"]
        widgets = {"due_on": day()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_talents(self, self.instance.contract, _("Choose …"))
        chosen = self.fields["format"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset, chosen.empty_label = Format.objects.select_related("platform"), _("Choose …")
        self.helper = bare_helper(
            Fieldset(
                "", Row(Column("count", css_class="col-sm-3"), Column("format"), Column("due_on")), "note", "party"
            )
        )


class RightForm(RightModelForm):
    """What the brand may do with the content, and for how long."""

    class Meta:
        model = UsageRight
        fields = [
            "kind", "counted_from", "days", "start_on", "end_on", "platforms", "extension", "extension_days", "note",
            "party",
        ]  # fmt: skip
        field_classes = {"extension": MoneyField}
        widgets = {"start_on": day(), "end_on": day(), "platforms": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_talents(self, self.instance.contract, _("everybody together"))
        platforms = self.fields["platforms"]
        assert isinstance(platforms, forms.ModelMultipleChoiceField)
        platforms.queryset, platforms.help_text = Platform.objects.all(), _("None ticked means all of them.")
        self.helper = bare_helper(
            Fieldset(
                "",
                Row(Column("kind"), Column("counted_from"), Column("days")),
                Row(Column("start_on"), Column("end_on")),
            ),
            Fieldset("", "platforms", Row(Column("extension"), Column("extension_days")), "note", "party"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        is_fixed = data.get("counted_from") == UsageRight.From.FIXED
        if is_fixed and not data.get("start_on") and "start_on" not in self.errors:
            self.add_error("start_on", _("From which day on?"))
        if not is_fixed and (data.get("start_on") or data.get("end_on")):
            self.add_error(
                "start_on", _("Its days follow from what it runs from. Leave them empty, or choose fixed days.")
            )
        return data


class BidForm(BidModelForm):
    """A price somebody named on the way."""

    class Meta:
        model = Bid
        fields = ["kind", "amount", "channel", "said", "party"]
        field_classes = {"amount": MoneyField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_talents(self, self.instance.contract, _("everybody together"))
        self.fields["channel"].choices = [choice for choice in Channel.choices if choice[0]]  # type: ignore[attr-defined]
        self.helper = bare_helper(Fieldset("", Row(Column("kind"), Column("channel")), "amount", "said", "party"))
