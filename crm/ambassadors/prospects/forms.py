"""What is asked when somebody is noted as a prospect, and when she is left for now."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import Program
from crm.brands.models import Brand
from crm.influencers.models import Influencer
from crm.team.forms import bare_helper
from crm.team.models import User

MOST = 200
"""People who are noted in one go."""
OTHER_BRAND = _("This programme belongs to another brand. Choose one of %(brand)s, or none.")


class NoteForm(forms.Form):
    """For which brand, in which programme, and why."""

    brand = forms.ModelChoiceField(label=_("Brand"), queryset=Brand.objects.none(), empty_label=_("Choose …"))
    program = forms.ModelChoiceField(
        label=_("Programme"), queryset=Program.objects.none(), required=False, empty_label=_("Not said")
    )
    why = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("What speaks for her: how she works, whom she reaches, what she says of the brand."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        brand, program = self.fields["brand"], self.fields["program"]
        assert isinstance(brand, forms.ModelChoiceField)
        assert isinstance(program, forms.ModelChoiceField)
        brand.queryset = Brand.objects.visible_to(user).running()
        program.queryset = Program.objects.visible_to(user).running().select_related("brand")
        program.label_from_instance = _with_brand  # type: ignore[assignment, method-assign]  # Django's own way
        self.helper = bare_helper()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        brand, program = data.get("brand"), data.get("program")
        if brand and program and program.brand_id != brand.pk:
            self.add_error("program", ValidationError(OTHER_BRAND, code="brand", params={"brand": brand}))
        return data


def _with_brand(program: Any) -> str:
    return f"{program.brand}: {program}"


class NoteManyForm(NoteForm):
    """The same for several people at once."""

    chosen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.user = user

    def clean_chosen(self) -> list[Influencer]:
        return people_of(self.cleaned_data["chosen"], self.user)


def people_of(chosen: str, user: User) -> list[Influencer]:
    """The people whose numbers a page carried, as far as they are there and the reader sees them."""
    ids = [int(part) for part in chosen.split(",") if part.isascii() and part.isdigit() and len(part) < 19]
    return list(Influencer.objects.visible_to(user).present().filter(pk__in=ids[:MOST]).order_by("name_key", "pk"))


class DropForm(forms.Form):
    """Why not now."""

    why = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("Whoever thinks of her next time reads this first.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
