"""Which of two values is right, and who the other one is."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import HTML, Div
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.influencers.merging.values import GOES, STAYS, Field, Pair
from crm.influencers.models import Influencer
from crm.influencers.models.people import InfluencerQuerySet
from crm.team.forms import bare_helper
from crm.timeline.edits import read_seen

OFFERED = 30


class MergeForm(forms.Form):
    """Each field in which both say something else, with the likelier value chosen; and when the two were looked at."""

    seen_stays = forms.CharField(widget=forms.HiddenInput)
    seen_goes = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, pair: Pair, fields: Iterable[Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts = [field for field in fields if field.is_conflict]
        for field in self.conflicts:
            self.fields[field.key] = _radio(field, pair)
        self.initial["seen_stays"] = pair.stays.updated_at.isoformat()
        self.initial["seen_goes"] = pair.goes.updated_at.isoformat()
        self.helper = bare_helper(*(field.key for field in self.conflicts), "seen_stays", "seen_goes")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.seen is None:
            raise ValidationError(_("This page is out of date. Open it again."), code="seen")
        return data

    @property
    def seen(self) -> tuple[dt.datetime, dt.datetime] | None:
        """When the two rows were shown; only after cleaning."""
        moments = [read_seen(self.cleaned_data.get(name, "")) for name in ("seen_stays", "seen_goes")]
        return (moments[0], moments[1]) if moments[0] and moments[1] else None

    @property
    def choices(self) -> dict[str, str]:
        """Whose value each field takes."""
        return {field.key: self.cleaned_data[field.key] or field.default for field in self.conflicts}


def _radio(field: Field, pair: Pair) -> forms.ChoiceField:
    names = (pair.stays.stage_name, pair.goes.stage_name)
    said = [f"{value} ({name})" for value, name in zip(field.said, names, strict=True)]
    return forms.ChoiceField(
        label=field.label[:1].upper() + field.label[1:],
        choices=[(STAYS, said[0]), (GOES, said[1])],
        initial=field.default,
        required=False,
        widget=forms.RadioSelect,
    )


class OtherForm(forms.Form):
    """Who the other one is."""

    other = forms.ModelChoiceField(label=_("The same person as"), queryset=Influencer.objects.none(), empty_label="…")

    def __init__(self, *args: Any, person: Influencer, people: InfluencerQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = people.unmerged().exclude(pk=person.pk)
        field: Any = self.fields["other"]
        field.queryset = others
        offered = others.present().order_by("-followers_rank", "-id").values_list("pk", "stage_name")[:OFFERED]
        chosen = str(self["other"].value() or "")
        here = others.filter(pk=chosen) if chosen.isdecimal() and len(chosen) < 19 else others.none()
        field.widget.choices = [("", "…"), *dict([*here.values_list("pk", "stage_name"), *offered]).items()]
        box = f'<auto-select data-url="{reverse("people-choices")}">'
        self.helper = bare_helper(Div(HTML(box), "other", HTML("</auto-select>")))
