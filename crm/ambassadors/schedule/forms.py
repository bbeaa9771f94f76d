"""How somebody wants a deal to rest, and from when it goes on."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import AmbassadorDeal, DealPause
from crm.ambassadors.schedule.pausing import Wish, check_pause, check_resume
from crm.exclusivity.forms.outside import day
from crm.team.forms import bare_helper

if TYPE_CHECKING:
    PauseModelForm = forms.ModelForm[DealPause]
else:
    PauseModelForm = forms.ModelForm

EFFECTS = (
    (DealPause.Effect.SHIFT.value, _("Everything behind it moves: nothing is lost, it ends later")),
    (DealPause.Effect.FREEZE.value, _("Every day stays: fewer posts are owed, less is paid")),
)


class PauseForm(PauseModelForm):
    """From when to when, what it does, and why."""

    class Meta:
        model = DealPause
        fields = ["first_on", "last_on", "effect", "exclusivity_rests", "why"]
        widgets = {"first_on": day(), "last_on": day(), "effect": forms.RadioSelect}

    def __init__(self, *args: Any, deal: AmbassadorDeal, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deal = deal
        self.initial.setdefault("first_on", max(today, deal.contract.start_on or today))
        self.fields["first_on"].label, self.fields["last_on"].label = _("First day of rest"), _("Last day of rest")
        self.fields["why"].help_text = _("Stands in the story.")
        effect = self.fields["effect"]
        assert isinstance(effect, forms.ChoiceField)
        effect.choices = EFFECTS
        self.helper = bare_helper(
            Fieldset("", Row(Column("first_on"), Column("last_on")), "effect", "exclusivity_rests", "why")
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            check_pause(self.deal, self.wish)
        return data

    def _post_clean(self) -> None:
        """What the rows refuse, `check_pause` has said by name already."""
        self._validate_unique = False

    @property
    def wish(self) -> Wish:
        return Wish(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class ResumeForm(forms.Form):
    """The first day of work after a rest."""

    on = forms.DateField(label=_("Goes on from"), widget=day())

    def __init__(self, *args: Any, pause: DealPause, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pause = pause
        self.initial.setdefault("on", max(today, pause.first_on + dt.timedelta(days=1)))
        self.helper = bare_helper(Fieldset("", "on"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            check_resume(self.pause.deal, self.pause, data["on"])
        return data
