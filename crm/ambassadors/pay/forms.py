"""What is typed about money, orders, perks and tiers of a deal."""

import datetime as dt
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, PerkGrant, ProgramTier, RetainerCharge, Sale
from crm.ambassadors.pay.rates import Price
from crm.base.money import AmountField, MoneyField
from crm.base.windows import validate_period
from crm.exclusivity.forms.outside import day
from crm.team.forms import bare_helper, folded


class PastDay(forms.DateField):
    """A day that has come."""

    def __init__(self, *, today: dt.date, **kwargs: Any) -> None:
        super().__init__(widget=day(), initial=today, **kwargs)
        self.today = today

    def clean(self, value: Any) -> dt.date | None:
        on: dt.date | None = super().clean(value)
        validate_period(on, None)
        if on is not None and on > self.today:
            raise ValidationError(_("This day has not come yet."), code="future")
        return on


class SettleForm(forms.Form):
    """When how much of a line was paid, and what proves it."""

    amount = AmountField(label=_("Amount"), min_value=Decimal("0.01"), max_digits=14, decimal_places=2)
    note = forms.CharField(
        label=_("What proves it"), max_length=300, required=False,
        help_text=_("The number of the transfer, or where the slip is kept."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: dt.date, left: Decimal, in_whole: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = PastDay(label=_("Paid on"), today=today)
        self.initial["amount"] = left
        if in_whole:
            del self.fields["amount"]
        self.helper = bare_helper(Row(Column("on"), *([] if in_whole else [Column("amount")])), "note")


class ChargeForm(forms.Form):
    """Yes or no to a charge that was proposed; yes perhaps to less."""

    amount = AmountField(label=_("Amount"), min_value=Decimal("0.01"), max_digits=14, decimal_places=2, required=False)
    why = forms.CharField(
        label=_("Because"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed to say no. It is kept with the charge."),
    )  # fmt: skip

    def __init__(self, *args: Any, charge: RetainerCharge, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.charge = charge
        self.initial["amount"] = abs(charge.amount.amount)
        self.fields["amount"].help_text = _("As proposed, or less.")
        self.helper = bare_helper("amount", "why")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "no" in self.data and not (said.get("why") or "").strip():
            self.add_error("why", _("Say why."))
        return said

    @property
    def amount_chosen(self) -> Money | None:
        """With the sign of what was proposed; None for just that."""
        size: Decimal | None = self.cleaned_data.get("amount")
        if size is None:
            return None
        return Money(size if self.charge.amount.amount > 0 else -size, self.charge.amount.currency)


class SaleForm(forms.Form):
    """One order."""

    number = forms.CharField(label=_("Order number"), max_length=80)
    gross = MoneyField(label=_("Before discounts"), help_text=_("With the tax and the shipping that are in it."))
    code = forms.CharField(label=_("Code"), max_length=60, required=False)
    via = forms.ChoiceField(label=_("Came by"), choices=Sale.Via)
    discount = AmountField(label=_("Discount"), min_value=Decimal(0), required=False)
    tax = AmountField(label=_("Tax in it"), min_value=Decimal(0), required=False)
    shipping = AmountField(label=_("Shipping in it"), min_value=Decimal(0), required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ordered_on"] = PastDay(label=_("Ordered on"), today=today)
        less = Row(Column("discount"), Column("tax"), Column("shipping"))
        is_open = any(name in self.data and self.data[name] for name in ("discount", "tax", "shipping"))
        self.helper = bare_helper(
            Fieldset("", Row(Column("number"), Column("ordered_on")), "gross", Row(Column("via"), Column("code"))),
            *folded(_("Discount, tax and shipping"), less, is_open=is_open),
        )

    @property
    def price(self) -> Price:
        said = self.cleaned_data
        less = {name: said.get(name) or Decimal(0) for name in ("discount", "tax", "shipping")}
        return Price(said["gross"].amount, str(said["gross"].currency), **less)


class PasteForm(forms.Form):
    """Orders from a sheet."""

    rows = forms.CharField(
        label=_("Orders"), max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 10, "placeholder": "241101ABC; 2026-11-01; 450000; KIRANA10"}),
        help_text=_("One a row: order; day; amount; code. Rows copied from a sheet work as they are."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper("rows")


class ReturnForm(forms.Form):
    """The day an order came back."""

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = PastDay(label=_("Returned on"), today=today)
        self.helper = bare_helper("on")


class PerkForm(forms.ModelForm[PerkGrant]):
    """Something given by hand."""

    class Meta:
        model = PerkGrant
        fields = ["kind", "label", "value", "granted_on", "note"]
        field_classes = {"value": MoneyField}
        widgets = {"granted_on": day()}

    def __init__(self, *args: Any, deal: AmbassadorDeal, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.deal = deal
        self.initial.setdefault("granted_on", today)
        self.fields["value"].help_text = _("What it is worth to her. Empty: nothing in money.")
        self.helper = bare_helper(Row(Column("kind"), Column("granted_on")), "label", "value", "note")

    def clean_granted_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["granted_on"]
        validate_period(on, None)
        return on


class UseForm(forms.Form):
    """How much of a perk she used, and when."""

    part = AmountField(
        label=_("Worth"), min_value=Decimal("0.01"), max_digits=14, decimal_places=2, required=False,
        help_text=_("Empty: all that is left of it."),
    )  # fmt: skip

    def __init__(self, *args: Any, grant: PerkGrant, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = PastDay(label=_("Used on"), today=today)
        if grant.value is None:
            del self.fields["part"]
        self.helper = bare_helper("on", *(["part"] if grant.value is not None else []))


class TierForm(forms.Form):
    """Another tier, and why."""

    tier: forms.ModelChoiceField[ProgramTier] = forms.ModelChoiceField(
        label=_("Tier"), queryset=ProgramTier.objects.none()
    )
    why = forms.CharField(label=_("Because"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, deal: AmbassadorDeal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tier"].queryset = deal.program.tiers.all()  # type: ignore[attr-defined]
        self.initial.setdefault("tier", deal.tier_id)
        self.helper = bare_helper("tier", "why")
