"""What is typed for a version: the same boxes on her page and on ours."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.handing.said import Said
from campaigns.approvals.models import ContentAsset, ContentVersion, UnsentDraft, Upload
from campaigns.planning.forms.answers import web_address
from crm.influencers.models import Platform
from crm.timeline.models import Channel

LONGEST = 10_000
KEPT_AT_MOST = 5 * LONGEST
YEARS = (2000, 2100)
ALSO, ALT = "caption_", "alt_"
CONCEPT = ContentVersion.Stage.CONCEPT
CHANNELS = [("", _("Choose one")), *((value, label) for value, label in Channel.choices if value != Channel.MITRA)]


def words_box(label: Any, rows: int = 3, **kwargs: Any) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows, **kwargs.pop("attrs", {})})
    return forms.CharField(label=label, max_length=LONGEST, required=False, widget=box, strip=False, **kwargs)


class VersionForm(forms.Form):
    """A draft or an idea. Nothing is required by itself: something has to be there altogether."""

    caption = words_box(_("Caption"), 7, attrs={"data-count": ""})
    planned_at = forms.DateTimeField(
        label=_("When you plan to post"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    label_on = forms.BooleanField(
        label=_("I switch on the platform's own label for paid content"), required=False
    )  # fmt: skip
    link = web_address(
        _("Or a link to it"), required=False,
        help_text=_("Drive, Dropbox, an unlisted video. The file stays with you: we do not hold it."),
    )  # fmt: skip
    words = words_box(_("A word with it (optional)"))
    again = forms.BooleanField(required=False)

    def __init__(
        self, data: Any = None, *, unsent: UnsentDraft, uploads: Sequence[Upload], platforms: Sequence[Platform],
        held: Sequence[ContentAsset] = (),
    ) -> None:  # fmt: skip
        super().__init__(data, initial=_typed_before(unsent))
        self.unsent, self.uploads, self.platforms, self.held = unsent, uploads, platforms, held
        self._offer_again()
        if unsent.stage == CONCEPT:
            self._ask_for_an_idea()
        else:
            self._ask_for_more(unsent)

    def _offer_again(self) -> None:
        """The files of the version before, for whoever changed only words."""
        if not self.held:
            del self.fields["again"]
            return
        names = ", ".join(asset.label for asset in self.held)
        self.fields["again"].label = _("Send the same files again: %(names)s") % {"names": names}
        self.fields["again"].initial = not self.uploads

    def files_again(self) -> Sequence[ContentAsset]:
        return self.held if self.cleaned_data.get("again") else ()

    def _ask_for_an_idea(self) -> None:
        for name in ("caption", "planned_at", "label_on"):
            del self.fields[name]
        self.fields["words"].label = _("Your idea")
        self.fields["words"].widget.attrs["rows"] = 7
        self.fields["words"].help_text = _("What happens in it, where, and what you say. A few sentences are enough.")

    def _ask_for_more(self, unsent: UnsentDraft) -> None:
        for platform in self.platforms:
            label = _("Caption for %(platform)s") % {"platform": platform.name}
            box = words_box(label, 4, help_text=_("Leave empty when it does not go out there."))
            box.initial = unsent.captions.get(str(platform.pk), "")
            self.fields[f"{ALSO}{platform.pk}"] = box

    @property
    def elsewhere(self) -> list[forms.BoundField]:
        """The boxes for further platforms."""
        return [self[name] for name in self.fields if name.startswith(ALSO)]

    @property
    def is_elsewhere(self) -> bool:
        """Whether it goes out on a further platform, as far as is typed."""
        return any(box.value() for box in self.elsewhere)

    def said(self) -> Said:
        """What was typed. A box that cannot be read keeps what it had, or its plain text; nothing typed is thrown away."""
        data, before = self.cleaned_data, self.unsent
        return Said(
            caption=self._words("caption"),
            link=data.get("link", self._plain("link", 500)),
            planned_at=data.get("planned_at", before.planned_at),
            words=self._words("words"),
            label_on=bool(data.get("label_on")),
            captions={one.pk: words for one in self.platforms if (words := self._words(f"{ALSO}{one.pk}"))},
        )

    def _words(self, name: str) -> str:
        """What was typed in a box for words; too long or with signs nobody can keep, as much of it as can be kept."""
        known = self.cleaned_data.get(name)
        return same_lines(self._plain(name, KEPT_AT_MOST) if known is None else known)

    def _plain(self, name: str, longest: int) -> str:
        return str(self.data.get(name, "")).replace("\x00", "")[:longest] if name in self.fields else ""

    def clean_planned_at(self) -> dt.datetime | None:
        at: dt.datetime | None = self.cleaned_data["planned_at"]
        if at is not None and not YEARS[0] <= at.year < YEARS[1]:
            raise forms.ValidationError(_("Check the year: nobody posts then."))
        return at

    def alts(self) -> dict[int, str]:
        """The alternative texts beside the files, by upload."""
        typed = {one.pk: self.data.get(f"{ALT}{one.pk}") for one in self.uploads}
        return {pk: str(words).replace("\x00", "") for pk, words in typed.items() if words is not None}


class ToldVersionForm(VersionForm):
    """The same, noted by a colleague for her: how it came, and in which words."""

    channel = forms.ChoiceField(label=_("How it came"), choices=CHANNELS)
    quote = words_box(_("In her words"), help_text=_("Paste the message, if there is one."))


def _typed_before(unsent: UnsentDraft) -> dict[str, Any]:
    return {name: getattr(unsent, name) for name in ("caption", "planned_at", "label_on", "link", "words")}


def same_lines(text: Any) -> str:
    """One kind of line end, whichever browser it came from: the checksum must not depend on it."""
    return str(text or "").replace("\r\n", "\n").replace("\r", "\n").strip()
