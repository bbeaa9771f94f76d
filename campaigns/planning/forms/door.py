"""What is asked at the door: only what nobody has said yet, and why to go on without it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from campaigns.planning.door import Missing
from campaigns.planning.forms.boxes import helper, side_by_side
from campaigns.planning.goals import goals_of, kinds_of
from campaigns.planning.models import Campaign, KpiKind
from crm.base.money import AmountField, MoneyField
from crm.influencers.models import Format

PREFIX = "door"
LONGEST_REASON = 300
REASON = _("Go on without the rest, because")


class DoorForm(forms.Form):
    """One field for each thing that is missing."""

    def __init__(
        self, *args: Any, campaign: Campaign, missing: Sequence[Missing], may_go_on: bool, **kwargs: Any
    ) -> None:
        kwargs["prefix"] = PREFIX
        super().__init__(*args, **kwargs)
        layout: list[Any] = []
        for one in missing:
            layout.append(self._ask(one, campaign))
        self.may_go_on = may_go_on
        if may_go_on:
            self.fields["because"] = forms.CharField(
                label=REASON, max_length=LONGEST_REASON, required=False,
                help_text=_("Asked once for this campaign. It stands in its story."),
            )  # fmt: skip
            layout.append("because")
        self.helper = helper(*layout)

    def _ask(self, one: Missing, campaign: Campaign) -> Any:
        said: dict[str, Any] = {"label": one.label, "help_text": one.hint, "required": False}
        if one.code == "kpi":
            return self._ask_kpi(campaign, said)
        if one.code == "formats":
            field: forms.Field = forms.ModelMultipleChoiceField(
                Format.objects.select_related("platform"), widget=forms.SelectMultiple(attrs={"size": 6}), **said
            )
        elif one.code == "goal":
            field = forms.ChoiceField(choices=Campaign.Goal.choices, **said)
        elif one.code == "risk":
            field = forms.ChoiceField(choices=[("", _("Choose …")), *Campaign.Risk.choices], **said)
        elif one.code == "budget":
            field = MoneyField(**said)
        elif one.code == "brand_tone":
            field = forms.CharField(max_length=200, **said)
        else:
            field = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, **said)
        self.fields[one.code] = field
        return one.code

    def _ask_kpi(self, campaign: Campaign, said: dict[str, Any]) -> Any:
        """A figure of the goal and the number to reach."""
        wanted = kinds_of(goals_of(campaign)) + kinds_of(goals_of(campaign), extra=True)
        others = [kind for kind in KpiKind.objects.all() if kind not in wanted]
        self.fields["kpi"] = forms.TypedChoiceField(
            choices=[(kind.pk, str(kind)) for kind in [*wanted, *others]], coerce=int, **said
        )
        self.fields["target"] = AmountField(
            label=capfirst(_("to reach")), required=False, min_value=0, max_digits=16, decimal_places=2
        )
        return side_by_side("kpi", "target")

    def clean_kpi(self) -> KpiKind | None:
        return KpiKind.objects.filter(pk=self.cleaned_data["kpi"] or 0).first()

    @property
    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value}


class OverForm(forms.Form):
    """Why this one may go over the budget."""

    because = forms.CharField(label=_("It may go over, because"), max_length=LONGEST_REASON)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["prefix"] = PREFIX
        super().__init__(*args, **kwargs)
        self.helper = helper("because")
