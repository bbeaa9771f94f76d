"""The figures of a campaign as rows of its form: a number to reach, or only tracked."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from campaigns.planning.goals import kinds_of
from campaigns.planning.models import Campaign, Kpi, KpiKind
from crm.base.money import AmountField

SHOWN = "kpi-row"
ADDED = "kpi-add"
FIGURES = ("target", "baseline", "closing")


class KpiRow(forms.Form):
    """One figure."""

    def __init__(self, kind: KpiKind, kpi: Kpi | None, data: Mapping[str, Any] | None, *, is_checked: bool) -> None:
        self.kind, self.kpi = kind, kpi
        prefix = f"kpi-{kind.pk}"
        known = {name: getattr(kpi, name) if kpi else None for name in FIGURES}
        initial = {**known, "track": kpi is None or kpi.is_only_tracked}
        if data is not None and not is_checked:
            typed = {name: data.get(f"{prefix}-{name}") for name in FIGURES}
            initial = {**initial, **{name: text for name, text in typed.items() if text}}
            initial["track"] = not initial["target"]
        super().__init__(data if is_checked else None, prefix=prefix, initial=initial)
        figure: dict[str, Any] = {"required": False, "max_digits": 16, "decimal_places": 2}
        self.fields["target"] = AmountField(label=capfirst(_("to reach")), **figure)
        self.fields["track"] = forms.BooleanField(label=capfirst(_("track only")), required=False)
        self.fields["baseline"] = AmountField(label=capfirst(_("before")), **figure)
        self.fields["closing"] = AmountField(label=capfirst(_("after")), **figure)
        self.fields["remove"] = forms.BooleanField(label=capfirst(_("take it away")), required=False)

    @property
    def is_opened(self) -> bool:
        """Whether the figures before and after are shown at once."""
        return bool(self.errors) or bool(self.kpi and (self.kpi.baseline is not None or self.kpi.closing is not None))

    def clean_target(self) -> Decimal | None:
        target: Decimal | None = self.cleaned_data["target"]
        if target is not None and target <= 0:
            raise forms.ValidationError(_("Type a number above nought, or tick “track only” and leave it empty."))
        return target

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("remove"):
            self.errors.clear()
        elif data.get("target") is None and not data.get("track") and "target" not in self.errors:
            self.add_error("target", _("Type a number to reach, or tick “track only”."))
        return data


def has_figures(data: QueryDict, kind: int) -> bool:
    """Whether anything was typed for this kind."""
    return any(data.get(f"kpi-{kind}-{name}") for name in FIGURES)


class KpiRows:
    """The rows of a campaign's goals, those it has besides, and one more that may be added."""

    def __init__(
        self, campaign: Campaign, goals: Sequence[str], data: QueryDict | None = None, *, is_checked: bool = True
    ) -> None:
        there = {row.kind_id: row for row in campaign.kpis.select_related("kind")} if campaign.pk else {}
        shown = {int(text) for text in data.getlist(SHOWN) if text.isdigit()} if data is not None else set()
        wanted = {kind.pk: kind for kind in kinds_of(goals)}
        every = {kind.pk: kind for kind in KpiKind.objects.all()}
        if data is not None and is_checked:
            shown |= {pk for pk in every if has_figures(data, pk)}  # what was typed counts, whatever else got lost
        rows = self._rows(wanted, there, shown, data, is_checked=is_checked)
        is_bound = data is not None and is_checked
        self.rows = [
            KpiRow(every[pk], there.get(pk), data, is_checked=is_bound and pk in shown) for pk in rows if pk in every
        ]
        extra = kinds_of(goals, extra=True)
        spare = [*extra, *(kind for kind in every.values() if kind not in extra)]
        self.add = forms.TypedChoiceField(
            choices=[("", _("Add a figure …")), *((kind.pk, str(kind)) for kind in spare if kind.pk not in rows)],
            coerce=int, empty_value=None, required=False,
        )  # fmt: skip
        self.added = data.get(ADDED) if is_bound and data is not None else None

    @staticmethod
    def _rows(
        wanted: Mapping[int, Any],
        there: Mapping[int, Any],
        shown: set[int],
        data: QueryDict | None,
        *,
        is_checked: bool,
    ) -> list[int]:
        """Which figures stand there: what was shown when it is sent; else what is kept and what the goals are told by."""
        if data is not None and is_checked and shown:
            return [pk for pk in [*there, *wanted] if pk in shown] + sorted(shown - set(there) - set(wanted))
        typed = {pk for pk in shown if data is not None and has_figures(data, pk)}
        kept = [pk for pk, row in there.items() if pk in wanted or row.target is not None or row.closing is not None]
        return list(dict.fromkeys([*wanted, *kept, *sorted(typed)]))

    def is_valid(self) -> bool:
        checked = [row.is_valid() for row in self.rows if row.is_bound]  # each says what is wrong with it
        return all(checked)

    @property
    def said(self) -> dict[int, dict[str, Any] | None]:
        """By kind: its figures, or None where it is taken away."""
        told: dict[int, dict[str, Any] | None] = {}
        for row in self.rows:
            if row.is_bound:
                data = row.cleaned_data
                told[row.kind.pk] = None if data["remove"] else {name: data[name] for name in FIGURES}
        if self.added and self.added.isdigit() and KpiKind.objects.filter(pk=int(self.added)).exists():
            told.setdefault(int(self.added), dict.fromkeys(FIGURES))
        return told
