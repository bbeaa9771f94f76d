"""What each part counts, and the two sides of a comparison."""

from decimal import Decimal
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.boxes import helper, side_by_side
from campaigns.shortlist.fit import Weights
from campaigns.shortlist.models import FitWeight
from campaigns.shortlist.versus import Side
from crm.base.money import AmountField
from crm.influencers.fields import CountField

MEANINGS: dict[str, Any] = {
    "niche": _("How much of what she posts about lies within the campaign's niches."),
    "audience": _("How much of her audience has the ages and the gender looked for."),
    "place": _("How much of her audience lives where the campaign runs."),
    "persona": _("Whether she speaks to the kind of people the campaign speaks to."),
    "engagement": _("Her rate beside the chosen benchmark for accounts of her size."),
    "quality": _("What colleagues think of pictures, storytelling, taste and consistency."),
    "reliable": _("How often she was on time for us."),
    "first_pass": _("How many of her drafts needed no changes."),
    "authentic": _("What a colleague found who looked at her numbers."),
    "tier": _("Whether her size is suggested for the goal."),
    "price": _("What she asks beside the fee or the budget."),
    "followers": _("How many follow her. One reason among others, and none by itself."),
}


class WeightsForm(forms.Form):
    """One number for each part; only what they are to each other counts."""

    def __init__(self, *args: Any, weights: Weights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in FitWeight.Part:
            self.fields[part.value] = forms.IntegerField(
                label=part.label,
                min_value=0,
                max_value=100,
                initial=weights.get(part.value, 0),
                help_text=MEANINGS[part.value],
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
        parts = FitWeight.Part.values
        self.helper = helper(*(side_by_side(*parts[first : first + 2]) for first in range(0, len(parts), 2)))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.values()):
            raise ValidationError(_("Give at least one part a number above 0, or nobody can be ranked."))
        return data

    @property
    def weights(self) -> dict[str, int]:
        return {part: self.cleaned_data[part] for part in FitWeight.Part.values}


class Counted:
    """What both sides count; one of them for both."""

    LIKES, PUBLIC, FULL = "likes", "public", "full"
    CHOICES = (
        (LIKES, _("Likes")),
        (PUBLIC, _("Likes and comments")),
        (FULL, _("Likes, comments, saves and shares")),
    )


def percent_field(label: Any, *, required: bool = False, most: int = 100) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=required, min_value=Decimal(0), max_value=Decimal(most), max_digits=7, decimal_places=3,
        localize=True,
    )  # fmt: skip


class VersusForm(forms.Form):
    """The two sides, each as so many people of one size; both are counted in the same way."""

    SIDES = ("a", "b")

    counted = forms.ChoiceField(label=_("Both sides count"), choices=Counted.CHOICES, initial=Counted.LIKES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = {"a": _("One side: few large accounts"), "b": _("Other side: many small accounts")}
        for side in self.SIDES:
            self._add_side(side)
        self.helper = helper(
            "counted",
            *(
                Fieldset(
                    titles[side],
                    side_by_side(f"{side}_people", f"{side}_followers", f"{side}_price"),
                    side_by_side(f"{side}_rate", f"{side}_reach", f"{side}_match"),
                    css_class="panel",
                )
                for side in self.SIDES
            ),
        )

    def _add_side(self, side: str) -> None:
        self.fields[f"{side}_people"] = forms.IntegerField(label=_("People"), min_value=1, max_value=10_000)
        self.fields[f"{side}_followers"] = CountField(label=_("Followers of each"))
        self.fields[f"{side}_price"] = AmountField(
            label=_("Price of each"), min_value=Decimal(0), max_digits=14, decimal_places=2
        )
        self.fields[f"{side}_rate"] = percent_field(_("Engagement, %"), required=True, most=1000)
        self.fields[f"{side}_reach"] = percent_field(_("Reached of the followers, %"), most=1000)
        self.fields[f"{side}_match"] = percent_field(_("Of those the audience looked for, %"))

    def side(self, name: str) -> Side:
        data = self.cleaned_data
        return Side(
            people=data[f"{name}_people"],
            followers=data[f"{name}_followers"],
            price=data[f"{name}_price"],
            rate=data[f"{name}_rate"],
            reach_rate=data[f"{name}_reach"],
            match=data[f"{name}_match"],
        )

    @property
    def counted_words(self) -> str:
        return str(dict(Counted.CHOICES)[self.cleaned_data["counted"]])
