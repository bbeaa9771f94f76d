"""An amount with its currency in a form: one group, read in the active language's own notation, never misread.

In a ModelForm name it in `Meta.field_classes`, in an admin in `formfield_overrides`; the labels of errors say how to
write an amount in that language.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import get_format, number_format
from django.utils.translation import gettext_lazy as _
from djmoney.forms import MoneyField as DjangoMoneyField
from djmoney.forms.widgets import MoneyWidget

from crm.base.amounts import read_amount

LETTERS = re.compile(r"[^\W\d_]")
EXAMPLE = Decimal("1500000.50")
BLANKS = "\u00a0\u202f "


def write_amount(amount: Decimal) -> str:
    """The amount with the language's separators; cents only where there are some."""
    whole = amount == amount.to_integral_value()
    return number_format(amount, decimal_pos=0 if whole else 2, use_l10n=True, force_grouping=True)


def read_local_amount(text: str) -> Decimal:
    """The amount a person typed in the active language: `1.500.000,50` in Indonesian, `1,500,000.50` in English.

    Words work too (`1,5 jt`, `750rb`). ValidationError where the separators say something else in this language.
    """
    typed = text.strip(BLANKS)
    amount = read_amount(typed) if LETTERS.search(typed) else _in_figures(typed)
    if amount is None:
        raise ValidationError(
            _("Write the amount like %(grouped)s or %(plain)s."),
            code="amount",
            params={"grouped": write_amount(EXAMPLE), "plain": "1500000"},
        )
    return amount


def _in_figures(typed: str) -> Decimal | None:
    thousand, point = re.escape(get_format("THOUSAND_SEPARATOR")), re.escape(get_format("DECIMAL_SEPARATOR"))
    grammar = rf"(?P<sign>-?)(?P<whole>\d+|\d{{1,3}}(?:{thousand}\d{{3}})+)(?:{point}(?P<cents>\d+))?"
    match = re.fullmatch(grammar, typed, re.ASCII)
    if match is None:
        return None
    whole = re.sub(r"\D", "", match["whole"])
    return Decimal(f"{match['sign']}{whole}.{match['cents'] or 0}")


class AmountInput(forms.TextInput):
    """Shows numbers with separators and gives back what was typed, letter by letter, when it was refused."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal | int | float):
            return write_amount(Decimal(str(value)))
        return None if value in {None, ""} else str(value)


class AmountField(forms.DecimalField):
    """A decimal in the active language's notation."""

    widget = AmountInput

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs inherit IntegerField's
        if value in self.empty_values:
            return None
        return read_local_amount(value) if isinstance(value, str) else Decimal(str(value))


class MoneyInput(MoneyWidget):
    """Currency and amount side by side in one Bootstrap group; the field's label belongs to the amount."""

    template_name = "widgets/money.html"
    use_fieldset = False

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        widget = context["widget"]
        amount, currency = widget["subwidgets"]
        widget["is_invalid"] = "is-invalid" in amount["attrs"].get("class", "").split()
        wrong = " is-invalid" if widget["is_invalid"] else ""
        amount["attrs"].update(
            {"class": f"form-control text-end num{wrong}", "inputmode": "decimal", "autocomplete": "off"}
        )
        currency["attrs"].update({"class": f"form-select flex-grow-0 w-auto{wrong}", "aria-label": _("Currency")})
        return context


class MoneyField(DjangoMoneyField):
    """The form field of a money column; not negative unless a `min_value` says so."""

    default_error_messages = {"required": _("Enter an amount.")}

    def __init__(
        self,
        *,
        min_value: Decimal | None = Decimal(0),
        max_value: Decimal | None = None,
        max_digits: int | None = 14,
        decimal_places: int = 2,
        default_amount: Any = None,
        default_currency: Any = settings.DEFAULT_CURRENCY,
        currency_choices: Sequence[tuple[str, Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        initial = kwargs.pop("initial", None)
        choices = currency_choices or [(code, code) for code in settings.CURRENCIES]
        codes = [(code, code) for code, _name in choices]
        super().__init__(  # type: ignore[no-untyped-call]
            currency_choices=codes,
            default_amount=default_amount,
            default_currency=default_currency,
            **kwargs,
        )
        # Whether something must be entered is the whole field's question, not that of its parts.
        amount = AmountField(
            required=False,
            min_value=min_value,
            max_value=max_value,
            max_digits=max_digits,
            decimal_places=decimal_places,
        )
        self.fields = (amount, self.fields[1])
        self.widget = MoneyInput(  # type: ignore[no-untyped-call]
            amount_widget=amount.widget, currency_widget=forms.Select(choices=codes), default_currency=default_currency
        )
        self.widget.is_required = self.required
        if initial is not None:
            self.initial = initial

    def compress(self, data_list: list[Any]) -> Any:
        """An amount without its currency says nothing."""
        if data_list and data_list[0] not in self.empty_values and not data_list[1]:
            raise ValidationError(_("Choose the currency."), code="currency")
        return super().compress(data_list)  # type: ignore[no-untyped-call]
