"""What is asked about a programme, its tiers, and what each tier brings."""

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet, inlineformset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import Program, ProgramTier, TierPerk
from crm.ambassadors.programs.actions import TierTyped
from crm.base.money import MoneyField
from crm.brands.forms import category_choices
from crm.brands.models import Brand
from crm.team.forms import bare_helper
from crm.team.models import User

if TYPE_CHECKING:
    ProgramModelForm = forms.ModelForm[Program]
    TierModelForm = forms.ModelForm[ProgramTier]
    PerkModelForm = forms.ModelForm[TierPerk]
    Rows = BaseInlineFormSet[Any, Any, Any]
else:
    ProgramModelForm = TierModelForm = PerkModelForm = forms.ModelForm
    Rows = BaseInlineFormSet

MOST = 12


class ProgramForm(ProgramModelForm):
    """A name, a brand, and what its ambassadors speak for."""

    class Meta:
        model = Program
        fields = ["name", "brand", "category", "about", "owner", "has_tiers"]
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        brand, owner = self.fields["brand"], self.fields["owner"]
        assert isinstance(brand, forms.ModelChoiceField)
        assert isinstance(owner, forms.ModelChoiceField)
        brand.queryset, brand.empty_label = Brand.objects.visible_to(user).running(), _("Choose …")
        owner.queryset, owner.empty_label = User.objects.active(), None
        self.fields["category"].choices = category_choices(_("As the brand"))  # type: ignore[attr-defined]
        if self.instance.pk:
            brand.queryset, brand.disabled = Brand.objects.filter(pk=self.instance.brand_id), True
            owner.queryset = owner.queryset | User.objects.filter(pk=self.instance.owner_id)
        else:
            self.initial.setdefault("owner", user.pk)
        self.helper = bare_helper(
            Fieldset("", "name", Row(Column("brand"), Column("category")), "about"),
            Fieldset("", "owner", "has_tiers"),
        )

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def program(self) -> Program:
        """As typed, not saved; without a category it speaks for what the brand does."""
        made = self.instance
        made.category_id = made.category_id or made.brand.category_id
        return made


class TierForm(TierModelForm):
    """One rung: from how much on, and what it earns."""

    percent = forms.DecimalField(
        label=_("Commission, %"), required=False, min_value=0, max_value=100, decimal_places=2,
        help_text=_("For orders from today on. A deal's own commission comes first."),
    )  # fmt: skip

    class Meta:
        model = ProgramTier
        fields = ["rank", "name", "from_sales", "from_posts", "min_quota"]
        field_classes = {"from_sales": MoneyField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rank"].widget.attrs.update({"min": 1, "max": MOST})
        newest = list(self.instance.commissions.all())[-1:] if self.instance.pk else []
        if newest:
            self.initial["percent"] = f"{newest[0].rate_bp / 100:g}"

    def clean_rank(self) -> int:
        rank = int(self.cleaned_data["rank"])
        if not 1 <= rank <= MOST:
            raise ValidationError(_("Ranks go from 1, where everybody begins, to %(most)s."), params={"most": MOST})
        return rank

    def _get_validation_exclusions(self) -> set[str]:
        """Whose rank another has is asked of all rows together: two of them may change places."""
        return {*super()._get_validation_exclusions(), "rank"}  # type: ignore[misc]  # not in the stubs

    @property
    def typed(self) -> TierTyped:
        percent = self.cleaned_data.get("percent")
        return TierTyped(self.instance, int(percent * 100) if percent else None)


class PerkForm(PerkModelForm):
    """Something a tier brings."""

    class Meta:
        model = TierPerk
        fields = ["kind", "label", "value", "every"]
        field_classes = {"value": MoneyField}


class RowsForm(Rows):
    """Rows that grow and shrink without a script, each with a box that takes it out."""

    sides: tuple[tuple[str, ...], ...] = ()

    def add_fields(self, form: forms.ModelForm[Any], index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Take out")
        hidden = [name for name, field in form.fields.items() if isinstance(field.widget, forms.HiddenInput)]
        lines = [Row(*(Column(name) for name in line)) for line in self.sides]
        form.helper = bare_helper(*lines, "DELETE", *hidden)  # type: ignore[attr-defined]

    @property
    def kept(self) -> list[Any]:
        """The forms to store; only after a successful check."""
        return [
            form for form in self.forms
            if form not in self.deleted_forms and (form.instance.pk is not None or form.has_changed())
        ]  # fmt: skip

    @property
    def gone(self) -> list[Any]:
        return [form.instance for form in self.deleted_forms if form.instance.pk is not None]


class TierRows(RowsForm):
    sides = (("rank", "name"), ("from_sales", "from_posts"), ("min_quota", "percent"))

    def clean(self) -> None:
        ranks = [form.cleaned_data.get("rank") for form in self.kept if form.is_valid()]
        if len(ranks) != len(set(ranks)):
            raise ValidationError(_("Two tiers have the same rank. Give each its own."), code="ranks")
        super().clean()


class PerkRows(RowsForm):
    sides = (("kind", "label"), ("value", "every"))


def tier_rows(program: Program, data: Any) -> Any:
    made: Any = inlineformset_factory(
        Program, ProgramTier, form=TierForm, formset=TierRows, extra=0 if program.tiers.exists() else 1, max_num=MOST,
        validate_max=True,
    )  # fmt: skip
    formset = made(data, instance=program, prefix="row", queryset=program.tiers.prefetch_related("commissions"))
    for number, form in enumerate(formset.forms, 1):
        if form.instance.pk is None:
            form.initial.setdefault("rank", number)
    return formset


def perk_rows(tier: ProgramTier, data: Any) -> Any:
    made: Any = inlineformset_factory(
        ProgramTier, TierPerk, form=PerkForm, formset=PerkRows, extra=0 if tier.perks.exists() else 1, max_num=MOST,
        validate_max=True,
    )  # fmt: skip
    return made(data, instance=tier, prefix="row")


def with_one_more(typed: QueryDict, prefix: str = "row", most: int = MOST) -> QueryDict:
    """What was typed, and room for one more line."""
    data = typed.copy()
    rows = str(data.get(f"{prefix}-TOTAL_FORMS", ""))
    if rows.isascii() and rows.isdigit() and len(rows) < 4:
        data[f"{prefix}-TOTAL_FORMS"] = str(min(most, int(rows) + 1))
    return data
