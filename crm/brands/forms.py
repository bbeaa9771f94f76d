"""What colleagues type about brands and products."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import HTML, Column, Div, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.base.windows import validate_period
from crm.brands.hands import is_free_from
from crm.brands.models import Brand, BrandOwner, Category, Territory
from crm.brands.profile import PROFILE
from crm.brands.queries import greeting_of
from crm.team.forms import bare_helper, folded, zone_field
from crm.timeline.edit_forms import SeenMixin

if TYPE_CHECKING:
    from crm.team.models import User

SWITCHES = ("counts_stock", "approves_samples", "keeps_four_values")
"""How a brand goes about its samples; all of them off is the simplest."""

COLOURS = {"a": _("Teal"), "b": _("Orange"), "c": _("Violet"), "d": _("Blue")}


def greeting_choices() -> list[tuple[str, Any]]:
    """Each form of address with how a letter begins then: in Indonesian, the language in which they differ."""
    return [(way.value, format_lazy("{}: “{}”", way.label, greeting_of(way, "id"))) for way in Brand.Address]


def category_choices(empty: Any) -> list[tuple[Any, Any]]:
    """The tree as lines such as `Beauty / Skincare`, in one query."""
    nodes = {node.pk: node for node in Category.objects.all()}
    lines = [(node.pk, " / ".join(_path(node, nodes))) for node in nodes.values()]
    return [("", empty), *sorted(lines, key=lambda line: line[1].casefold())]


def place_choices() -> list[tuple[Any, Any]]:
    """The tree of places as lines such as `Indonesia / Bali / Denpasar`, in one query."""
    nodes = {node.pk: node for node in Territory.objects.all()}
    lines = [(node.pk, " / ".join(_path(node, nodes))) for node in nodes.values()]
    return sorted(lines, key=lambda line: line[1].casefold())


def _path(node: Any, nodes: dict[int, Any]) -> list[str]:
    above = nodes.get(node.parent_id) if node.parent_id else None
    return [*(_path(above, nodes) if above else []), str(node)]


def one_line(text: str) -> str:
    return " ".join(text.split())


class BrandForm(SeenMixin, forms.ModelForm[Brand]):
    """Name and house are asked; everything else has an answer already."""

    house = forms.CharField(
        label=_("or a new house"),
        max_length=120,
        required=False,
        help_text=_("Typed here, it takes the place of the choice."),
    )

    class Meta:
        model = Brand
        fields = [
            "name", "owner", "category", "also_sells", "language", "zone", "form_of_address", "colour", "about",
            *PROFILE, "personas", "rivals", *SWITCHES,
        ]  # fmt: skip
        widgets = {
            "about": forms.Textarea(attrs={"rows": 4}),
            **{name: forms.Textarea(attrs={"rows": 2}) for name in PROFILE if name != "tone"},
            "form_of_address": forms.RadioSelect,
            "colour": forms.RadioSelect,
            "personas": forms.CheckboxSelectMultiple,
        }
        error_messages = {"name": {"unique": _("There is a brand of this name already. Choose another name.")}}

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_houses(user)
        self._offer_rivals(user)
        self.fields["zone"] = zone_field()
        nodes = category_choices(_("None yet"))
        self.fields["category"].choices = nodes  # type: ignore[attr-defined]
        self.fields["also_sells"].choices = nodes[1:]  # type: ignore[attr-defined]
        self.fields["also_sells"].help_text = _("Besides its category. Promises that name companies count these, too.")
        self.fields["form_of_address"].choices = greeting_choices()  # type: ignore[attr-defined]
        self.fields["colour"].choices = [  # type: ignore[attr-defined]
            (code, format_html('<span class="brand-dot {}"></span> {}', code, label)) for code, label in COLOURS.items()
        ]
        self.fields["colour"].help_text = _("Marks the brand in lists and calendars.")
        self.fields["personas"].help_text = _("People whose followers are like that are found for it.")
        self.helper = bare_helper(*self._layout())
        self.remember()

    def _says_more(self) -> bool:
        """Open when something of it is written already, or was refused."""
        return self.is_bound or any(getattr(self.instance, name) for name in ("values", "does", "avoids"))

    def _offer_houses(self, user: "User") -> None:
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.label, owner.required, owner.empty_label = _("House"), False, _("Choose …")
        owner.queryset = BrandOwner.objects.visible_to(user)
        owner.help_text = _("The company behind the brand.")

    def _offer_rivals(self, user: "User") -> None:
        rivals = self.fields["rivals"]
        assert isinstance(rivals, forms.ModelMultipleChoiceField)
        rivals.queryset = Brand.objects.visible_to(user).exclude(pk=self.instance.pk)
        if self.instance.pk is not None:
            self.initial["rivals"] = [brand.pk for brand in rivals.queryset.filter(rivals=self.instance)]
        rivals.help_text = _("Mutual: each stands with the other as a competitor.")

    def _layout(self) -> list[Any]:
        return [
            Fieldset(
                _("Who"),
                "name",
                Row(Column("owner", css_class="col-sm"), Column("house", css_class="col-sm")),
                "colour",
            ),
            Fieldset(
                _("How it speaks"),
                "about",
                "tone",
                "audience",
                *folded(
                    _("What it stands for, always does and never does"),
                    "values",
                    "does",
                    "avoids",
                    is_open=self._says_more(),
                ),
                Div("personas", css_class="choices-3"),
                "form_of_address",
                Row(Column("language", css_class="col-sm"), Column("zone", css_class="col-sm")),
            ),
            Fieldset(
                _("What it sells, and against whom"),
                "category",
                Div(HTML("<auto-select>"), "also_sells", HTML("</auto-select>")),
                Div(HTML("<auto-select>"), "rivals", HTML("</auto-select>")),
            ),
            Fieldset(
                _("Its samples"),
                *folded(
                    _("Counting, approving, and what they are worth"),
                    *SWITCHES,
                    is_open=any(getattr(self.instance, name) for name in SWITCHES),
                ),
            ),
            *(["seen"] if self.instance.pk else []),
        ]

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        if Brand.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(self.Meta.error_messages["name"]["unique"], code="unique")
        return name

    def clean_house(self) -> str:
        return one_line(self.cleaned_data["house"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("owner") and not data.get("house") and not {"owner", "house"} & self.errors.keys():
            self.add_error("owner", _("Choose the house, or type the name of a new one beside."))
        return data


class HandsForm(forms.Form):
    """To which house the brand goes, and from which day on."""

    owner = forms.ModelChoiceField(
        label=_("House"), queryset=BrandOwner.objects.none(), required=False, empty_label=_("Choose …")
    )
    house = forms.CharField(
        label=_("or a new house"),
        max_length=120,
        required=False,
        help_text=_("Typed here, it takes the place of the choice."),
    )
    on = forms.DateField(
        label=_("From which day on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, brand: Brand, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.brand = brand
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = BrandOwner.objects.visible_to(user).exclude(pk=brand.owner_id)
        self.helper = bare_helper(
            Fieldset("", Row(Column("owner", css_class="col-sm"), Column("house", css_class="col-sm")), "on")
        )

    def clean_house(self) -> str:
        return one_line(self.cleaned_data["house"])

    def clean_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["on"]
        validate_period(on, None)
        if not is_free_from(self.brand, on):
            raise ValidationError(
                _("Another house is on file for that day or later. Choose a later day, or have an admin correct it.")
            )
        return on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("owner") and not data.get("house") and not {"owner", "house"} & self.errors.keys():
            self.add_error("owner", _("Choose the house, or type the name of a new one beside."))
        if data.get("house", "").casefold() == self.brand.owner.name.casefold():
            self.add_error("house", _("The brand belongs to this house already."))
        return data
