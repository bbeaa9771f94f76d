"""From which day on, and what then: other numbers, one more kind of post, another retainer."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import HTML, Column, Fieldset, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.changing.planned import Wanted
from crm.ambassadors.making.rows import MOST_POSTS, rows_of
from crm.ambassadors.models import QuotaLine, RetainerRate
from crm.base.money import MoneyField
from crm.exclusivity.forms.outside import day
from crm.team.forms import bare_helper

ROWS = '{% include "crm/ambassadors/making/_rows.html" with rows=form.rows only %}'


class ChangeForm(forms.Form):
    """Today's numbers stand in the fields; what is left as it is does not change."""

    from_on = forms.DateField(label=_("From"), widget=day())
    retainer = MoneyField(label=_("Retainer for a whole period"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        lines: Sequence[tuple[QuotaLine, int]],
        rate: RetainerRate | None,
        from_on: dt.date,
        currency: str,
        **kwargs: Any,
    ) -> None:
        initial = {"from_on": from_on, "retainer": rate.amount if rate else [None, currency]}
        super().__init__(data, initial=initial, **kwargs)
        self.lines = lines
        for line, quantity in lines:
            self.fields[f"line-{line.pk}"] = forms.IntegerField(
                label=str(line), min_value=0, max_value=MOST_POSTS, initial=quantity
            )
        self.rows = rows_of(data, ())
        names = [f"line-{line.pk}" for line, _quantity in lines]
        pairs = [Row(*(Column(name) for name in names[place : place + 3])) for place in range(0, len(names), 3)]
        self.helper = bare_helper(
            Fieldset("", "from_on"),
            Fieldset(_("How many of what, each period"), *pairs, HTML(HINT)),
            Fieldset(_("On top"), HTML(ROWS)),
            Fieldset(_("What fee"), "retainer"),
        )

    def is_valid(self) -> bool:
        """The form and its lines; both are always checked, so that everything is said at once."""
        rows_fit = self.rows.is_valid()
        return super().is_valid() and rows_fit

    def wanted(self) -> Wanted:
        """What was asked for; only after a successful check."""
        data = self.cleaned_data
        quantities = {line.pk: data[f"line-{line.pk}"] for line, _was in self.lines}
        return Wanted(data["from_on"], quantities, self.rows.quotas, data["retainer"])


HINT = '{% load i18n %}<p class="form-text mb-3">{% translate "0: none of it any more." %}</p>'
