"""What one person is to bring to each figure of her campaign."""

from typing import Any

from django import forms

from campaigns.planning.forms.boxes import helper
from campaigns.planning.models import Collaboration, Kpi
from crm.base.money import AmountField


class SharesForm(forms.Form):
    """One box for each figure with a target; an empty one means no share."""

    def __init__(self, *args: Any, card: Collaboration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kpis: list[Kpi] = list(card.campaign.kpis.aimed().select_related("kind"))
        mine = dict(card.kpi_shares.values_list("kpi_id", "target"))
        for kpi in self.kpis:
            self.fields[f"share-{kpi.pk}"] = AmountField(
                label=str(kpi.kind), required=False, initial=mine.get(kpi.pk), max_digits=16, decimal_places=2, min_value=0,
            )  # fmt: skip
        self.helper = helper(*self.fields)

    @property
    def said(self) -> list[tuple[Kpi, Any]]:
        return [(kpi, self.cleaned_data[f"share-{kpi.pk}"] or None) for kpi in self.kpis]
