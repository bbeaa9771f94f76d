"""A clause is one sentence with four blanks; everything else is folded and has an answer already."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import HTML, Column, Div, Field, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.windows import validate_period
from crm.brands.forms import category_choices
from crm.brands.models import Brand, BrandOwner, Territory
from crm.exclusivity.forms.outside import day
from crm.exclusivity.models import Clause
from crm.exclusivity.terms import ACT_NUMBERS, Act, Kind
from crm.influencers.models import Format, Platform
from crm.team.forms import bare_helper
from crm.team.models import User

MOST_DAYS = 730
USUAL = (Act.PAID_POST, Act.GIFTED_POST, Act.AMBASSADORSHIP, Act.PAID_AD_USAGE)
BLANKS = {
    "category": "form-select", "anchor": "form-select", "before": "form-control", "after": "form-control",
    "platforms": "form-check-input",
}  # fmt: skip
OF_CATEGORY = (Kind.CATEGORY_PRODUCT, Kind.CATEGORY_COMPANY)


class ClauseForm(forms.ModelForm[Clause]):
    """No paid posts for other [category] brands from [days] before to [days] after [each post] on [platforms]."""

    category = forms.ChoiceField(label=_("Category"), required=False)
    before = forms.IntegerField(label=_("Before"), min_value=0, max_value=MOST_DAYS, initial=30)
    after = forms.IntegerField(label=_("After"), min_value=0, max_value=MOST_DAYS, initial=30)
    platforms = forms.ModelMultipleChoiceField(
        label=_("Platforms"), queryset=Platform.objects.all(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means all of them."),
    )  # fmt: skip
    acts = forms.MultipleChoiceField(
        label=_("What is barred"), choices=Act.choices, widget=forms.CheckboxSelectMultiple, initial=list(USUAL)
    )
    excluded = forms.MultipleChoiceField(label=_("Except these categories"), required=False)
    brands = forms.ModelMultipleChoiceField(label=_("Named brands"), queryset=Brand.objects.none(), required=False)
    owners = forms.ModelMultipleChoiceField(label=_("Named houses"), queryset=BrandOwner.objects.none(), required=False)
    formats = forms.ModelMultipleChoiceField(
        label=_("Only these formats"), queryset=Format.objects.select_related("platform"), required=False
    )
    places = forms.ModelMultipleChoiceField(
        label=_("Only in these countries"), queryset=Territory.objects.filter(kind="country"), required=False
    )

    class Meta:
        model = Clause
        fields = [
            "anchor", "kind", "unit", "count_mode", "fixed_start_on", "fixed_end_on", "own_house_counts",
            "counts_presence", "buffer_days", "survival", "tail_days", "suspend_during_pause", "blocks", "cure_days",
            "note",
        ]  # fmt: skip
        widgets = {"fixed_start_on": day(), "fixed_end_on": day()}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories = category_choices(_("any"))
        self.fields["category"].choices = categories  # type: ignore[attr-defined]
        self.fields["excluded"].choices = categories[1:]  # type: ignore[attr-defined]
        clause = self.instance
        self._offer_rivals(clause, user)
        for name, style in BLANKS.items():
            self.fields[name].widget.attrs["class"] = style
        self.fields["kind"].help_text = _("Named brands and houses are chosen below.")
        self.initial.update(self._standing() if clause.pk else {"category": clause.brand.category_id or ""})
        self.helper = bare_helper(
            HTML('{% include "crm/exclusivity/_sentence.html" %}'),
            Div("kind", _pair("brands", "owners"), _pair("excluded", "formats"), _pair("places", "acts"),
                _pair("fixed_start_on", "fixed_end_on"), _pair("unit", "count_mode"), "own_house_counts",
                "counts_presence", _pair("survival", "tail_days"), "suspend_during_pause",
                _pair("buffer_days", "cure_days"), "blocks", "note",
                template="crm/exclusivity/_folded.html"),
        )  # fmt: skip

    def _offer_rivals(self, clause: Clause, user: User) -> None:
        """Brands and houses the colleague may see, and those the clause names already."""
        brands, owners = (clause.named_brands.all(), clause.named_owners.all()) if clause.pk else ((), ())
        seen_brands = Q(pk__in=Brand.objects.visible_to(user).values("pk")) | Q(pk__in=_pks(brands))
        seen_owners = Q(pk__in=BrandOwner.objects.visible_to(user).values("pk")) | Q(pk__in=_pks(owners))
        named = Brand.objects.filter(seen_brands).exclude(pk=clause.brand_id)
        houses = BrandOwner.objects.filter(seen_owners).exclude(pk=clause.brand.owner_id)
        self.fields["brands"].queryset = named  # type: ignore[attr-defined]
        self.fields["owners"].queryset = houses  # type: ignore[attr-defined]

    def _standing(self) -> dict[str, Any]:
        clause = self.instance
        return {
            "category": next(iter(_pks(clause.categories.all())), ""),
            "before": -clause.start_offset,
            "after": clause.end_offset,
            "platforms": _pks(clause.platforms.all()),
            "acts": [act.value for act in clause.acts],
            "excluded": _pks(clause.excluded_categories.all()),
            "brands": _pks(clause.named_brands.all()),
            "owners": _pks(clause.named_owners.all()),
            "formats": _pks(clause.formats.all()),
            "places": _pks(clause.territories.all()),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        needed = {Kind.NAMED_BRAND: "brands", Kind.NAMED_OWNER: "owners", Kind.CATEGORY_PRODUCT: "category",
                  Kind.CATEGORY_COMPANY: "category"}  # fmt: skip
        name = needed.get(data.get("kind"))  # type: ignore[arg-type]
        if name and not data.get(name) and name not in self.errors:
            self.add_error(name, NEEDED[name])
        self._check_days(data)
        strangers = {form.platform_id for form in data.get("formats") or ()} - {
            platform.pk for platform in data.get("platforms") or ()
        }
        if data.get("platforms") and strangers:
            self.add_error("formats", _("These formats belong to a platform you did not tick."))
        return data

    def _check_days(self, data: dict[str, Any]) -> None:
        if data.get("anchor") != Clause.Anchor.FIXED:
            return
        first, last = data.get("fixed_start_on"), data.get("fixed_end_on")
        if first is None and last is None:
            self.add_error("fixed_start_on", _("Say at least one of the two days, or count from something else."))
        try:
            validate_period(first, last)
        except ValidationError as error:
            self.add_error("fixed_end_on", error)

    def clause(self) -> Clause:
        """The clause as typed, not saved; its sets stand in `sets`."""
        clause, data = self.instance, self.cleaned_data
        clause.start_offset, clause.end_offset = -data["before"], data["after"]
        clause.act_numbers = frozenset(ACT_NUMBERS[Act(act)] for act in data["acts"])
        return clause

    @property
    def sets(self) -> dict[str, list[int]]:
        data = self.cleaned_data
        is_of_category = data["kind"] in OF_CATEGORY
        return {
            "categories": [int(data["category"])] if is_of_category else [],
            "excluded_categories": [int(pk) for pk in data["excluded"]] if is_of_category else [],
            "named_brands": _pks(data["brands"]) if data["kind"] == Kind.NAMED_BRAND else [],
            "named_owners": _pks(data["owners"]) if data["kind"] == Kind.NAMED_OWNER else [],
            "platforms": _pks(data["platforms"]),
            "formats": _pks(data["formats"]),
            "territories": _pks(data["places"]),
        }


NEEDED: dict[str, Any] = {
    "brands": _("Choose the brands that are named."),
    "owners": _("Choose the houses that are named."),
    "category": _("Choose the category, or let the promise reach any paid work."),
}


def _pair(one: str, other: str) -> Row:
    return Row(Column(Field(one), css_class="col-sm"), Column(Field(other), css_class="col-sm"))


def _pks(rows: Iterable[Any]) -> list[int]:
    return [row.pk for row in rows]


class WaiverForm(forms.Form):
    """Why something a promise would refuse is allowed all the same."""

    why = forms.CharField(
        label=_("Why it is allowed"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: the brand agreed by e-mail on 12 November. Its owner is told."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper("why")
