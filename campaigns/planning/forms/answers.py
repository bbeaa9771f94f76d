"""What an influencer answers on her page, or a colleague for her."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.files import IMAGES, SafeFileField

LONGEST_CAPTION = 5000


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def web_address(label: Any, **kwargs: Any) -> forms.URLField:
    """An address of the web; `instagram.com/p/...` without its beginning is fine.

    A box of type url would not be: browsers refuse such an address before it gets here.
    """
    box = forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "placeholder": "https://"})
    return forms.URLField(label=label, max_length=500, assume_scheme="https", widget=box, **kwargs)


def few_words(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)


def what_stands_there(label: Any) -> forms.CharField:
    """The caption as it stands online; no platform takes a longer one."""
    told = _("Copy the caption from the post and paste it here.")
    box = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=LONGEST_CAPTION, required=False, widget=box, help_text=told)


class DraftForm(forms.Form):
    """Where the draft is, or how it was sent."""

    url = web_address(
        _("Link to the draft"), required=False, help_text=_("Drive, Dropbox, an unlisted video: anything we can open.")
    )
    note = few_words(_("Anything to add, or how you sent it"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("url") and not str(data.get("note") or "").strip():
            self.add_error("url", _("Paste the link to the draft, or write below how it was sent."))
        return data


class ToldDraftForm(forms.Form):
    """How it came is said beside it: the channel, their words, a screenshot."""

    url = web_address(
        _("Link to the draft"), required=False, help_text=_("Drive, Dropbox, an unlisted video: anything we can open.")
    )


class PostedForm(forms.Form):
    """Where the post is."""

    url = web_address(_("Address of the post"), help_text=_("In the app: Share, then Copy link."))
    caption = what_stands_there(_("What did you write? (optional)"))
    note = few_words(_("Anything to add? (optional)"), required=False)


class StoryPostedForm(forms.Form):
    """What disappears has no lasting address; a screenshot stands for it."""

    file = SafeFileField(label=_("Screenshot (now or before it disappears)"), kinds=IMAGES, required=False)
    note = few_words(_("Anything to add? (optional)"), required=False)


class ToldOnDay(forms.Form):
    """When a colleague notes a post: it may have gone out earlier."""

    posted_on = forms.DateField(
        label=_("Went out on"), required=False, widget=day_input(), help_text=_("Leave empty when it was today.")
    )

    def clean_posted_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["posted_on"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet. Choose today or an earlier day."))
        if day is not None and day < timezone.localdate() - dt.timedelta(days=730):
            raise forms.ValidationError(_("That is more than two years ago. Check the year."))
        return day


class ToldPostedForm(ToldOnDay):
    """She said it is out; the address may come later."""

    url = web_address(
        _("Address of the post"), required=False, help_text=_("Leave empty when you do not have it; it is asked for.")
    )
    caption = what_stands_there(_("What stands under it? (optional)"))
    note = few_words(_("Note (optional)"), required=False)


class ToldStoryPostedForm(ToldOnDay):
    file = SafeFileField(label=_("Screenshot of the post (optional)"), kinds=IMAGES, required=False)
    note = few_words(_("Note (optional)"), required=False)


class LinkForm(forms.Form):
    url = web_address(_("Address of the post"), help_text=_("In the app: Share, then Copy link."))


class ProofForm(forms.Form):
    file = SafeFileField(label=_("Screenshot"), kinds=IMAGES)


class ToldProofForm(forms.Form):
    """A screenshot of the post, here or as the screenshot of how we were told."""

    file = SafeFileField(label=_("Screenshot of the post"), kinds=IMAGES, required=False)


class MoreTimeForm(forms.Form):
    """Which day would work."""

    until = forms.DateField(label=_("Which day works for you?"), widget=day_input())
    note = few_words(_("Anything to add? (optional)"), required=False)

    def clean_until(self) -> dt.date:
        day: dt.date = self.cleaned_data["until"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("That day is over. Choose today or a later day."))
        if day > timezone.localdate() + dt.timedelta(days=366):
            raise forms.ValidationError(_("That is more than a year away. Check the year."))
        return day


class ToldMoreTimeForm(MoreTimeForm):
    """The same as a colleague asks it; their words stand beside it."""

    note = None  # type: ignore[assignment]
    until = forms.DateField(label=_("Which day would work?"), widget=day_input())


class QuestionForm(forms.Form):
    note = few_words(_("Your question"))


class NotThisTimeForm(forms.Form):
    note = few_words(_("Would you like to say why? (optional)"), required=False)
