"""What somebody looks for on the clock: a kind, a brand, an owner, a person; offered as far as there is something."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.base.text import one_line
from crm.reminders.registry import Due, windows


class ClockFilter(forms.Form):
    """The filter sentence of the clock. What makes no sense counts as not chosen."""

    q = forms.CharField(label=_("Person or contract"), required=False, max_length=80)
    kind = forms.ChoiceField(label=_("What"), required=False)
    brand = forms.ChoiceField(label=_("Brand"), required=False)
    owner = forms.ChoiceField(label=_("Owner"), required=False)

    def __init__(self, *args: Any, found: Iterable[Due], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows, labels = list(found), windows()
        kinds = {one.kind for one in rows}
        offered = {
            "kind": (_("Everything"), [(key, label) for key, label in labels.items() if key in kinds]),
            "brand": (_("Any brand"), _named((one.brand_id, one.brand_label) for one in rows)),
            "owner": (_("Anybody's"), _named((one.owner_id, one.facts.get("owner", "")) for one in rows)),
        }
        for name, (empty, choices) in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", empty), *choices]

    def clean_q(self) -> str:
        return one_line(self.cleaned_data["q"])

    @property
    def asked(self) -> dict[str, str]:
        """What was chosen."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, found: Iterable[Due]) -> list[Due]:
        """Those that were asked for."""
        asked = self.asked
        words = asked.get("q", "").casefold()
        return [
            one
            for one in found
            if asked.get("kind", one.kind) == one.kind
            and asked.get("brand", str(one.brand_id)) == str(one.brand_id)
            and asked.get("owner", str(one.owner_id)) == str(one.owner_id)
            and (not words or words in f"{one.influencer_label} {one.detail}".casefold())
        ]


def _named(pairs: Iterable[tuple[int | None, str]]) -> list[tuple[str, str]]:
    found = {str(pk): name for pk, name in pairs if pk is not None and name}
    return sorted(found.items(), key=lambda pair: pair[1].casefold())
