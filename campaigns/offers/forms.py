"""What is typed about offers: what we ask and give, and what she answers."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from campaigns.offers.actions.sending import Ask
from campaigns.offers.words import BLANKS
from campaigns.planning.forms.answers import day_input, few_words
from campaigns.planning.forms.boxes import helper, side_by_side
from campaigns.planning.models import Campaign
from crm.base.money import MoneyField
from crm.influencers.prices_said import read_said
from crm.messages.blanks import validate_blanks
from crm.messages.models import MessageTemplate
from crm.reminders.models import Recipient, RuleStep

RULE = "CAMPAIGN_OFFER"
USUALLY = 5
LONGEST = dt.timedelta(days=90)
MORE_DAYS = 14


def days_to_answer() -> int:
    """So many days somebody has: until the rule tells the coordinator that nobody answered."""
    steps = RuleStep.objects.filter(rule__code=RULE, recipient=Recipient.COORDINATOR, unit=RuleStep.Unit.DAYS)
    return max(steps.values_list("offset", flat=True), default=USUALLY)


class OfferForm(forms.Form):
    """One offer, to one person or to many; what is left empty comes from each card."""

    fee_said = forms.CharField(
        label=_("Fee"), required=False, max_length=120,
        help_text=_("As it was said: 2,8jt nett. Leave empty to offer the fee on each card."),
    )  # fmt: skip
    in_kind = forms.CharField(
        label=_("Beside the fee"), required=False, max_length=200, help_text=_("Products, a seat at an event ...")
    )
    template = forms.ModelChoiceField(
        label=_("Words"), queryset=MessageTemplate.objects.none(), required=False,
        empty_label=_("The usual sentence, in her language"),
    )  # fmt: skip
    words = forms.CharField(
        label=_("or in your own words"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("{{ first_name }}, {{ brand }}, {{ campaign }} and {{ day }} are filled in for each."),
    )  # fmt: skip
    answer_by_on = forms.DateField(label=_("Answer by"), widget=day_input())
    by_myself = forms.BooleanField(
        label=_("I tell them myself: no message leaves"), required=False,
        help_text=_("For offers made by phone or in a chat. Reminders still follow."),
    )  # fmt: skip

    def __init__(self, *args: Any, campaign: Campaign, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.currency = today, str(campaign.budget.currency) if campaign.budget is not None else "IDR"
        self.initial.setdefault("answer_by_on", today + dt.timedelta(days=days_to_answer()))
        template = self.fields["template"]
        assert isinstance(template, forms.ModelChoiceField)
        template.queryset = MessageTemplate.objects.filter(is_active=True).order_by("name")
        self.fee: Money | None = None
        self.helper = helper(
            side_by_side("fee_said", "in_kind"), side_by_side("answer_by_on", "template"), "words", "by_myself"
        )

    def clean_fee_said(self) -> str:
        said = " ".join(self.cleaned_data["fee_said"].split())
        if not said:
            return ""
        read = read_said(said)
        if read is None or read.low != read.high or read.low <= 0:
            raise ValidationError(_("Write one price, for example 2,8jt nett or 2.800.000."), code="fee")
        if read.low >= Decimal(10) ** 12:
            raise ValidationError(_("That is more than anybody gets. Check the zeros."), code="fee")
        self.fee = Money(read.low, read.currency or self.currency)
        return said

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        validate_blanks(words, tuple(BLANKS))
        return words

    def clean_answer_by_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["answer_by_on"]
        if day < self.today:
            raise ValidationError(_("That day is over. Choose today or a later one."), code="over")
        if day > self.today + LONGEST:
            raise ValidationError(_("That is more than three months away. Choose an earlier day."), code="far")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        template = data.get("template")
        if template is not None and not data.get("words"):
            try:
                validate_blanks(template.text_id + template.text_en, tuple(BLANKS))
            except ValidationError as refused:
                self.add_error("template", refused)
        data["ask"] = self._ask(data) if not self.errors else None
        return data

    def _ask(self, data: dict[str, Any]) -> Ask:
        words, template = data["words"], data["template"]
        spoken = {"en": words, "id": words} if words else {}
        if template is not None and not words:
            spoken = {"en": template.text_en or template.text_id, "id": template.text_id or template.text_en}
        return Ask(data["answer_by_on"], self.fee, data["fee_said"], data["in_kind"], spoken, data["by_myself"])


class YesForm(forms.Form):
    """Nothing to say but yes; a word is welcome."""

    note = few_words(_("Anything to add? (optional)"), required=False)


class PriceForm(forms.Form):
    """Another price, or in words what she would like instead."""

    amount = MoneyField(label=_("Your price"), min_value=Decimal(1), max_digits=14, decimal_places=2, required=False)
    note = few_words(_("or tell us what you would like instead"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and data.get("amount") is None and not str(data.get("note") or "").strip():
            self.add_error("amount", _("Say which price, or in words what you would like instead."))
        return data


class ToldPriceForm(forms.Form):
    """The same, as a colleague heard it: her words stand beside the channel already."""

    amount = MoneyField(label=_("Her price"), min_value=Decimal(1), max_digits=14, decimal_places=2)


class NoForm(forms.Form):
    note = few_words(_("Why not? It helps us next time. (optional)"), required=False)


class QuestionForm(forms.Form):
    note = few_words(_("Your question"))


class UntilForm(forms.Form):
    """Until when she would like to think about it."""

    until = forms.DateField(label=_("I answer by"), widget=day_input())

    def clean_until(self) -> dt.date:
        day: dt.date = self.cleaned_data["until"]
        today = timezone.localdate()
        if day < today:
            raise ValidationError(_("That day is over. Choose today or a later one."), code="over")
        if day > today + dt.timedelta(days=MORE_DAYS):
            raise ValidationError(_("That is more than two weeks away. Ask us with a question instead."), code="far")
        return day


class AgainForm(forms.Form):
    note = few_words(_("Anything to add? (optional)"), required=False)
