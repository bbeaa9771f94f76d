"""What somebody saw online, and what becomes of what differs."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.approvals.models import Deviation, LivePost, ReplyPromise
from campaigns.approvals.publishing.actions import Seen
from campaigns.approvals.publishing.replies import check_replies, promise_replies
from campaigns.planning.forms.answers import LONGEST_CAPTION, day_input, few_words, web_address, what_stands_there
from campaigns.planning.forms.boxes import helper, side_by_side
from campaigns.planning.models import Deliverable
from crm.base.files import IMAGES, SafeFileField
from crm.base.zones import local_date
from crm.timeline.record import Actor

A_YEAR, TWO_YEARS = dt.timedelta(days=365), dt.timedelta(days=730)
YES_NO = (("", _("Not looked at")), ("yes", _("Yes")), ("no", _("No")))
SAID = {"yes": True, "no": False}


def number(label: Any, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=kwargs.pop("most", 7200), required=False, **kwargs)


class LookForm(forms.Form):
    """What stands there now. What nobody looked for stays empty, and nothing is said of it."""

    caption = forms.CharField(
        label=_("Caption as it stands there"), max_length=LONGEST_CAPTION, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Copy it from the post and paste it here. It is compared word by word."),
    )  # fmt: skip
    label = forms.ChoiceField(
        label=_("Is the platform's own label on?"), choices=YES_NO, required=False,
        help_text=_("“Paid partnership”, or the content disclosure of TikTok."),
    )  # fmt: skip
    url = web_address(_("Address of the post"), required=False)
    posted_on = forms.DateField(label=_("Went out on"), required=False, widget=day_input())
    frames = number(_("Frames of the story"), most=100)
    frames_labelled = number(_("Frames with the label"), most=100)
    shown_from = number(_("Label shown from second"))
    shown_for = number(_("Shown for, seconds"))
    spoken_at = number(_("Said out loud at second"))

    def __init__(self, *args: Any, post: LivePost, is_video: bool, today: dt.date, **kwargs: Any) -> None:
        self.today = today
        known = {
            "caption": post.live_caption, "url": post.url, "frames": post.frames, "frames_labelled": post.frames_labelled,
            "label": {True: "yes", False: "no", None: ""}[post.label_seen], "shown_from": post.shown_from,
            "shown_for": post.shown_for, "spoken_at": post.spoken_at,
            "posted_on": local_date(post.published_at, post.deliverable.zone),
        }  # fmt: skip
        kwargs["initial"] = known
        super().__init__(*args, **kwargs)
        story, video = ("frames", "frames_labelled"), ("shown_from", "shown_for", "spoken_at")
        for name in [*(() if not post.lasts else story), *(() if is_video else video)]:
            del self.fields[name]
        parts: list[Any] = ["caption", side_by_side("label", "url", "posted_on")]
        parts += [] if post.lasts else [Fieldset(_("The story, frame by frame"), side_by_side(*story))]
        parts += [Fieldset(_("What the video says and shows"), side_by_side(*video))] if is_video else []
        self.helper = helper(*parts)

    def clean_posted_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["posted_on"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("That day has not come yet. Choose today or an earlier day."))
        if day is not None and day < self.today - TWO_YEARS:
            raise forms.ValidationError(_("That is more than two years ago. Check the year."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        frames, labelled = data.get("frames"), data.get("frames_labelled")
        if labelled is not None and (frames is None or labelled > frames):
            self.add_error("frames_labelled", _("There cannot be more labelled frames than frames."))
        return data

    def seen(self) -> Seen:
        data = self.cleaned_data
        return Seen(
            caption=data["caption"] or None, label=SAID.get(data["label"]), url=data["url"] or None,
            posted_on=data["posted_on"],
            **{name: data.get(name) for name in ("frames", "frames_labelled", "shown_from", "shown_for", "spoken_at")},
        )  # fmt: skip


class Laid(forms.Form):
    """A form whose boxes stand one below the other."""

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.helper = helper(*self.fields)


class MendForm(Laid):
    mend_on = forms.DateField(label=_("To be mended by"), widget=day_input())

    def clean_mend_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["mend_on"]
        if day < self.today:
            raise forms.ValidationError(_("That day is over. Choose today or a later day."))
        if day > self.today + A_YEAR:
            raise forms.ValidationError(_("That is more than a year away. Check the year."))
        return day


class NoteForm(Laid):
    note = forms.CharField(label=_("Note (optional)"), max_length=300, required=False)


class WhyForm(Laid):
    note = forms.CharField(label=_("What was broken, in a few words"), max_length=300)


class ScreenshotForm(Laid):
    file = SafeFileField(label=_("Screenshot"), kinds=IMAGES)


class RepliesForm(Laid):
    """For how many hours she answers below the post; empty takes the promise back."""

    hours = forms.IntegerField(
        label=_("Answers comments for, hours"), min_value=1, max_value=168, required=False,
        help_text=_("Counted from the moment it is posted. Empty: it is not asked of her."),
    )  # fmt: skip

    def carry_out(self, row: Deliverable, *, at: dt.datetime, actor: Actor) -> None:
        promise_replies(row, self.cleaned_data["hours"], at=at, actor=actor)


class RepliesSeenForm(Laid):
    """What somebody saw once the hours are over."""

    replies = forms.IntegerField(label=_("Comments answered"), min_value=0, max_value=1_000_000, required=False)
    kept = forms.ChoiceField(label=_("Did she answer as agreed?"), choices=(("yes", _("Yes")), ("no", _("No"))))
    note = forms.CharField(label=_("Note (optional)"), max_length=300, required=False)

    def __init__(self, *args: Any, promise: ReplyPromise, **kwargs: Any) -> None:
        self.promise = promise
        known = {"replies": promise.replies, "note": promise.note, "kept": "no" if promise.kept is False else "yes"}
        kwargs["initial"] = known
        super().__init__(*args, **kwargs)

    def carry_out(self, row: Deliverable, *, at: dt.datetime, actor: Actor) -> None:
        check_replies(self.promise, self.cleaned_data, at=at, actor=actor)


class DeviationFilter(forms.Form):
    """Which cases are shown."""

    state = forms.ChoiceField(
        label=_("Which"), required=False,
        choices=(("", pgettext_lazy("a state", "Open")), ("asked", _("She was asked")), ("closed", _("Closed")), ("all", _("All"))),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("What"), required=False, choices=[("", _("Everything")), *Deviation.Kind.choices])
    campaign = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def asked(self) -> dict[str, Any]:
        return self.cleaned_data if self.is_valid() else {}


class HerMendedForm(forms.Form):
    """She has put it right, and may show what stands there now."""

    caption = what_stands_there(_("What does the caption say now? (optional)"))
    note = few_words(_("Anything to add? (optional)"), required=False)
