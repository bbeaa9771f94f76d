"""What colleagues type about products and their variants: a name and a value; the rest is folded."""

import re
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.base.money import MoneyField
from crm.brands.forms import category_choices, one_line
from crm.brands.models import Brand, Product, ProductVariant
from crm.team.forms import bare_helper, folded
from crm.timeline.edit_forms import SeenMixin

HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")

VALUE_HELP = {
    "value": _("What it costs in the shop: offers, disclosure and insurance go by it. Leave empty if it has no price."),
    "cost": _("What making it cost: cost reports go by it, and its worth as pay where the brand makes or sells it."),
    "bought_for": _("What it was bought for: its worth as pay where the brand does not make it itself."),
}
"""What each value is used for (domain 4.4); the fourth, the shipping, stands on the parcel."""


class ValuesMixin(forms.BaseForm):
    """One value, or four for a brand that keeps them."""

    instance: Any

    def ask_values(self, brand: Brand) -> list[str]:
        """Leave away what the brand does not keep; the names of the values that are folded."""
        if not brand.keeps_four_values:
            del self.fields["cost"], self.fields["bought_for"]
        for name, said in VALUE_HELP.items():
            if name in self.fields:
                self.fields[name].help_text = said
                if self.instance.pk is None:
                    self.fields[name].initial = [None, Organisation.load().currency]
        return [name for name in ("cost", "bought_for") if name in self.fields]

    def says_more(self, *names: str) -> bool:
        """Open when something of it is written already, or was refused."""
        return self.is_bound or any(getattr(self.instance, name) for name in names)


class ProductForm(SeenMixin, ValuesMixin, forms.ModelForm[Product]):
    """What it is called and what it is worth."""

    url = forms.URLField(
        label=_("Product page"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "placeholder": "https://"}),
    )

    class Meta:
        model = Product
        fields = [
            "name", "value", "cost", "bought_for", "category", "url", "weight_g", "may_be_lent", "notification_no",
            "halal_no",
        ]  # fmt: skip
        field_classes = {"value": MoneyField, "cost": MoneyField, "bought_for": MoneyField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notification_no"].help_text = _(
            "As on the pack: NA18230104521. A cosmetic is not advertised without it."
        )
        self.fields["category"].choices = category_choices(_("As the brand"))  # type: ignore[attr-defined]
        self.fields["weight_g"].help_text = _("With its wrapping, for the label of the parcel.")
        self.fields["may_be_lent"].help_text = _("It can be sent as a loan that comes back.")
        values = self.ask_values(self.instance.brand)
        more = (*values, "category", "url", "weight_g", "may_be_lent", "notification_no", "halal_no")
        self.helper = bare_helper(
            Fieldset(
                "",
                "name",
                "value",
                *folded(
                    _("Category, page, weight, numbers"),
                    Row(*(Column(name, css_class="col-sm") for name in values)),
                    Row(Column("category", css_class="col-sm"), Column("url", css_class="col-sm")),
                    Row(Column("notification_no", css_class="col-sm"), Column("halal_no", css_class="col-sm")),
                    Row(Column("weight_g", css_class="col-sm"), Column("may_be_lent", css_class="col-sm")),
                    is_open=self.says_more(*more),
                ),
            ),
            *(["seen"] if self.instance.pk else []),
        )
        self.remember()

    def clean_notification_no(self) -> str:
        return "".join(self.cleaned_data["notification_no"].split()).upper()

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        namesakes = Product.objects.filter(brand_id=self.instance.brand_id, name__iexact=name)
        if namesakes.exclude(pk=self.instance.pk).exists():
            raise ValidationError(
                _("The brand has a product of this name already. Choose another name."), code="unique"
            )
        return name


class VariantForm(SeenMixin, ValuesMixin, forms.ModelForm[ProductVariant]):
    """The shade, size or scent; an empty value is the product's."""

    class Meta:
        model = ProductVariant
        fields = ["name", "swatch", "sku", "value", "cost", "bought_for", "weight_g"]
        field_classes = {"value": MoneyField, "cost": MoneyField, "bought_for": MoneyField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = self.ask_values(self.instance.product.brand)
        for name in ("value", *values):
            self.fields[name].help_text = _("Empty: as the product.")
        self.helper = bare_helper(
            Fieldset(
                "",
                "name",
                Row(Column("swatch", css_class="col-sm"), Column("sku", css_class="col-sm")),
                *folded(
                    _("Where it differs from the product"),
                    Row(*(Column(name, css_class="col-sm") for name in ("value", *values))),
                    "weight_g",
                    is_open=self.says_more("value", "weight_g"),
                ),
            ),
            *(["seen"] if self.instance.pk else []),
        )
        self.remember()

    def clean_swatch(self) -> str:
        """`c58`, `#C58` and `#cc5588` are the same colour."""
        typed = "".join(self.cleaned_data["swatch"].split())
        match = HEX.fullmatch(typed)
        if typed and match is None:
            raise ValidationError(_("Write the colour like #c58c5e, or leave it empty."), code="colour")
        digits = match[1].lower() if match else ""
        whole = digits if len(digits) != 3 else "".join(digit * 2 for digit in digits)
        return f"#{whole}" if whole else ""

    def clean_sku(self) -> str:
        sku = "".join(self.cleaned_data["sku"].split())
        if sku and ProductVariant.objects.filter(sku__iexact=sku).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another variant has this SKU already."), code="unique")
        return sku

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        namesakes = ProductVariant.objects.filter(product_id=self.instance.product_id, name__iexact=name)
        if namesakes.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("This product has a variant of that name already."), code="unique")
        return name
