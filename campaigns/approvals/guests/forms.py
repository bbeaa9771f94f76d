"""What a guest types: a note with its place, and yes, changes or no bound to what was seen."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.approvals.models import ContentAsset, Note, ReviewDecision
from campaigns.approvals.reviewing.reading import COLUMNS, ROWS

Verdict = ReviewDecision.Verdict
WHOLE, CAPTION = "whole", "caption"
SHARES = (1 / 6, 1 / 2, 5 / 6)
"""The middle of each third of a picture."""
SPOTS = [(f"{y}{x}", format_lazy("{row} {column}", row=ROWS[y], column=COLUMNS[x])) for y in range(3) for x in range(3)]
ANYWHERE = ("", gettext_lazy("anywhere"))
LONGEST_MS = 12 * 60 * 60 * 1000


class SayForm(forms.Form):
    """What a guest says; the button names the verdict, the hash is of what the page showed."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    comment = forms.CharField(
        label=gettext_lazy("In a few words"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed for changes without a note, and for a no. The influencer may read it."),
    )  # fmt: skip
    verdict = forms.ChoiceField(
        choices=[(one, one) for one in (Verdict.APPROVE, Verdict.CHANGES, Verdict.REJECT)],
        widget=forms.HiddenInput,
        required=True,
        error_messages={"required": gettext_lazy("Press one of the buttons.")},
    )


class NoteForm(forms.Form):
    """One note: on what, where there, and in words."""

    body = forms.CharField(label=gettext_lazy("Your note"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    level = forms.ChoiceField(
        label=gettext_lazy("It is"),
        choices=[
            (Note.Level.SHOULD, gettext_lazy("something to change")),
            (Note.Level.NICE, gettext_lazy("a wish")),
            (Note.Level.GOOD, gettext_lazy("something good")),
        ],
        initial=Note.Level.SHOULD,
    )
    where = forms.ChoiceField(label=gettext_lazy("About"))
    spot = forms.ChoiceField(label=gettext_lazy("Where in the picture"), required=False)
    moment = forms.CharField(
        label=gettext_lazy("When in the video"), required=False, max_length=8,
        widget=forms.TextInput(attrs={"placeholder": "0:14", "inputmode": "numeric"}),
    )  # fmt: skip
    quoted = forms.CharField(label=gettext_lazy("Which words of the caption"), required=False, max_length=300)

    def __init__(self, data: Any = None, *, assets: Sequence[ContentAsset], caption: str) -> None:
        super().__init__(data)
        self.assets = {str(one.pk): one for one in assets}
        self.caption = caption
        families = {one.family for one in assets}
        self.fields["where"].choices = list(self._places(assets))  # type: ignore[attr-defined]
        if len(self.fields["where"].choices) == 1:  # type: ignore[attr-defined]
            self.fields["where"].widget = forms.HiddenInput()
            self.fields["where"].initial = WHOLE
        self.fields["spot"].choices = [ANYWHERE, *SPOTS]  # type: ignore[attr-defined]
        for name, needed in (("spot", "image" in families), ("moment", "video" in families), ("quoted", bool(caption))):
            if not needed:
                del self.fields[name]

    def _places(self, assets: Sequence[ContentAsset]) -> Any:
        yield WHOLE, _("the whole")
        for one in assets:
            said = {"image": _("picture %(number)d"), "video": _("video %(number)d")}.get(
                one.family, _("file %(number)d")
            )
            yield str(one.pk), said % {"number": one.position}
        if self.caption:
            yield CAPTION, _("the caption")

    def clean_moment(self) -> int | None:
        """0:14 in milliseconds."""
        typed = self.cleaned_data["moment"].strip()
        if not typed:
            return None
        parts = typed.replace(".", ":").split(":")
        if len(parts) > 3 or not all(part.isdecimal() and part.isascii() for part in parts):
            raise ValidationError(_("Write minutes and seconds, like 0:14."))
        seconds = 0
        for part in parts:
            seconds = seconds * 60 + int(part)
        if seconds * 1000 > LONGEST_MS:
            raise ValidationError(_("No video is that long. Write minutes and seconds, like 0:14."))
        return seconds * 1000

    def clean_quoted(self) -> str:
        typed = str(self.cleaned_data["quoted"]).strip()
        if typed and typed not in self.caption:
            raise ValidationError(_("These words do not stand in the caption. Copy them from there."))
        return typed

    @property
    def note(self) -> dict[str, Any]:
        """The columns of the note."""
        said = self.cleaned_data
        asset = self.assets.get(said["where"])
        found: dict[str, Any] = {"body": said["body"], "level": said["level"], "kind": Note.Kind.WHOLE, "asset": asset}
        if asset is not None and asset.family == "image" and said.get("spot"):
            down, across = (SHARES[int(third)] for third in said["spot"])
            return {**found, "kind": Note.Kind.PIN, "x": across, "y": down}
        if asset is not None and asset.family == "video" and said.get("moment") is not None:
            return {**found, "kind": Note.Kind.TIME, "start_ms": said["moment"]}
        if said["where"] == CAPTION and said.get("quoted"):
            start = self.caption.index(said["quoted"])
            place = {"start": start, "end": start + len(said["quoted"]), "quoted": said["quoted"]}
            return {**found, "kind": Note.Kind.TEXT, **place}
        return found
