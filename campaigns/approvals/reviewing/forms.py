"""What a reviewer types: a note, where it is, and what it stands on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import HTML, Column, Div, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import ContentAsset, ContentVersion, Note
from campaigns.approvals.reviewing.diff import Range, positions
from campaigns.approvals.reviewing.reading import clock_of
from campaigns.briefs.models import BriefItem
from crm.team.forms import bare_helper, folded
from crm.timeline.models import Channel

LONGEST = 2_000
PLACED = '<p class="xs muted" data-place-words data-placed="{}" hidden></p>'
MOMENT = re.compile(r"^(\d{1,3}):([0-5]\d)(?:[.,](\d{1,3}))?$")
THIRD = 1 / 3
FIELDS = {
    "tl": (0, 0), "t": (1, 0), "tr": (2, 0), "l": (0, 1), "c": (1, 1), "r": (2, 1), "bl": (0, 2), "b": (1, 2), "br": (2, 2),
}  # fmt: skip
"""The nine fields of a picture, for whoever points without a pointer."""
WHERE = [
    ("", _("On the whole")),
    ("tl", _("Top left")), ("t", _("Top")), ("tr", _("Top right")),
    ("l", _("Left")), ("c", _("In the middle")), ("r", _("Right")),
    ("bl", _("Bottom left")), ("b", _("Bottom")), ("br", _("Bottom right")),
]  # fmt: skip


@dataclass(frozen=True)
class About:
    """What a note on a version may be about, and what it may stand on."""

    version: ContentVersion
    assets: Sequence[ContentAsset] = ()
    items: Sequence[tuple[BriefItem, str]] = ()
    rules: Sequence[tuple[str, str]] = ()
    musts_cite: bool = False
    found: Sequence[Range] = ()

    def of(self, family: str) -> list[ContentAsset]:
        return [one for one in self.assets if one.family == family]


class NoteForm(forms.Form):
    """One note. The pointer fills the hidden places; the fields behind "Where" do the same by keyboard alone."""

    level = forms.ChoiceField(label=_("How binding"), choices=Note.Level.choices, initial=Note.Level.SHOULD)
    body = forms.CharField(
        label=_("Note"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})
    )
    cites = forms.ChoiceField(label=_("Stands on"), required=False)
    asset = forms.ChoiceField(label=_("File"), required=False)
    where = forms.ChoiceField(label=_("Where in the picture"), choices=WHERE, required=False)
    moment = forms.CharField(label=_("Moment"), max_length=20, required=False, help_text=_("0:12, or 0:12-0:15"))
    words = forms.CharField(label=_("About these words"), max_length=300, required=False)
    x = forms.FloatField(min_value=0, max_value=1, required=False, widget=forms.HiddenInput)
    y = forms.FloatField(min_value=0, max_value=1, required=False, widget=forms.HiddenInput)
    w = forms.FloatField(min_value=0, max_value=1, required=False, widget=forms.HiddenInput)
    h = forms.FloatField(min_value=0, max_value=1, required=False, widget=forms.HiddenInput)
    near = forms.IntegerField(min_value=0, max_value=100_000, required=False, widget=forms.HiddenInput)
    is_for_us = forms.BooleanField(
        label=_("Only for colleagues"), required=False, help_text=_("It never leaves, and nobody outside sees it.")
    )
    channel = forms.ChoiceField(label=_("Heard by"), required=False)
    noted_for = forms.CharField(label=_("Who said it"), max_length=160, required=False)

    def __init__(self, *args: Any, about: About, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        self._choose("channel", [("", _("My own words")), *((code, word) for code, word in Channel.choices if code)])
        self._choose("asset", [("", "–"), *((str(one.pk), _named(one)) for one in about.assets)])
        items = [(f"item-{item.pk}", f"{place}: {item.text[:60]}") for item, place in about.items]
        rules = [(f"rule-{code}", f"{code}: {said[:60]}") for code, said in about.rules]
        groups = [(_("Brief"), items), (_("Checks"), rules)]
        self._choose("cites", [("", _("Nothing in particular")), *((name, rows) for name, rows in groups if rows)])
        self.helper = bare_helper(*self._layout())

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _layout(self) -> list[Any]:
        places = self._places()
        for name in {"asset", "where", "moment", "words"} - set(places):
            del self.fields[name]
        return [
            "body",
            Row(Column("level", css_class="col-sm-5"), Column("cites", css_class="col-sm-7")),
            Div("x", "y", "w", "h", "near"),
            HTML(format_html(PLACED, _now("At the place you marked."))),
            *(folded(_("Where"), *places, is_open=self._is_wrong(*places)) if places else []),
            "is_for_us",
            *folded(_("Somebody else said it"), "channel", "noted_for", is_open=self._is_wrong("channel", "noted_for")),
        ]

    def _places(self) -> list[str]:
        """What can be pointed at in words, of what this version has."""
        pictures, videos = self.about.of("image"), self.about.of("video")
        found = ["asset", "where"] if pictures else []
        return [*found, *(["moment"] if videos else []), *(["words"] if self.about.version.caption else [])]

    def _is_wrong(self, *names: str) -> bool:
        return self.is_bound and any(name in self.data and name in self.errors for name in names)

    def clean_moment(self) -> tuple[int, int | None] | None:
        said = self.cleaned_data["moment"].replace(" ", "").replace("–", "-")
        if not said:
            return None
        start, _dash, end = said.partition("-")
        found = [_milliseconds(one) for one in (start, end) if one]
        if None in found or (len(found) > 1 and found[1] < found[0]):  # type: ignore[operator]
            raise ValidationError(_("Write a moment as 0:12, or a stretch as 0:12-0:15."))
        return (found[0] or 0, found[1] if len(found) > 1 else None)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("channel") and not data.get("noted_for"):
            self.add_error("noted_for", _("Say who said it."))
        if data.get("noted_for") and not data.get("channel"):
            self.add_error("channel", _("Say how you heard it."))
        is_bare = data.get("level") == Note.Level.MUST and not data.get("cites") and not data.get("is_for_us")
        if is_bare and self.about.musts_cite:
            self.add_error(
                "cites", _("A must stands on an item of the brief or on a rule. Choose it, or say it as a wish.")
            )
        if data.get("words") and self._words() is None:
            self.add_error("words", _("These words are not in the caption. Copy them from there."))
        return data

    @property
    def columns(self) -> dict[str, Any]:
        """What was typed, as the columns of a note."""
        data = self.cleaned_data
        cites, _dash, which = data["cites"].partition("-")
        return {
            "body": data["body"].strip(),
            "level": data["level"],
            "is_for_us": data["is_for_us"],
            "brief_item_id": int(which) if cites == "item" else None,
            "rule": which if cites == "rule" else "",
            **NOWHERE,
            **self._place(),
        }

    def _place(self) -> dict[str, Any]:
        """The most exact of the places that were given."""
        data = self.cleaned_data
        if data.get("words"):
            start, end = self._words() or (0, 0)
            return {"kind": Note.Kind.TEXT, "start": start, "end": end, "quoted": data["words"]}
        if data.get("moment"):
            start, end = data["moment"]
            return {"kind": Note.Kind.TIME, "start_ms": start, "end_ms": end, "asset_id": self._asset("video")}
        if data.get("x") is not None and data.get("y") is not None:
            return {"asset_id": self._asset("image"), **_pointed(data)}
        if data.get("where"):
            column, row = FIELDS[data["where"]]
            box = {"x": column * THIRD, "y": row * THIRD, "w": THIRD, "h": THIRD}
            return {"kind": Note.Kind.BOX, "asset_id": self._asset("image"), **box}
        return {}

    def _words(self) -> tuple[int, int] | None:
        near = self.cleaned_data.get("near") or 0
        return positions(self.cleaned_data["words"], self.about.version.caption, near)

    def _asset(self, family: str) -> int | None:
        said = self.cleaned_data.get("asset")
        fitting = [one.pk for one in self.about.of(family)]
        return int(said) if said and int(said) in fitting else next(iter(fitting), None)


NOWHERE: dict[str, Any] = {
    "kind": Note.Kind.WHOLE, "asset_id": None, "x": None, "y": None, "w": None, "h": None, "start_ms": None, "end_ms": None,
    "start": None, "end": None, "quoted": "",
}  # fmt: skip


def _pointed(data: dict[str, Any]) -> dict[str, Any]:
    """A point, or a part when a size was drawn; nothing reaches beyond the picture."""
    x, y, w, h = data["x"], data["y"], data.get("w"), data.get("h")
    if not w or not h:
        return {"kind": Note.Kind.PIN, "x": x, "y": y}
    return {"kind": Note.Kind.BOX, "x": x, "y": y, "w": min(w, 1 - x), "h": min(h, 1 - y)}


def _milliseconds(said: str) -> int | None:
    found = MOMENT.match(said)
    if found is None:
        return None
    minutes, seconds, rest = found.groups()
    return (int(minutes) * 60 + int(seconds)) * 1000 + int((rest or "0").ljust(3, "0"))


def _named(asset: ContentAsset) -> str:
    return f"{asset.position}. {asset.label}"


def typed(note: Note) -> dict[str, Any]:
    """A note as the form has it, for changing it."""
    cites = f"item-{note.brief_item_id}" if note.brief_item_id else f"rule-{note.rule}" if note.rule else ""
    moment = "-".join(clock_of(at) for at in (note.start_ms, note.end_ms) if at is not None)
    return {
        "body": note.body, "level": note.level, "is_for_us": note.is_for_us, "cites": cites, "moment": moment,
        "words": note.quoted, "near": note.start, "asset": note.asset_id, "x": note.x, "y": note.y, "w": note.w, "h": note.h,
    }  # fmt: skip
