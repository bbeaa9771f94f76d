"""How a deal ends, and what is settled: typed, shown, and each amount open to change before it is confirmed."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import AmbassadorDeal, Termination
from crm.ambassadors.pay.ending import Chosen, End
from crm.ambassadors.pay.settling import SettledLine
from crm.base.money import AmountField
from crm.base.typed import typed_as
from crm.base.windows import validate_period
from crm.exclusivity.forms.outside import day
from crm.team.forms import bare_helper

CORE = ("kind", "by", "on", "why")
KINDS = [(one.value, one.label) for one in Termination.Kind if one != Termination.Kind.EARLY]


class EndForm(forms.Form):
    """How it ends, by whom, and on which day."""

    kind = forms.ChoiceField(label=_("How"), choices=KINDS, widget=forms.RadioSelect)
    by = forms.ChoiceField(label=_("By"), choices=Termination.By, widget=forms.RadioSelect)
    on = forms.DateField(label=_("Last day"), widget=day())
    why = forms.CharField(
        label=_("Because"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For us. She is not shown it."),
    )  # fmt: skip

    def __init__(self, *args: Any, deal: AmbassadorDeal, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        over = deal.contract.closed_on or (deal.contract.end_on if not deal.contract.is_in_force else None)
        self.initial.setdefault("kind", Termination.Kind.EXPIRY if over and not deal.contract.closed_on else None)
        self.initial.setdefault("by", Termination.By.US)
        self.initial.setdefault("on", over or today)
        if over:
            self.fields["on"].disabled = True
        self.helper = bare_helper(
            Fieldset("", Row(Column("kind"), Column("by")), Row(Column("on", css_class="col-sm-6")), "why")
        )

    def clean_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["on"]
        validate_period(on, None)
        return on

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("kind") == Termination.Kind.CAUSE and not (said.get("why") or "").strip():
            self.add_error("why", _("An end for cause says what the cause is."))
        return said

    @property
    def end(self) -> End:
        said = self.cleaned_data
        return End(said["kind"], said["by"], said["on"], said["why"])


class LinesForm(forms.Form):
    """The lines of a settlement, each with the amount that is confirmed and a note about it."""

    prefix = "line"

    def __init__(self, *args: Any, lines: Sequence[SettledLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for number, line in enumerate(self.lines):
            size = AmountField(
                label=line.label, required=False, min_value=Decimal(0), max_digits=14, decimal_places=2,
                initial=line.size.amount,
            )  # fmt: skip
            size.widget.attrs |= {"class": "form-control text-end num", "inputmode": "decimal", "autocomplete": "off"}
            note = forms.CharField(label=_("Note"), required=False, max_length=300)
            note.widget.attrs |= {"class": "form-control"}
            self.fields |= {f"amount_{number}": size, f"note_{number}": note}

    def rows(self) -> list[tuple[SettledLine, Any, Any]]:
        return [(line, self[f"amount_{n}"], self[f"note_{n}"]) for n, line in enumerate(self.lines)]

    @property
    def chosen(self) -> Chosen:
        said = self.cleaned_data
        pairs = ((n, line.key, said.get(f"amount_{n}") or Decimal(0)) for n, line in enumerate(self.lines))
        return {key: (size, said.get(f"note_{n}") or "") for n, key, size in pairs}


def shown_as(data: QueryDict, lines: Sequence[SettledLine]) -> str:
    """What was asked and what was answered, in short: both must be the same when somebody confirms."""
    core = QueryDict(mutable=True)
    for name in CORE:
        core.setlist(name, data.getlist(name))
    for line in lines:
        core.appendlist("reckoned", f"{line.key} {line.amount}")
    return typed_as(core)
