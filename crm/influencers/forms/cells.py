"""The field behind one cell of the list."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from crm.influencers.actions.cells import CellChanged, cell_value
from crm.influencers.actions.tags import tag_words
from crm.influencers.models import Influencer, Niche
from crm.influencers.models.tags import LONGEST as LONGEST_TAG
from crm.influencers.vocabulary import Vocabulary
from crm.team.forms import bare_helper
from crm.team.models import User

LABELS: dict[str, Any] = {
    "stage": _("Stage"),
    "owner": _("Owner"),
    "city": _("City"),
    "main_niche": _("Niche"),
    "tags": _("Tags"),
}
MOST_TAGS = 1_000


class CellForm(forms.Form):
    """One value, and what stood there when the cell was opened."""

    was = forms.CharField(required=False, max_length=MOST_TAGS * 2, strip=False, widget=forms.HiddenInput)
    back = forms.CharField(required=False, max_length=600, widget=forms.HiddenInput)

    def __init__(self, *args: Any, cell: str, words: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "cell-%s"
        self.cell = cell
        self.fields["value"] = _field(cell, words)
        self.fields["value"].widget.attrs |= {"autofocus": True, "form": "cell-form"}
        for name in ("was", "back"):
            self.fields[name].widget.attrs["form"] = "cell-form"
        self.helper = bare_helper("value", "was", "back")

    def clean_was(self) -> str:
        return str(self.cleaned_data["was"]).replace("\x00", "")

    def show_changed(self, changed: CellChanged) -> None:
        """Say who changed it, and compare with that when it is sent again."""
        self.add_error("value", str(changed))
        now = {"was": cell_value(changed.person, self.cell)}
        self.data = MultiValueDict({name: [value] for name, value in {**dict(self.data.items()), **now}.items()})

    def clean_value(self) -> Any:
        """Tags one by one, each as long as a tag may be."""
        value = self.cleaned_data["value"]
        if self.cell != "tags":
            return value
        names = tag_words(value)
        if any(len(name) > LONGEST_TAG for name in names):
            text = _("A tag has at most %(most)s characters. Part them with commas.")
            raise forms.ValidationError(text, code="long", params={"most": LONGEST_TAG})
        return names

    def chosen(self) -> Any:
        """The value as the model holds it."""
        value = self.cleaned_data["value"]
        match self.cell:
            case "owner":
                return User.objects.active().get(pk=int(value)) if value else None
            case "main_niche":
                return Niche.objects.get(pk=int(value)) if value else None
        return value


def _field(cell: str, words: Vocabulary) -> forms.Field:
    label = LABELS[cell]
    match cell:
        case "city":
            return forms.CharField(label=label, required=False, max_length=100)
        case "tags":
            hint = forms.TextInput(attrs={"placeholder": _("Bali, VIP")})
            return forms.CharField(label=label, required=False, max_length=MOST_TAGS, widget=hint)
        case "stage":
            return forms.ChoiceField(label=label, choices=Influencer.Stage.choices)
        case "owner":
            nobody: tuple[Any, Any] = ("", _("Nobody"))
            return forms.ChoiceField(label=label, required=False, choices=[nobody, *words.owners.items()])
    none: tuple[Any, Any] = ("", _("None yet"))
    return forms.ChoiceField(label=label, required=False, choices=[none, *words.niche_choices()])
