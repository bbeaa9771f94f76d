"""What is pasted: a text with handles, or a column."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.influencers.pasting.fields import FIELDS
from crm.influencers.vocabulary import Vocabulary
from crm.team.forms import bare_helper

MOST_LINES = 2_000
LONGEST = 200_000
PAIRS, ORDER = "pairs", "order"


def _text(label: Any, placeholder: str) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "placeholder": placeholder})
    return forms.CharField(label=label, max_length=LONGEST, strip=False, widget=area)


class _Pasted(forms.Form):
    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise ValidationError(_("There is nothing here yet. Paste something."), code="empty")
        if len(text.splitlines()) > MOST_LINES:
            raise ValidationError(
                _("These are more than %(most)s lines. Paste them in parts, or import a file."),
                code="long",
                params={"most": MOST_LINES},
            )
        return text


class BoxForm(_Pasted):
    """Handles and addresses of profiles, in any text."""

    text = _text(_("Handles or profile addresses"), "@kirana\nhttps://www.tiktok.com/@bima\n…")
    platform = forms.ChoiceField(label=_("Handles without an address are on"))
    owner = forms.ChoiceField(label=_("Who looks after them"), required=False)

    def __init__(self, *args: Any, words: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        platforms: Any = self.fields["platform"]
        platforms.choices = [(word.code, word.name) for word in words.platforms.values()]
        owners: Any = self.fields["owner"]
        owners.choices = [("", _("Nobody")), *words.owners.items()]
        self.fields["text"].help_text = _("One per line, or a whole message: what looks like an account is found.")
        self.helper = bare_helper()


class ColumnForm(_Pasted):
    """One field of many people, from a spreadsheet."""

    field = forms.ChoiceField(
        label=_("Field"),
        choices=[(name, field.label) for name, field in FIELDS.items()],
        help_text=_(
            "Tags come to those there are. Why not to contact somebody may be followed by a column: until when."
        ),
    )
    way = forms.ChoiceField(
        label=_("What you paste"),
        choices=[
            (PAIRS, _("Two columns: handle, profile address or name, then the value")),
            (ORDER, _("One column, onto the people in the order of the list")),
        ],
        widget=forms.RadioSelect,
        initial=PAIRS,
    )
    text = _text(_("From the spreadsheet"), "@kirana\tSurabaya\nBima Santoso\tMalang")
    clears = forms.BooleanField(
        label=_("Empty cells empty the field"),
        required=False,
        help_text=_("Without this tick an empty cell, or a dash, leaves the person as she is."),
    )
    query = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    at = forms.CharField(required=False, max_length=600, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
