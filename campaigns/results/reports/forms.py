"""How a campaign's report is told, as a form."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.boxes import helper, side_by_side
from campaigns.results.models import ReportSettings
from campaigns.results.reports.against import RATES
from campaigns.results.reports.pieces import with_year
from crm.base.models import Organisation
from crm.vetting.models import BenchmarkSet


class ReportSettingsForm(forms.ModelForm[ReportSettings]):
    """The mark, the cost, the sets and the share of the reach that is meant."""

    class Meta:
        model = ReportSettings
        fields = ("mark", "cost", "target_match", "benchmarks", "shows_emv")
        widgets: ClassVar[dict[str, Any]] = {"benchmarks": forms.CheckboxSelectMultiple}
        help_texts: ClassVar[dict[str, Any]] = {
            "mark": _("Of each post the numbers nearest to this moment are taken."),
            "target_match": _("Empty: nobody knows. With it, tiers are compared by how many of the right people they reach."),
            "benchmarks": _("None: those the house has chosen. Only sets that say how they count are offered."),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sets = BenchmarkSet.objects.filter(measure__in=list(RATES)).select_related("platform")
        field = self.fields["benchmarks"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = sets
        field.label_from_instance = set_words  # type: ignore[assignment]
        match = self.fields["target_match"]
        match.widget.attrs["max"] = 100
        if not Organisation.load().shows_emv:
            del self.fields["shows_emv"]
        names = ("target_match", "benchmarks", "shows_emv")
        self.helper = helper(side_by_side("mark", "cost"), *(name for name in names if name in self.fields))

    def clean_target_match(self) -> int | None:
        match: int | None = self.cleaned_data["target_match"]
        if match is not None and match > 100:
            raise forms.ValidationError(_("A share is at most 100 %."))
        return match


def set_words(one: BenchmarkSet) -> str:
    """The platform, the set and its year, and how it counts."""
    named = with_year(one.name, one.source_year)
    return f"{one.platform}: {named}. {one.get_measure_display()}"
