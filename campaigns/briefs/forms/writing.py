"""The form of a brief: the five fields it is known by, what it is about, what may be said, and when."""

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from campaigns.briefs.content import LISTS, WORDS, Content
from campaigns.briefs.diff import ORDER
from campaigns.briefs.forms import rows
from campaigns.briefs.models import BriefVersion
from campaigns.briefs.tags import clean_hashtags, clean_lines, clean_mentions, clean_words
from campaigns.planning.forms.answers import day_input
from campaigns.planning.forms.boxes import helper, side_by_side
from campaigns.planning.models import Campaign
from crm.base.files import SafeFileField
from crm.base.windows import validate_period
from crm.base.zones import local_instant, zone_info

LONG = 4000
Change = BriefVersion.Change


def words(name: str, tall: int = 3, **kwargs: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": tall})
    return forms.CharField(label=ORDER[name], required=False, max_length=LONG, widget=area, **kwargs)


def line(name: str, longest: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=ORDER[name], required=False, max_length=longest, **kwargs)


class BriefForm(forms.Form):
    """Everything but the rows. Nothing here is required: a draft may be as empty as somebody's morning."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, required=False)
    colour_tone = line("colour_tone", 200, help_text=_("Warm and bright, soft pastels, black and white ..."))
    pose = line("pose", 300, help_text=_("Where she is, what she does, what is in the picture."))
    caption = words("caption", help_text=_("What it should be about, not the words."))
    hashtags = line("hashtags", 1000, help_text=_("With or without #, between blanks or commas."))
    upload_time = line("upload_time", 120, help_text=_("When her followers look: Friday evening, 19.00 to 21.00."))
    mentions = line("mentions", 1000, help_text=_("With or without @."))
    brand_story = words("brand_story")
    product_story = words("product_story")
    public_benefit = words("public_benefit", help_text=_("For people, not for the brand."))
    key_messages = words("key_messages", help_text=_("One on each line."))
    claims = words("claims", help_text=_("One on each line."))
    forbidden = words("forbidden", 2, help_text=_("Words and phrases, between commas or one on each line."))
    disclosure = line("disclosure", 120, help_text=_("#iklan, #ad, kerja sama berbayar ..."))
    link = forms.URLField(
        label=ORDER["link"], required=False, max_length=500, assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "placeholder": "https://"}),
    )  # fmt: skip
    embargo_on = forms.DateField(label=_("Not before (day)"), required=False, widget=day_input())
    embargo_clock = forms.TimeField(
        label=_("Not before (hour)"), required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )  # fmt: skip
    use_days = forms.IntegerField(
        label=ORDER["use_days"], required=False, min_value=1, max_value=365,
        help_text=_("Empty: she may post at once."),
    )  # fmt: skip
    rights_note = words("rights_note")
    file = SafeFileField(label=_("Picture, film or PDF"), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=80)

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        self.fields["embargo_clock"].help_text = _("In the campaign's zone, %(zone)s. Empty: from midnight on.") % {
            "zone": campaign.zone
        }

    def clean_hashtags(self) -> list[str]:
        return clean_hashtags(self.cleaned_data["hashtags"])

    def clean_mentions(self) -> list[str]:
        return clean_mentions(self.cleaned_data["mentions"])

    def clean_claims(self) -> list[str]:
        return clean_lines(self.cleaned_data["claims"])

    def clean_forbidden(self) -> list[str]:
        return clean_words(self.cleaned_data["forbidden"])

    def clean_embargo_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["embargo_on"]
        if day is not None:
            validate_period(day, None)
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("embargo_clock") and not data.get("embargo_on") and "embargo_on" not in self.errors:
            self.add_error("embargo_on", _("Which day? An hour alone is not enough."))
        return data

    @property
    def layouts(self) -> dict[str, FormHelper]:
        """One group of boxes for each part of the page."""
        return {
            "five": helper("colour_tone", "pose", "caption", side_by_side("hashtags", "upload_time")),
            "about": helper("brand_story", "product_story", "public_benefit", "key_messages"),
            "say": helper(side_by_side("disclosure", "mentions"), side_by_side("claims", "forbidden")),
            "when": helper("link", side_by_side("embargo_on", "embargo_clock", "use_days"), "rights_note", "language"),
            "file": helper("file"),
        }

    @property
    def has_trouble(self) -> dict[str, bool]:
        """Which parts have something to correct, so that they stand open."""
        parts = {
            "about": {"brand_story", "product_story", "public_benefit", "key_messages"},
            "say": {"disclosure", "mentions", "claims", "forbidden"},
            "when": {"link", "embargo_on", "embargo_clock", "use_days", "rights_note", "language"},
            "file": {"file"},
        }
        wrong = set(self.errors) if self.is_bound else set()
        return {part: bool(names & wrong) for part, names in parts.items()}

    def values(self) -> dict[str, Any]:
        """What was typed and makes sense, as a version keeps it."""
        data = self.cleaned_data
        said = {name: data[name] for name in (*WORDS, *LISTS, "use_days") if data.get(name)}
        day, clock = data.get("embargo_on"), data.get("embargo_clock")
        if day:
            said["embargo_at"] = local_instant(day, clock or dt.time(0, 0), self.campaign.zone)
        return said


def initial_of(content: Content, token: str) -> dict[str, Any]:
    """A brief as the form shows it."""
    said: dict[str, Any] = {name: content.words(name) for name in WORDS}
    said |= {"hashtags": " ".join(content.entries("hashtags")), "mentions": " ".join(content.entries("mentions"))}
    said |= {"claims": "\n".join(content.entries("claims")), "forbidden": ", ".join(content.entries("forbidden"))}
    if content.embargo_at is not None:
        local = content.embargo_at.astimezone(zone_info(content.zone))
        said |= {"embargo_on": local.date(), "embargo_clock": local.time()}
    return said | {"use_days": content.use_days, "seen": token}


class Desk:
    """The whole form with its rows: as it is opened, or as it was sent."""

    def __init__(self, campaign: Campaign, content: Content | None, token: str, sent: Any = None) -> None:
        self.campaign, self.is_bound = campaign, sent is not None
        if sent is None:
            shown = content or Content(zone=campaign.zone)
            self.form = BriefForm(initial=initial_of(shown, token), campaign=campaign)
            self.items, self.pointers = rows.item_rows(shown.items), rows.pointer_rows(shown.references)
            self.content = shown
        else:
            data, files = sent
            self.form = BriefForm(data, files, campaign=campaign)
            self.form.is_valid()
            self.items, self.pointers = rows.items_typed(data), rows.pointers_typed(data)
            self._read()

    def _read(self) -> None:
        self.content = Content(
            self.form.values(), rows.as_items(self.items), rows.as_pointers(self.pointers), self.campaign.zone
        )

    @property
    def is_valid(self) -> bool:
        wrong = [*(row.error for row in self.items), *(row.error for row in self.pointers)]
        return not (self.form.errors or any(wrong))

    @property
    def file(self) -> Any:
        """What was uploaded and may be kept."""
        return self.form.cleaned_data.get("file") or None if self.is_bound else None

    def add_file(self, row: rows.PointerRow) -> None:
        """A file that arrived stays, whatever else has to be corrected."""
        self.pointers.append(row)
        self._read()

    def press(self, button: str) -> None:
        """A row is added, taken away or moved."""
        what, _sign, verb = button.partition(":")
        if what == "item":
            self.items = rows.pressed(rows.without_errors(self.items), verb, rows.ItemRow())
        elif what == "ref":
            self.pointers = rows.pressed(rows.without_errors(self.pointers), verb, rows.PointerRow())
        self._read()

    def compare_with(self, token: str) -> None:
        """Saving once more builds on what somebody else saved meanwhile."""
        typed: Any = self.form.data
        self.form.data = {**typed.dict(), "seen": token}


class ReleaseForm(forms.Form):
    """What the release means for those who accepted an earlier version."""

    change = forms.ChoiceField(label=_("This change is"), choices=Change.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("What is new, in a sentence"), required=False, max_length=300)
    because = forms.CharField(
        label=_("Why people need not accept it anew"), required=False, max_length=300,
        help_text=_("Only when you choose small although something binding changed. It is kept in the story."),
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=80)

    def __init__(self, *args: Any, is_first: bool, must_ask: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["because"], self.fields["note"]
            self.fields["change"].widget = forms.HiddenInput()
        elif not must_ask:
            del self.fields["because"]
        self.helper = helper(*self.fields)
