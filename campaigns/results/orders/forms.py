"""What is asked about one order: whose it is, and what came back of it."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.answers import day_input
from campaigns.planning.forms.boxes import helper, side_by_side
from campaigns.planning.models import Collaboration
from campaigns.results.models import Order
from crm.base.money import AmountField


class GiveForm(forms.Form):
    """Whose an order of nobody is, and how we know."""

    card = forms.ModelChoiceField(label=_("Through whom it came"), queryset=Collaboration.objects.none())
    why = forms.CharField(
        label=_("How do we know?"), max_length=200, help_text=_("For example: the buyer told the shop.")
    )

    def __init__(self, *args: Any, cards: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["card"]
        field.queryset = cards
        field.label_from_instance = lambda one: f"{one.influencer}, {one.campaign}"
        self.helper = helper("card", "why")


class ReturnForm(forms.Form):
    """A refund as the shop has it."""

    number = forms.CharField(
        label=_("Number of the refund"), max_length=80, help_text=_("As the shop has it: the same number counts once.")
    )
    amount = AmountField(
        label=_("Given back"), max_digits=14, decimal_places=2, required=False,
        help_text=_("Of what was paid for goods. Leave empty for all that is left."),
    )  # fmt: skip
    on = forms.DateField(label=_("Day"), widget=day_input())

    def __init__(self, *args: Any, order: Order, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["on"] = today
        self.helper = helper(side_by_side("number", "on"), "amount")
