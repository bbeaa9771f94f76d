"""What is typed while a campaign is wrapped up."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.answers import day_input
from campaigns.planning.forms.boxes import helper, side_by_side
from campaigns.planning.models import Kpi
from campaigns.planning.places import Happened


class LearnedForm(forms.Form):
    words = forms.CharField(
        label=_("What did we learn?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What to do again, what never again."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("words")


class AlsoHappenedForm(forms.Form):
    """What else may have moved the figures."""

    KINDS = (
        ("price", _("The price changed")),
        ("stock", _("It was out of stock")),
        ("media", _("Other media ran")),
        ("season", _("Season or holiday")),
        ("rival", _("A rival did something")),
        ("other", _("Something else")),
    )
    what = forms.ChoiceField(label=_("What happened?"), choices=KINDS)
    first_on = forms.DateField(
        label=_("From"), required=False, widget=day_input(), help_text=_("Leave empty for today.")
    )
    last_on = forms.DateField(label=_("Until"), required=False, widget=day_input())
    words = forms.CharField(label=_("What exactly?"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("what", side_by_side("first_on", "last_on"), "words")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_on"), data.get("last_on")
        if last and (first is None or last < first):
            self.add_error("last_on", _("The last day is before the first."))
        return data

    def happened(self, today: dt.date) -> Happened:
        """What was typed, as of today where no day was."""
        said = self.cleaned_data
        return Happened(said["what"], said["first_on"] or today, said["last_on"], said["words"])

    @property
    def label(self) -> Any:
        return dict(self.KINDS)[self.cleaned_data["what"]]


class ClosingForm(forms.Form):
    """One box for each figure the campaign is told by."""

    def __init__(self, *args: Any, kpis: Sequence[Kpi], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kpi in kpis:
            self.fields[f"kpi-{kpi.pk}"] = forms.DecimalField(
                label=str(kpi.kind), required=False, initial=kpi.closing, max_digits=16, decimal_places=2, min_value=0,
                localize=True,
            )  # fmt: skip
        self.helper = helper(*self.fields)

    @property
    def values(self) -> dict[int, Decimal | None]:
        return {int(name.removeprefix("kpi-")): value for name, value in self.cleaned_data.items()}
