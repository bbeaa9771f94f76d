"""What she answers about posts that are still open, or a colleague for her."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_BACK = dt.timedelta(days=365)


def web_address(**kwargs: Any) -> forms.URLField:
    """`instagram.com/p/...` without its beginning is fine; a box of type url would refuse it before it gets here."""
    box = forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "placeholder": "https://"})
    return forms.URLField(label=_("Address of the post"), max_length=400, assume_scheme="https", widget=box, **kwargs)


def day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def few_words(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)


class HerPostForm(forms.Form):
    """Where it is, and on which day it went out."""

    url = web_address(help_text=_("In the app: Share, then Copy link."))
    posted_on = day(_("Went out on"), required=False, help_text=_("Leave empty when it was today."))
    note = few_words(_("Anything to add? (optional)"), required=False)

    def clean_posted_on(self) -> dt.date | None:
        on: dt.date | None = self.cleaned_data["posted_on"]
        if on is not None and on > timezone.localdate():
            raise ValidationError(_("That day has not come yet. Choose today or an earlier day."), code="future")
        if on is not None and on < timezone.localdate() - LONGEST_BACK:
            raise ValidationError(_("That is more than a year ago. Check the year."), code="old")
        return on


class ToldPostForm(HerPostForm):
    """She said it is out; its address may not be known."""

    url = web_address(required=False, help_text=_("Leave empty when you do not have it."))


class MoreTimeForm(forms.Form):
    until = day(_("Which day would suit you?"))
    note = few_words(_("Anything to add? (optional)"), required=False)

    def clean_until(self) -> dt.date:
        on: dt.date = self.cleaned_data["until"]
        if on < timezone.localdate():
            raise ValidationError(_("That day is over. Choose one that is still to come."), code="past")
        return on


class QuestionForm(forms.Form):
    note = few_words(_("Your question"))
