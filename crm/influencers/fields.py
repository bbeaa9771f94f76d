"""Fields that understand what people type: `34,2 rb`, `1,2 jt`, `@kirana`, a profile's address."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.base.amounts import read_amount, read_count

MOST = 99_999_999_999


class CountField(forms.CharField):
    """How many, as people write it. Answers an int, or None when left empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 30)
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "placeholder": _("34.2k")}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        count = read_count(text)
        if count is None or count > MOST:
            raise ValidationError(_("Write a number, such as 34200, 34.2k or 34,2 rb."), code="count")
        return count

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial if initial is not None else "") != str(data or "").strip()


class AmountField(forms.CharField):
    """How much money, as people write it: `1,5 jt`, `750rb`, `Rp1.500.000`. Answers a Decimal, or None when empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 30)
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "placeholder": "1,5 jt"}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        amount = read_amount(text)
        if amount is None or amount > MOST:
            raise ValidationError(_("Write an amount, such as 1500000, 1.500.000 or 1,5 jt."), code="amount")
        return amount

    def prepare_value(self, value: Any) -> Any:
        """Whole amounts without their cents, so that `2800000.00` does not read as something else."""
        if isinstance(value, Decimal) and value == value.to_integral_value():
            return str(int(value))
        return value
