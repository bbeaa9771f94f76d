"""What colleagues type about what is sent: what, why, by when; a reason; what it turns into."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.answers import day_input
from campaigns.planning.forms.boxes import helper, side_by_side
from campaigns.planning.models import Deliverable
from campaigns.samples.asking.actions import Wanted
from campaigns.samples.models import GIFTS, MEANINGS, Purpose, SampleRequest
from crm.brands.models import Brand, Product, ProductVariant
from crm.team.forms import folded

MOST = 20
FOLDED = _("More: how she gets it, what waits for it")
HELD = tuple(purpose for purpose, meaning in MEANINGS.items() if meaning.holds_work)
ALONE = (*GIFTS, Purpose.LOAN, Purpose.PRIZE)
"""Why something may be sent to somebody without a campaign."""
FOR_MANY = tuple(purpose for purpose in Purpose.values if purpose != Purpose.REPLACEMENT)


def purposes(codes: Sequence[str]) -> list[tuple[str, Any]]:
    """Each with the one sentence that says what it means."""
    return [
        (code, _("%(name)s. %(says)s") % {"name": Purpose(code).label, "says": MEANINGS[code].says}) for code in codes
    ]


class AskForm(forms.Form):
    """What we send: products, why, by when. Everything else is folded away and has a usual answer."""

    purpose = forms.ChoiceField(label=_("Why do we send it?"), widget=forms.RadioSelect)
    needed_by_on = forms.DateField(
        label=_("Needed by"), required=False, widget=day_input(), help_text=_("The dates of the work count on it.")
    )
    return_due_on = forms.DateField(label=_("Back by, for a loan"), required=False, widget=day_input())
    way = forms.ChoiceField(label=_("How does she get it?"), choices=SampleRequest.Way.choices, required=False)
    she_chooses = forms.BooleanField(
        label=_("She chooses the shade or size"), required=False, initial=True,
        help_text=_("Asked for together with her address, where a product has several."),
    )  # fmt: skip
    days_after = forms.IntegerField(
        label=_("Draft due, days after the parcel"), required=False, min_value=1, max_value=90,
        help_text=_("Empty: the planned days stay, and move when the parcel is late."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(
        self, *args: Any, products: Sequence[Product], today: dt.date, codes: Sequence[str],
        work: Sequence[Deliverable] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.products, self.today, self.work = list(products), today, list(work)
        self.fields["purpose"].choices = purposes(codes)  # type: ignore[attr-defined]
        for one in self.products:
            self.fields[f"product_{one.pk}"] = forms.IntegerField(
                label=one.name, required=False, min_value=0, max_value=MOST, initial=int(len(self.products) == 1)
            )
        self._add_work()
        more = ["way", "she_chooses", *(["waits", "days_after"] if self.work else []), "note"]
        self.helper = helper(
            Fieldset(_("What do we send?"), *(f"product_{one.pk}" for one in self.products)),
            Fieldset(_("What for?"), "purpose", side_by_side("needed_by_on", "return_due_on")),
            *folded(FOLDED, *more, is_open=self.is_bound),
        )

    def _add_work(self) -> None:
        if not self.work:
            del self.fields["days_after"]
            return
        self.fields["waits"] = forms.MultipleChoiceField(
            label=_("What waits for it?"), required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(str(row.pk), str(row)) for row in self.work], initial=[str(row.pk) for row in self.work],
            help_text=_("Nothing of it is due before the parcel is there. A gift never makes anything wait."),
        )  # fmt: skip

    def clean_needed_by_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["needed_by_on"]
        if day is not None and day < self.today:
            raise ValidationError(_("That day is over. Choose today or a later one."), code="over")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        picked = [(one, data.get(f"product_{one.pk}") or 0) for one in self.products]
        if not self.errors and not any(count for _one, count in picked):
            self.add_error(None, _("Say how many of at least one product she gets."))
        if data.get("purpose") == Purpose.LOAN and not data.get("return_due_on") and "return_due_on" not in self.errors:
            self.add_error("return_due_on", _("Say by which day the loan comes back."))
        return data

    def wanted(self) -> list[Wanted]:
        """The lines, each with the only variant there is or left to her."""
        data = self.cleaned_data
        counts = {one: data.get(f"product_{one.pk}") or 0 for one in self.products}
        variants: dict[int, list[ProductVariant]] = {}
        for row in ProductVariant.objects.offered().filter(product__in=[one for one, n in counts.items() if n]):
            variants.setdefault(row.product_id, []).append(row)
        return [
            _line(one, count, variants.get(one.pk, []), data["she_chooses"]) for one, count in counts.items() if count
        ]

    def details(self) -> dict[str, Any]:
        """Everything else, as `ask_for` takes it."""
        data = self.cleaned_data
        holds = data["purpose"] in HELD
        chosen = set(data.get("waits") or ()) if holds else set()
        return {
            "purpose": data["purpose"],
            "way": data["way"] or SampleRequest.Way.PARCEL,
            "needed_by_on": data["needed_by_on"],
            "return_due_on": data["return_due_on"],
            "waits": [row for row in self.work if str(row.pk) in chosen],
            "days_after": data.get("days_after"),
            "note": data["note"],
        }


def _line(product: Product, count: int, variants: Sequence[ProductVariant], she_chooses: bool) -> Wanted:
    if len(variants) > 1 and she_chooses:
        return Wanted(product, count, None, she_chooses=True)
    return Wanted(product, count, variants[0] if variants else None)


class BrandForm(forms.Form):
    """For somebody without a campaign: which brand sends it."""

    brand: forms.ModelChoiceField[Brand] = forms.ModelChoiceField(label=_("Brand"), queryset=Brand.objects.none())

    def __init__(self, *args: Any, brands: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["brand"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = brands
        self.helper = helper("brand")


class WhyForm(forms.Form):
    """A reason in a few words."""

    why = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("why")


class DayForm(forms.Form):
    """On which day she got it."""

    day = forms.DateField(label=_("She has it since"), widget=day_input())

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("day", today)
        self.helper = helper("day")

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if day > self.today:
            raise ValidationError(_("That day has not come yet. Choose today or an earlier day."), code="future")
        return day


class PaidBackForm(forms.Form):
    """How and when it was paid back."""

    note = forms.CharField(
        label=_("How it was paid back"), max_length=160, help_text=_("Bank transfer of 24 November.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("note")
