"""Ratings, what is read off a profile, and why a sign means nothing here."""

import datetime as dt
from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.base.amounts import read_count
from crm.base.files import SafeFileField
from crm.influencers.fields import CountField
from crm.team.forms import bare_helper
from crm.vetting.actions import Looked
from crm.vetting.authenticity.comments import alike
from crm.vetting.models import ProfileSample, Rating
from crm.vetting.queries.ratings import LABELS

MOST_POSTS = 200
MOST_COMMENTS = 1000
MARKS = [(str(mark), str(mark)) for mark in range(1, 6)]
MEANINGS: dict[str, Any] = {
    "visual": _("Light, colour, framing: would you stop scrolling?"),
    "storytelling": _("Is there a story, told in her own voice?"),
    "taste": _("What she chooses to show and to leave out."),
    "consistency": _("Posts as often and as well as three months ago."),
}


class RatingForm(forms.Form):
    """1 to 5 for four things."""

    note = forms.CharField(label=_("In a few words (optional)"), max_length=300, required=False)

    def __init__(self, *args: Any, before: Rating | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for aspect in Rating.ASPECTS:
            field = forms.TypedChoiceField(
                label=LABELS[aspect], choices=MARKS, coerce=int, widget=forms.RadioSelect, help_text=MEANINGS[aspect]
            )
            self.fields[aspect] = field
            if before is not None:
                self.initial[aspect] = str(getattr(before, aspect))
        self.helper = bare_helper(Fieldset("", *(InlineRadios(aspect) for aspect in Rating.ASPECTS), "note"))

    def marks(self) -> dict[str, int]:
        return {aspect: self.cleaned_data[aspect] for aspect in Rating.ASPECTS}


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.replace("\t", "\n").replace(";", "\n").splitlines() if line.strip()]


class SampleForm(forms.Form):
    """What a colleague reads off a profile in two minutes. Everything is optional, something is needed."""

    taken_on = forms.DateField(label=_("Counted on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    following = CountField(label=_("Accounts she follows"), required=False)
    posts = CountField(label=_("Posts in the profile"), required=False)
    likes = forms.CharField(
        label=_("Likes of the newest posts"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One number a line, twelve or more posts: 1240, 1,2 rb, 1.1k."),
    )
    comments = forms.CharField(
        label=_("Comments"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One comment a line, fifty or more. They are counted and not kept: only how many are alike."),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("taken_on", today)
        self.today = today
        for name in ("following", "posts"):
            self.fields[name].widget.attrs["placeholder"] = ""
        self.helper = bare_helper(
            Fieldset("", Row(Column("taken_on"), Column("following"), Column("posts")), "likes", "comments")
        )

    def clean_taken_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["taken_on"]
        if day > self.today:
            raise ValidationError(_("This day has not come yet. When were they counted?"), code="future")
        return day

    def clean_likes(self) -> list[int]:
        lines = lines_of(self.cleaned_data["likes"])
        if len(lines) > MOST_POSTS:
            raise ValidationError(_("These are more than 200 posts. The newest ones are enough."), code="many")
        counts = [read_count(line) for line in lines]
        unread = [line for line, count in zip(lines, counts, strict=True) if count is None]
        if unread:
            raise ValidationError(
                _("“%(line)s” is no number. Write one number a line."), code="count", params={"line": unread[0][:40]}
            )
        return [count for count in counts if count is not None]

    def clean_comments(self) -> tuple[int, int] | None:
        """How many there are and how many of them are alike; the comments themselves end here."""
        lines = [line.strip() for line in self.cleaned_data["comments"].splitlines() if line.strip()]
        if len(lines) > MOST_COMMENTS:
            raise ValidationError(_("These are more than 1,000 comments. Fifty are enough."), code="many")
        return (len(lines), alike(lines)) if lines else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        known = [data.get("following"), data.get("posts"), data.get("likes") or None, data.get("comments")]
        if not self.errors and all(value is None for value in known):
            raise ValidationError(_("Fill in at least one field."), code="empty")
        return data

    def sample(self) -> ProfileSample:
        data = self.cleaned_data
        sampled, same = data["comments"] or (None, None)
        return ProfileSample(
            taken_on=data["taken_on"],
            following=data["following"],
            posts=data["posts"],
            like_counts=data["likes"],
            comments_sampled=sampled,
            comments_alike=same,
        )


class ClearForm(forms.Form):
    """Evidence that a sign means nothing here."""

    evidence = forms.CharField(
        label=_("What explains it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: a reel of 12 November went viral, link below."),
    )
    link = forms.URLField(label=_("Link to it"), required=False, max_length=400, assume_scheme="https")
    file = SafeFileField(label=_("File or screenshot"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper(Fieldset("", "evidence", Row(Column("link"), Column("file"))))

    def looked(self) -> Looked:
        data = self.cleaned_data
        return Looked(data["evidence"], data["link"], data["file"] or None)
