"""What changes in a contract in force: one question first, then today's value beside the new one."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.formats import day_words
from crm.base.money import MoneyField
from crm.base.windows import validate_period
from crm.contracts.actions.words import line_shown, right_in_words
from crm.contracts.diff import amount_said, iso, money_said
from crm.contracts.models import Contract, PayLine, PromisedPost, TermChange, UsageRight
from crm.contracts.models.changes import parsed_day
from crm.exclusivity.forms.outside import day
from crm.team.forms import bare_helper
from crm.timeline.record import subject_of

if TYPE_CHECKING:
    ContractModelForm = forms.ModelForm[Contract]
else:
    ContractModelForm = forms.ModelForm

QUESTIONS: dict[str, Any] = {
    "last-day": _("The last day"),
    "pay": _("What is given"),
    "posts": _("What is posted"),
    "rights": _("How the content may be used"),
    "exclusivity": _("Exclusivity"),
    "words": _("Something else, in words"),
}
TODAY: Any = _("Today: %(was)s")
What = TermChange.What
Said = dict[str, Any] | None


class AmendForm(forms.Form):
    """What changes, and from which day on."""

    what = forms.ChoiceField(
        label=_("What changes?"), choices=list(QUESTIONS.items()), widget=forms.RadioSelect,
        help_text=_("More can be added before it is signed."),
    )  # fmt: skip
    effective_on = forms.DateField(
        label=_("From which day on"), widget=day(), help_text=_("Up to the day before, everything stays as it was.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper(Fieldset("", "what", Row(Column("effective_on", css_class="col-sm-6"))))

    def clean_effective_on(self) -> dt.date:
        chosen: dt.date = self.cleaned_data["effective_on"]
        validate_period(chosen, None)
        return chosen


class AmendmentForm(ContractModelForm):
    """An amendment's own words and days; who signs and for whom is its contract's."""

    class Meta:
        model = Contract
        fields = ["title", "start_on", "offer_until_on", "extra_words", "note"]
        widgets = {
            "start_on": day(), "offer_until_on": day(), "extra_words": forms.Textarea(attrs={"rows": 6}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start_on"].label, self.fields["start_on"].required = _("From which day on"), True
        self.helper = bare_helper(
            Fieldset("", "extra_words", Row(Column("start_on"), Column("offer_until_on")), "title", "note")
        )


class LastDayForm(forms.Form):
    """The last day anew."""

    end_on = forms.DateField(label=_("New last day"), widget=day(), required=False)

    def __init__(self, *args: Any, amended: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        was = day_words(amended.end_on) if amended.end_on else _("until somebody ends it")
        self.fields["end_on"].help_text = _("Today: %(was)s. Empty: until somebody ends it.") % {"was": was}
        self.goes_on = amended.renewal == Contract.Renewal.AUTO
        self.helper = bare_helper(Fieldset("", Row(Column("end_on", css_class="col-sm-6"))))

    def clean_end_on(self) -> dt.date | None:
        chosen: dt.date | None = self.cleaned_data["end_on"]
        validate_period(chosen, None)
        if chosen is None and self.goes_on:
            raise ValidationError(_("A contract that goes on by itself needs this."))
        return chosen


class RowsForm(forms.Form):
    """Every line, post or right of the contract: what it says today, and what it is to say."""

    def __init__(self, *args: Any, rows: Iterable[Any], changes: Iterable[TermChange], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows, self.changes = list(rows), {one.target: one for one in changes}
        parts = [self._asked(row, self.changes.get(subject_of(row))) for row in self.rows]
        self.helper = bare_helper(*parts, *self._more())

    def _asked(self, row: Any, change: TermChange | None) -> Any:
        raise NotImplementedError

    def _more(self) -> list[Any]:
        return []

    def _add(self, name: str, field: forms.Field, value: Any) -> str:
        self.fields[name], self.initial[name] = field, value
        return name

    def _gone(self, row: Any, label: Any, change: TermChange | None, dropped: str) -> str:
        is_gone = change is not None and change.what == dropped
        return self._add(f"gone_{row.pk}", forms.BooleanField(label=label, required=False), is_gone)

    def said(self) -> Iterator[tuple[Any, Said]]:
        """Each row with what it is to say; nothing for what is taken out."""
        raise NotImplementedError


class PayForm(RowsForm):
    """New amounts and shares; the old ones stand beside them."""

    def _asked(self, row: PayLine, change: TermChange | None) -> Any:
        becomes = change.becomes if change and change.becomes else {}
        field: forms.Field
        if row.amount is None:
            field = forms.DecimalField(
                label=_("Share of what is sold, %"), min_value=0, max_value=100, decimal_places=2, required=False
            )
            value: Any = (becomes.get("rate_bp") or row.rate_bp or 0) / 100
        else:
            field = MoneyField(label=_("New amount"), max_digits=14, decimal_places=2, required=False)
            value = money_said(becomes.get("amount")) or row.amount
        field.help_text = TODAY % {"was": line_shown(row)}
        gone = self._gone(row, _("Take it out"), change, What.LINE_DROPPED)
        return Fieldset(
            str(row.get_kind_display()), Row(Column(self._add(f"new_{row.pk}", field, value)), Column(gone))
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for row in self.rows:
            name = f"new_{row.pk}"
            if not data.get(f"gone_{row.pk}") and data.get(name) is None and name not in self.errors:
                self.add_error(name, _("Enter an amount, or take it out."))
        return data

    def said(self) -> Iterator[tuple[PayLine, Said]]:
        for row in self.rows:
            new: Any = self.cleaned_data[f"new_{row.pk}"]
            if self.cleaned_data[f"gone_{row.pk}"]:
                yield row, None
            elif isinstance(new, Money):
                yield row, {"amount": amount_said(new)}
            else:
                yield row, {"rate_bp": int(new * 100)}


class PostsForm(RowsForm):
    """New days for posts, or posts that are no longer owed."""

    def _asked(self, row: PromisedPost, change: TermChange | None) -> Any:
        field = forms.DateField(label=_("To be posted by"), widget=day(), required=False)
        field.help_text = TODAY % {"was": day_words(row.due_on) if row.due_on else _("any day of the term")}
        value = parsed_day(change.becomes.get("due_on")) if change and change.what == What.POST_MOVED else row.due_on
        gone = self._gone(row, _("No longer owed"), change, What.POST_DROPPED)
        return Fieldset(str(row), Row(Column(self._add(f"new_{row.pk}", field, value)), Column(gone)))

    def said(self) -> Iterator[tuple[PromisedPost, Said]]:
        for row in self.rows:
            is_gone = self.cleaned_data[f"gone_{row.pk}"]
            yield row, None if is_gone else {"due_on": iso(self.cleaned_data[f"new_{row.pk}"])}


class RightsForm(RowsForm):
    """Until when the content may be used, and what that costs."""

    fee = MoneyField(
        label=_("Fee for using it longer"), max_digits=14, decimal_places=2, required=False,
        help_text=_("Becomes a line of the amendment."),
    )  # fmt: skip

    def _asked(self, row: UsageRight, change: TermChange | None) -> Any:
        said = change.becomes if change else {"end_on": iso(row.end_on), "days": row.days}
        field: forms.Field
        if row.start_on:
            field = forms.DateField(label=_("May be used until"), widget=day(), required=False)
            value: Any = parsed_day(said["end_on"])
        else:
            field = forms.IntegerField(label=_("Days"), min_value=1, max_value=32_000, required=False)
            value = said["days"]
        field.help_text = TODAY % {"was": right_in_words(row)}
        name = self._add(f"new_{row.pk}", field, value)
        return Fieldset(str(row.get_kind_display()), Row(Column(name, css_class="col-sm-6")))

    def _more(self) -> list[Any]:
        return [Fieldset("", "fee")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for row in self.rows:
            until = data.get(f"new_{row.pk}")
            if row.start_on and until and until < row.start_on:
                self.add_error(f"new_{row.pk}", _("The last day is before the first."))
        return data

    def said(self) -> Iterator[tuple[UsageRight, Said]]:
        for row in self.rows:
            new = self.cleaned_data[f"new_{row.pk}"]
            yield row, {"end_on": iso(new)} if row.start_on else {"days": new}


class ExtendForm(forms.Form):
    """A right goes on: until when, for how much, from which day on."""

    until = forms.DateField(label=_("May be used until"), widget=day())
    fee = MoneyField(label=_("For"), max_digits=14, decimal_places=2, required=False)

    def __init__(self, *args: Any, right: UsageRight, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.right = right
        self.fields["until"].help_text = TODAY % {"was": right_in_words(right)}
        self.helper = bare_helper(Fieldset("", Row(Column("until"), Column("fee"))))

    def clean_until(self) -> dt.date:
        chosen: dt.date = self.cleaned_data["until"]
        validate_period(chosen, None)
        if self.right.end_on and chosen <= self.right.end_on:
            raise ValidationError(_("It may be used until then anyway. Choose a later day."))
        return chosen


class ReplaceForm(forms.Form):
    """From which day on another contract takes the place of this one."""

    on = forms.DateField(label=_("The new one begins on"), widget=day())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper(Fieldset("", Row(Column("on", css_class="col-sm-6"))))


class EndEarlyForm(forms.Form):
    """The last day, why, and which posts are no longer owed."""

    on = forms.DateField(label=_("Last day"), widget=day())
    why = forms.CharField(label=_("Because"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    drop = forms.MultipleChoiceField(
        label=_("Posts that are no longer owed"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Those without a tick are still owed."),
    )  # fmt: skip

    def __init__(self, *args: Any, posts: Iterable[PromisedPost], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(posts)
        drop = self.fields["drop"]
        assert isinstance(drop, forms.ChoiceField)
        drop.choices = [(str(post.pk), _post(post)) for post in known]
        self.initial["on"] = today
        self.initial["drop"] = [str(one.pk) for one in known if one.due_on and one.due_on > today]
        asked = ["drop"] if known else []
        self.helper = bare_helper(Fieldset("", Row(Column("on", css_class="col-sm-6")), "why", *asked))

    @property
    def dropped(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["drop"]]


def _post(post: PromisedPost) -> str:
    by = _("by %(day)s") % {"day": day_words(post.due_on, "short")} if post.due_on else ""
    return ", ".join(str(part) for part in (post, post.party, by) if part)


def extension_of(right: UsageRight) -> dict[str, Any]:
    """What going on was said to cost, and for how long."""
    days = right.extension_days or right.days
    until = right.end_on + dt.timedelta(days=days) if right.end_on and days else None
    return {"until": until, "fee": right.extension}
