"""What is asked before a post is noted by hand, and before posts are let go."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from crispy_forms.layout import Column, Field, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import DealPeriod, MakeGood, QuotaLine
from crm.base.formats import day_words
from crm.base.text import one_line
from crm.exclusivity.forms.outside import day
from crm.team.forms import bare_helper

Target = QuotaLine | MakeGood


def targets_of(period: DealPeriod, make_goods: Iterable[MakeGood]) -> dict[str, Target]:
    """What a post of that period may be counted for: its quotas while it is not closed, and what is to be made good."""
    quotas = period.deal.quotas.select_related("format__platform").order_by("pk")
    lines = QuotaLine.objects.none() if period.is_closed else quotas
    owed = {f"made-good-{one.pk}": one for one in make_goods if one.left}
    return {f"quota-{line.pk}": line for line in lines} | owed


def name_of(target: Target) -> str:
    """How a choice is called."""
    if isinstance(target, QuotaLine):
        return str(target)
    day_named = {"what": target.line, "count": target.left, "day": day_words(target.due_on)}
    return _("%(what)s, to be made good: %(count)s by %(day)s") % day_named


class AboutOneForm(forms.Form):
    """A form about one quota of a period, or about posts that are to be made good."""

    what = forms.ChoiceField(label=_("What"))

    def __init__(self, *args: Any, targets: dict[str, Target], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.targets = targets
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = [(key, name_of(one)) for key, one in targets.items()]

    @property
    def target(self) -> Target:
        return self.targets[self.cleaned_data["what"]]


class PostForm(AboutOneForm):
    """A post that was seen, or told in the chat."""

    on = forms.DateField(label=_("Posted on"), widget=day())
    link = forms.URLField(
        label=_("Address of the post"), required=False, max_length=200, assume_scheme="https",
        help_text=_("The same address counts once. Empty for a story that is gone."),
    )  # fmt: skip
    said = forms.CharField(
        label=_("Or how you know"), required=False, max_length=200, help_text=_("“Told me in the chat.”")
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial = {"on": today, "once": uuid4().hex, **self.initial}
        self.helper = bare_helper(
            Row(Column("what", css_class="col-sm-7"), Column("on", css_class="col-sm-5")), "link", "said", Field("once")
        )

    def clean_on(self) -> dt.date:
        chosen: dt.date = self.cleaned_data["on"]
        if chosen > self.today:
            raise ValidationError(_("That day is still to come."))
        return chosen

    def clean_said(self) -> str:
        return one_line(self.cleaned_data["said"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not self.errors and not (found.get("link") or found.get("said")):
            self.add_error("link", _("Put in its address, or write how you know."))
        return found

    @property
    def told(self) -> str:
        return str(self.cleaned_data["link"] or self.cleaned_data["said"])

    @property
    def once_only(self) -> str:
        """What makes it the same post: its address, else this very form."""
        return str(self.cleaned_data["link"] or self.cleaned_data["once"] or f"{self.told} {self.cleaned_data['on']}")


class LetGoForm(AboutOneForm):
    """Posts that are not owed any more, and why."""

    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=500, initial=1)
    why = forms.CharField(
        label=_("Because"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: the sample came nine days late."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper(
            Row(Column("what", css_class="col-sm-8"), Column("quantity", css_class="col-sm-4")), "why"
        )


class TakeBackForm(forms.Form):
    """Why a post that was noted does not count after all."""

    why = forms.CharField(label=_("Because"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper("why")
