"""What colleagues type about stock."""

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.samples.models import StockBatch, StockLocation
from crm.brands.models import Brand, Product, ProductVariant
from crm.team.forms import bare_helper, folded

if TYPE_CHECKING:
    from crm.team.models import User

MOST = 100_000
"""More pieces than this at once is a slip of the finger."""


def day_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def thing_choices(user: "User") -> list[tuple[Any, Any]]:
    """Everything that can stand on a shelf: variants, and products that have none, by brand. Two queries."""
    products = Product.objects.visible_to(user).offered().filter(brand__counts_stock=True).select_related("brand")
    variants: dict[int, list[ProductVariant]] = {}
    for one in ProductVariant.objects.offered().filter(product__in=products).select_related("product"):
        variants.setdefault(one.product_id, []).append(one)
    groups: dict[str, list[tuple[str, str]]] = {}
    for product in products.order_by("brand__name", "name"):
        own = [(f"v{one.pk}", str(one)) for one in variants.get(product.pk, ())]
        groups.setdefault(product.brand.name, []).extend(own or [(f"p{product.pk}", product.name)])
    return [("", _("Choose …")), *groups.items()]


class ReceiveForm(forms.Form):
    """Goods come in: what, how many, where to; the rest is folded."""

    thing = forms.ChoiceField(label=_("What"))
    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST)
    location = forms.ModelChoiceField(
        label=_("Where to"), queryset=StockLocation.objects.none(), required=False, empty_label=_("Choose …")
    )
    place = forms.CharField(
        label=_("or a new place"), max_length=80, required=False, help_text=_("The shelf in the office, the warehouse.")
    )
    expires_on = day_field(_("Best before"), required=False, help_text=_("What ends first is sent first."))
    batch_no = forms.CharField(
        label=_("Batch number"),
        max_length=40,
        required=False,
        help_text=_("As on the pack. Goods of one number stand together."),
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thing"].choices = thing_choices(user)  # type: ignore[attr-defined]
        places = StockLocation.objects.visible_to(user).in_use()
        self.fields["location"].queryset = places  # type: ignore[attr-defined]
        if len(places) == 1:
            self.fields["location"].initial = places[0].pk
        self.helper = bare_helper(
            Fieldset(
                "",
                Row(Column("thing", css_class="col-sm-8"), Column("quantity", css_class="col-sm-4")),
                Row(Column("location", css_class="col-sm"), Column("place", css_class="col-sm")),
                "expires_on",
                *folded(_("Batch number, note"), "batch_no", "note", is_open=self.is_bound),
            )
        )

    def clean_thing(self) -> tuple[Product, ProductVariant | None]:
        kind, pk = self.cleaned_data["thing"][0], int(self.cleaned_data["thing"][1:])
        if kind == "p":
            return Product.objects.select_related("brand").get(pk=pk), None
        variant = ProductVariant.objects.select_related("product__brand").get(pk=pk)
        return variant.product, variant

    def clean_place(self) -> str:
        return " ".join(self.cleaned_data["place"].split())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("location") and not data.get("place") and not {"location", "place"} & self.errors.keys():
            self.add_error("location", _("Choose where it stands, or type the name of a new place beside."))
        return data


class CountForm(forms.Form):
    """So many are really there, and why that differs."""

    counted = forms.IntegerField(label=_("Counted"), min_value=0, max_value=MOST)
    why = forms.CharField(label=_("Why it differs"), max_length=200)

    def __init__(self, *args: Any, batch: StockBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["counted"].initial = batch.on_hand
        self.helper = bare_helper(Fieldset("", "counted", "why"))


class WriteOffForm(forms.Form):
    """So many go: broken, expired, lost."""

    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST)
    why = forms.CharField(label=_("Why"), max_length=200, help_text=_("Broken, past its day, lost on the shelf."))

    def __init__(self, *args: Any, batch: StockBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper(Fieldset("", "quantity", "why"))


class PlaceForm(forms.ModelForm[StockLocation]):
    """A place parcels leave from, as their labels name it."""

    class Meta:
        model = StockLocation
        fields = ["name", "brand", "sender", "phone", "address"]
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}
        error_messages = {"name": {"unique": _("There is a place of this name already. Choose another name.")}}

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        brand = self.fields["brand"]
        assert isinstance(brand, forms.ModelChoiceField)
        brand.queryset, brand.empty_label = Brand.objects.visible_to(user), str(_("Of all brands"))
        self.helper = bare_helper(
            Fieldset(
                "",
                "name",
                "brand",
                Row(Column("sender", css_class="col-sm"), Column("phone", css_class="col-sm")),
                "address",
            )
        )

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if StockLocation.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(self.Meta.error_messages["name"]["unique"], code="unique")
        return name
