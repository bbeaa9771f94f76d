"""What somebody says of a version, and why one is taken back."""

from decimal import Decimal
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.deciding.policies import Policy
from campaigns.approvals.deciding.seats import step_for
from campaigns.approvals.models import Review, ReviewDecision
from campaigns.planning.forms.answers import few_words
from campaigns.planning.forms.boxes import side_by_side
from crm.base.money import MoneyField
from crm.team.forms import bare_helper, folded
from crm.timeline.models import Channel

HEARD_BY = [(value, label) for value, label in Channel.choices if value]
SAYINGS = [choice for choice in ReviewDecision.Verdict.choices if choice[0] != ReviewDecision.Verdict.BY_ITSELF]


class DecisionForm(forms.Form):
    """One word about a version: the few words with it, and folded away what only some decisions need."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    verdict = forms.ChoiceField(choices=SAYINGS, widget=forms.HiddenInput, required=False)
    comment = forms.CharField(
        label=_("In a few words (optional)"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("She reads it before the notes. What is good comes first."),
    )  # fmt: skip
    extra_reason = forms.CharField(label=_("Why a further round is needed"), required=False, max_length=300)
    extra_fee = MoneyField(
        label=_("What it adds to her fee (optional)"),
        min_value=Decimal(1),
        max_digits=14,
        decimal_places=2,
        required=False,
    )
    noted_for = forms.ChoiceField(label=_("Said by"), required=False)
    channel = forms.ChoiceField(label=_("Heard by"), required=False, choices=[("", _("in Mitra")), *HEARD_BY])
    because = forms.CharField(label=_("Approve all the same, because"), required=False, max_length=200)
    drop = forms.BooleanField(label=_("With a no: it is not made at all"), required=False)
    silently = forms.BooleanField(label=_("I tell her myself; no e-mail leaves"), required=False)

    def __init__(self, *args: Any, review: Review, policy: Policy, may_go_on: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.review, self.policy = review, policy
        self.initial = {**self.initial, "sha256": review.version.sha256, "extra_fee": policy.extra_round_fee}
        guests = self._guests()
        self.fields["noted_for"].choices = [("", _("me")), *((name, name) for name in guests)]  # type: ignore[attr-defined]
        self.is_further = review.round > policy.max_rounds
        more = [name for name, shown in (("because", may_go_on), ("silently", True), ("drop", True)) if shown]
        self.helper = bare_helper()
        self.helper.layout = Layout(
            "sha256",
            "comment",
            *self._fold(
                _("This is a further round"),
                side_by_side("extra_reason", "extra_fee"),
                shown=self.is_further,
                is_open=True,
            ),
            *self._fold(_("Noted for somebody else"), side_by_side("noted_for", "channel"), shown=bool(guests)),
            *self._fold(_("More"), *more, shown=True),
        )

    def _fold(self, title: Any, *fields: Any, shown: bool, is_open: bool = False) -> list[Any]:
        return folded(title, *fields, is_open=self.is_bound or is_open) if shown else []

    def _guests(self) -> list[str]:
        """Outsiders whose word a colleague may note here."""
        step = step_for(self.review)
        if step is None:
            return []
        asked = [*step.guests.all(), *([step.decider] if step.decider is not None else [])]
        return list(dict.fromkeys(guest.name for guest in asked))

    def said(self) -> dict[str, Any]:
        """Everything but the verdict, as `decide` takes it."""
        data = self.cleaned_data
        names = ("sha256", "comment", "extra_reason", "noted_for", "channel", "because", "drop", "silently")
        return {name: data[name] for name in names} | {"extra_fee": data["extra_fee"] if self.is_further else None}


class WithdrawForm(forms.Form):
    """Why a version is taken back."""

    why = few_words(_("Why it is taken back"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper("why")
