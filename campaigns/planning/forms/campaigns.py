"""The form of a campaign."""

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from crispy_forms.layout import HTML, Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.planning.actions.goals import SETS
from campaigns.planning.forms.answers import day_input
from campaigns.planning.forms.boxes import helper, searchable, side_by_side, zone_field
from campaigns.planning.forms.kpis import KpiRows
from campaigns.planning.forms.umbrella import check_umbrella, choose_umbrella
from campaigns.planning.models import Campaign
from crm.base.models import Organisation
from crm.base.money import MoneyField
from crm.base.windows import validate_period
from crm.brands.forms import category_choices, place_choices
from crm.brands.models import Brand, Product, Territory
from crm.influencers.models import Format
from crm.team.forms import folded
from crm.team.models import User

if TYPE_CHECKING:
    CampaignModelForm = forms.ModelForm[Campaign]
else:
    CampaignModelForm = forms.ModelForm

MEASURED_BY: dict[str, Any] = {
    "awareness": _("post frequency, mentions, reach, impressions"),
    "advocacy": _("tone of comments, mentions, engagement"),
    "conversation": _("comments, shares, replies"),
    "sales": _("clicks on the link, voucher redemptions, orders"),
    "traffic": _("sessions, cost per click, click rate"),
    "category": _("the category's share of sales"),
    "city": _("reach in the city, visits, code by city"),
    "brand_lift": _("a survey before and after"),
}
"""What each goal is measured by, in one line (domain rules, goal to KPI)."""

YEARS = 5


class CampaignForm(CampaignModelForm):
    """Brand, name and days are asked; everything else has an answer already."""

    zone = zone_field(empty=_("As the brand"))

    class Meta:
        model = Campaign
        fields = [
            "brand", "name", "parent", "opens_alone", "goal", "category", "territories", "start_on", "end_on",
            "budget", "markup", "owner", "about", "second_goal", "mode", "why", "risk", "age_from", "age_to", "gender",
            *SETS,
        ]  # fmt: skip
        field_classes = {"budget": MoneyField}
        widgets = {
            "start_on": day_input(),
            "end_on": day_input(),
            "about": forms.Textarea(attrs={"rows": 3}),
            "why": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = self.instance.pk is None
        self._choose_brand(user)
        self._choose_owner(user)
        self._choose_category()
        self._choose_places()
        choose_umbrella(self, user)
        goal = self.fields["goal"]
        assert isinstance(goal, forms.ChoiceField)
        goal.choices = [
            (code, format_lazy("{}: {}", label, MEASURED_BY[code])) for code, label in Campaign.Goal.choices
        ]
        goal.help_text = _("One goal. What it is measured by stands beside it.")
        self.fields["budget"].help_text = _("Leave empty while it is open.")
        self.initial["zone"] = self.instance.zone if self.instance.pk is not None else ""
        self._choose_products(user)
        goals = [self["goal"].value() or "", self["second_goal"].value() or ""]
        self.kpis = KpiRows(
            self.instance, [code for code in goals if code], cast("QueryDict", self.data) if self.is_bound else None
        )
        self.helper = helper(*self._layout())

    def _layout(self) -> list[Any]:
        return [
            Fieldset(
                str(_("What it is")),
                side_by_side("brand", "name"),
                "goal",
                HTML('{% include "campaigns/planning/_kpi_rows.html" with rows=form.kpis %}'),
            ),
            Fieldset(str(_("When")), side_by_side("start_on", "end_on"), searchable("zone")),
            Fieldset(str(_("Money and people")), side_by_side("budget", "owner"), "markup"),
            *self._folds(),
        ]

    def _folds(self) -> list[Any]:
        """Everything that has an answer already, or is asked at the first offer; open where something was refused."""
        return [
            *self._fold(_("Why, and what is expected"), "why", ("risk", "mode"), "second_goal", "formats", "products"),
            *self._fold(
                _("For whom, and where"), ("category", searchable("territories")), ("niches", "personas"),
                ("age_from", "age_to", "gender"),
            ),
            *self._fold(_("More about it"), "about", "parent", "opens_alone"),
        ]  # fmt: skip

    def _fold(self, title: Any, *lines: Any) -> list[Any]:
        """Fields behind a line to click on; those in a tuple stand side by side."""
        names = [name for line in lines for name in (line if isinstance(line, tuple) else (line,))]
        fields = [side_by_side(*line) if isinstance(line, tuple) else line for line in lines]
        return folded(
            str(title),
            *fields,
            is_open=self.is_bound and any(name in self.errors for name in names if isinstance(name, str)),
        )

    def _choose_products(self, user: User) -> None:
        """What the brand sells; of every brand, while it is not chosen yet."""
        products = self.fields["products"]
        assert isinstance(products, forms.ModelMultipleChoiceField)
        offered = Product.objects.visible_to(user).offered().select_related("brand")
        if self.instance.pk is not None:
            products.queryset = offered.filter(brand=self.instance.brand_id)
        else:
            products.queryset = offered
            products.label_from_instance = lambda row: f"{row.brand}: {row}"
        formats = self.fields["formats"]
        assert isinstance(formats, forms.ModelMultipleChoiceField)
        formats.queryset = Format.objects.select_related("platform")

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.kpis.is_valid()])

    @property
    def sets(self) -> dict[str, list[Any]]:
        """What is chosen of each set; a new campaign speaks to whom its brand speaks to, until somebody says otherwise."""
        chosen = {name: list(self.cleaned_data[name]) for name in SETS}
        if self.is_new and not chosen["personas"]:
            chosen["personas"] = list(self.cleaned_data["brand"].personas.all())
        return chosen

    def _choose_brand(self, user: User) -> None:
        brand = self.fields["brand"]
        assert isinstance(brand, forms.ModelChoiceField)
        seen = Brand.objects.visible_to(user)
        brand.queryset = seen.running() if self.instance.pk is None else seen
        if self.instance.pk is not None:
            brand.disabled = True
            brand.help_text = _("A campaign stays with its brand.")
        elif not self.initial.get("brand"):
            only = list(brand.queryset[:2])
            self.initial["brand"] = only[0].pk if len(only) == 1 else None

    def _choose_owner(self, user: User) -> None:
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = User.objects.active()
        owner.help_text = _("Answers of influencers go to her or him, and so do their questions.")
        if self.instance.pk is None:
            self.initial["owner"] = user.pk
        elif not self.instance.owner.is_active:
            owner.queryset = User.objects.filter(is_active=True) | User.objects.filter(pk=self.instance.owner_id)

    def _choose_category(self) -> None:
        category = self.fields["category"]
        assert isinstance(category, forms.ModelChoiceField)
        category.choices = category_choices(_("As the brand") if self.instance.pk is None else _("Not said"))
        if self.instance.pk is not None and self.instance.collaborations.promised().exists():
            category.disabled = True
            category.help_text = _("Somebody agreed already, and promises of exclusivity were held against it.")

    def _choose_places(self) -> None:
        """The tree of places, the countries first; a new campaign runs in the country of the house."""
        places = self.fields["territories"]
        assert isinstance(places, forms.ModelMultipleChoiceField)
        places.choices = place_choices()
        if self.instance.pk is None:
            home = Territory.objects.filter(code=Organisation.load().country.lower())
            self.initial["territories"] = list(home.values_list("pk", flat=True))
        elif self.instance.collaborations.promised().exists():
            places.disabled = True
            places.help_text = _("Somebody agreed already, and promises of exclusivity were held against it.")

    @property
    def runs_in(self) -> list[Territory]:
        """The places chosen; they stand in a table of their own and are saved beside the campaign."""
        return list(self.cleaned_data["territories"])

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("start_on"), data.get("end_on")
        try:
            validate_period(start, end)
        except ValidationError as wrong:
            self.add_error("end_on" if wrong.code == "inverted" else None, wrong)
        else:
            self._check_length(start, end)
        brand: Brand | None = data.get("brand")
        if brand is not None and not data.get("zone") and "zone" not in self.errors:
            data["zone"] = brand.zone
        if brand is not None and self.instance.pk is None and not data.get("category"):
            data["category"] = brand.category
        if data.get("second_goal") and data["second_goal"] == data.get("goal"):
            self.add_error("second_goal", _("That is the goal already. Choose another one, or none."))
        if brand is not None and any(product.brand_id != brand.pk for product in data.get("products") or ()):
            self.add_error("products", _("Choose products of the campaign's own brand."))
        check_umbrella(self, brand, data.get("parent"))
        return data

    def _check_length(self, start: dt.date | None, end: dt.date | None) -> None:
        if start and end and (end - start).days > YEARS * 366:
            self.add_error("end_on", _("That is more than five years. Check the year."))

    def _post_clean(self) -> None:
        """The zone is put on the campaign before its own checks run."""
        if self.cleaned_data.get("zone"):
            self.instance.zone = self.cleaned_data["zone"]
        super()._post_clean()  # type: ignore[misc]
