"""The form for a price: her words are enough when they hold one."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.influencers.fields import AmountField
from crm.influencers.forms.audience import day, offer_accounts
from crm.influencers.models import Format, RateCard
from crm.influencers.prices_said import Said, read_said
from crm.team.forms import bare_helper
from crm.timeline.edit_forms import SeenMixin


class RateForm(SeenMixin, forms.ModelForm[RateCard]):
    """A price as she named it: for one format, for a package, or for everything; on one account or any."""

    amount = AmountField(label=_("Price"), required=False)
    amount_to = AmountField(label=_("up to (optional)"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in settings.CURRENCIES])

    class Meta:
        model = RateCard
        fields = ["as_said", "account", "format", "package", "tax", "valid_from", "valid_to"]
        widgets = {"valid_from": day(), "valid_to": day()}

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            price = self.instance.price
            self.initial.update({
                "amount": price.amount, "amount_to": self.instance.price_to, "currency": str(price.currency)
            })  # fmt: skip
        else:
            self.initial["valid_from"] = today
        chosen = self.fields["format"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = Format.objects.select_related("platform")
        chosen.empty_label = _("Anything")
        offer_accounts(self, self.instance.influencer, _("Any of them"))
        self.fields["as_said"].help_text = _(
            "For example: 1 reel 3 story 2,8jt nett. The price and what it buys are read from these words; what you "
            "fill in below counts more."
        )
        self.fields["valid_to"].help_text = _("Leave it empty when she said no last day. A newer price ends this one.")
        self.helper = bare_helper(
            Fieldset("", "as_said"),
            Fieldset(
                "",
                Row(Column("amount"), Column("amount_to"), Column("currency", css_class="col-sm-3")),
                Row(Column("format"), Column("package"), Column("account")),
                Row(Column("valid_from"), Column("valid_to"), Column("tax")),
            ),
            *(["seen"] if self.instance.pk else []),
        )
        self.remember()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "amount" not in self.errors and data.get("amount") is None:
            self._read_words(data)
        low, high = data.get("amount"), data.get("amount_to")
        if low is not None and high is not None and high < low:
            self.add_error("amount_to", _("This is less than the price. Swap them or correct one."))
        start, end = data.get("valid_from"), data.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", _("The last day lies before the first. Swap them or correct one."))
        if data.get("format") and data.get("package"):
            self.add_error("package", _("A price is for one format or for a package. Clear one of the two."))
        return data

    def _read_words(self, data: dict[str, Any]) -> None:
        words = data.get("as_said") or ""
        said = read_said(words)
        if said is not None and said.currency in settings.CURRENCIES:
            self._take(said, data)
        elif words:
            self.add_error("amount", _("No single price was found in her words. Write it here."))
        else:
            self.add_error("amount", _("Write a price here, or her words above."))

    def _take(self, said: Said, data: dict[str, Any]) -> None:
        """What the words say, where nothing else was filled in."""
        data["amount"], data["currency"] = said.low, said.currency
        if said.high != said.low:
            data["amount_to"] = data.get("amount_to") or said.high
        data["tax"] = data.get("tax") or said.tax
        if not data.get("format") and not data.get("package"):
            data["package"], data["format"] = said.package, self._format(said.content, data)

    def _format(self, content: str, data: dict[str, Any]) -> Format | None:
        """The format the word means on the chosen account, or on her largest one that has it."""
        if not content:
            return None
        account = data.get("account")
        accounts = [account] if account else self.fields["account"].queryset  # type: ignore[attr-defined]
        found = {one.platform_id: one for one in Format.objects.filter(code=content).select_related("platform")}
        hers = [found[one.platform_id] for one in accounts if one.platform_id in found]
        return next(iter([*hers, *found.values()]), None)

    def rate(self) -> RateCard:
        """The row with the price in it."""
        rate: RateCard = self.instance
        for name in ("format", "package", "tax"):
            setattr(rate, name, self.cleaned_data[name])
        rate.price = Money(self.cleaned_data["amount"], self.cleaned_data["currency"])
        rate.price_to = self.cleaned_data["amount_to"]
        return rate
