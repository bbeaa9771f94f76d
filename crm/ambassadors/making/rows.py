"""The lines of a deal: how many of which format. They grow without a script, and an empty line is no line."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.making.terms import QuotaTerms
from crm.influencers.models import Format

if TYPE_CHECKING:
    RowsBase = BaseFormSet["RowForm"]
else:
    RowsBase = BaseFormSet

MOST = 12
MOST_POSTS = 60
BLANK = 2
PREFIX = "quota"


class RowForm(forms.Form):
    """So many of this."""

    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST_POSTS, required=False)
    format = forms.ModelChoiceField(
        label=_("Of what"),
        queryset=Format.objects.select_related("platform"),
        required=False,
        empty_label=_("Choose …"),
    )
    note = forms.CharField(label=_("About"), max_length=160, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, style in (("quantity", "form-control"), ("format", "form-select"), ("note", "form-control")):
            wrong = " is-invalid" if self.is_bound and self.errors.get(name) else ""
            self.fields[name].widget.attrs["class"] = f"{style}{wrong}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        many, what = data.get("quantity"), data.get("format")
        if many and not what and "format" not in self.errors:
            self.add_error("format", _("Of what?"))
        if what and not many and "quantity" not in self.errors:
            self.add_error("quantity", _("How many in each period?"))
        return data


class RowsForm(RowsBase):
    """Each format once, so that a post belongs to one quota; two of the same need words that tell them apart."""

    @property
    def quotas(self) -> list[QuotaTerms]:
        """The lines that say something, after a check."""
        said = [getattr(form, "cleaned_data", {}) for form in self.forms]
        return [
            QuotaTerms(one["format"], one["quantity"], one.get("note") or "")
            for one in said
            if one.get("format") and one.get("quantity")
        ]

    def clean(self) -> None:
        super().clean()
        known = [(one.format.pk, one.note.casefold()) for one in self.quotas]
        if len(known) != len(set(known)):
            raise ValidationError(
                _("The same format stands in two lines. Put them into one, or say what each is about."), code="twice"
            )


def rows_of(data: Any, quotas: Sequence[QuotaTerms]) -> RowsForm:
    """The lines as typed, or as they are, with some room below."""
    initial: list[Mapping[str, Any]] = [
        {"quantity": one.quantity, "format": one.format.pk, "note": one.note} for one in quotas
    ]
    made: Any = formset_factory(
        RowForm, formset=RowsForm, extra=1 if initial else BLANK, max_num=MOST, validate_max=True
    )
    # A form that was filled from somewhere else than the page has no lines of its own.
    bound = data if data is not None and f"{PREFIX}-TOTAL_FORMS" in data else None
    if data is not None and bound is None:
        bound = {f"{PREFIX}-TOTAL_FORMS": "0", f"{PREFIX}-INITIAL_FORMS": "0"}
    formset: RowsForm = made(bound, prefix=PREFIX, initial=initial)
    return formset
