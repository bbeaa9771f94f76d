"""The questions of a review: four marks, what was said, and what is decided."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import AmbassadorDeal, DealReview
from crm.ambassadors.reviewing.meaning import meanings_of
from crm.team.forms import bare_helper
from crm.team.models import User

QUESTIONS: Mapping[str, Any] = {
    "content": _("How good is what she makes?"),
    "reliability": _("How well can we count on her?"),
    "fit": _("How well does she still fit the brand?"),
    "results": _("How much did it bring?"),
}
MARKS = [("", "–"), *((str(mark), str(mark)) for mark in range(1, 6))]
Decision = DealReview.Decision
OF_DECIDERS = (Decision.DOWNGRADE, Decision.END)


class ReviewForm(forms.Form):
    """Marks from 1 to 5, five is best; a decision, each with what it does."""

    note = forms.CharField(
        label=_("What was said"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    decision = forms.ChoiceField(label=_("What is decided?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, review: DealReview, deal: AmbassadorDeal, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in QUESTIONS.items():
            kept = str(review.scores.get(name, ""))
            self.fields[name] = forms.ChoiceField(label=label, choices=MARKS, required=False, initial=kept)
        self.initial.setdefault("note", review.note)
        decides = user.has_perm("crm.decide_ambassadordeal")
        choice = self.fields["decision"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            (one.decision, one.sentence)
            for one in meanings_of(review, deal)
            if decides or one.decision not in OF_DECIDERS
        ]
        self._offer_tiers(deal, decides)
        if not decides:
            choice.help_text = _("Going on with less, or letting it end, is decided by a manager.")
        first, second, third, fourth = QUESTIONS
        self.helper = bare_helper(
            Fieldset("", Row(Column(first), Column(second)), Row(Column(third), Column(fourth)), "note"),
            Fieldset("", "decision", *(["tier"] if "tier" in self.fields else [])),
        )

    def _offer_tiers(self, deal: AmbassadorDeal, decides: bool) -> None:
        """Where her programme has tiers, who decides may put her on another one."""
        tiers = deal.program.tiers.exclude(pk=deal.tier_id or 0) if decides and deal.program.has_tiers else None
        if tiers is not None:
            self.fields["tier"] = forms.ModelChoiceField(
                label=_("Tier from today on"), queryset=tiers, required=False, empty_label=str(_("As it is"))
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("tier") and not (data.get("note") or "").strip():
            self.add_error("note", _("Say why she stands on another tier."))
        return data

    @property
    def scores(self) -> dict[str, int]:
        return {name: int(mark) for name in QUESTIONS if (mark := self.cleaned_data[name])}
