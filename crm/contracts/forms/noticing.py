"""A notice as somebody notes it, and the day one arrived."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.base.files import DOCUMENTS, IMAGES, SafeFile, SafeFileField
from crm.contracts.models import Contract, Notice
from crm.exclusivity.forms.outside import day
from crm.team.forms import bare_helper
from crm.timeline.models import Channel

if TYPE_CHECKING:
    NoticeModelForm = forms.ModelForm[Notice]
else:
    NoticeModelForm = forms.ModelForm

Kind = Notice.Kind
NOT_YET = _("This day has not come yet.")


class NoticeForm(NoticeModelForm):
    """What it says, from whom, when it was sent and arrived; its paper."""

    file = SafeFileField(label=_("The paper itself"), kinds={*IMAGES, *DOCUMENTS}, required=False)
    tells_her = forms.BooleanField(
        label=_("Send her a letter about it now"), required=False, help_text=_("Only for a notice from us.")
    )

    class Meta:
        model = Notice
        fields = ["kind", "given_by", "sent_on", "received_on", "channel", "effective_on", "note"]
        widgets = {"sent_on": day(), "received_on": day(), "effective_on": day(),
                   "note": forms.Textarea(attrs={"rows": 2})}  # fmt: skip

    def __init__(self, *args: Any, contract: Contract, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contract, self.today = contract, today
        kind, channel = self.fields["kind"], self.fields["channel"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(channel, forms.ChoiceField)
        kind.choices = [(one.value, one.label) for one in kinds_for(contract)]
        channel.choices = [choice for choice in Channel.choices if choice[0]]
        self.fields["note"].label = _("Because")
        self.fields["note"].help_text = _("Stands in the story, and in the letter if one is sent.")
        self.fields["received_on"].help_text = (
            _("It counts from this day. Not known yet: leave it empty, and note it when you know.")
            if contract.notice_counts == Contract.NoticeCounts.RECEIVED
            else _("For the record: it counts from the day it is sent.")
        )
        self.fields["effective_on"].help_text = _(
            "When it ends early: its last day. When a promise is broken: the day by which it is to be put right."
        )
        self.initial["sent_on"] = self.initial.get("sent_on") or today
        self.helper = bare_helper(
            Fieldset("", Row(Column("kind"), Column("given_by"))),
            Fieldset("", Row(Column("sent_on"), Column("received_on"), Column("channel")), "effective_on"),
            Fieldset("", "note", "file", "tells_her"),
        )

    def clean_sent_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["sent_on"]
        if on > self.today:
            raise ValidationError(NOT_YET, code="future")
        return on

    def clean_received_on(self) -> dt.date | None:
        on: dt.date | None = self.cleaned_data["received_on"]
        if on and on > self.today:
            raise ValidationError(NOT_YET, code="future")
        return on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        needs_day = data.get("kind") == Kind.TERMINATION
        if needs_day and not data.get("effective_on") and "effective_on" not in self.errors:
            self.add_error("effective_on", _("Which day is its last?"))
        sent_on, received_on = data.get("sent_on"), data.get("received_on")
        if sent_on and received_on and received_on < sent_on:
            self.add_error("received_on", _("It arrived before it was sent. Correct one of the days."))
        if data.get("kind") in (Kind.NON_RENEWAL, Kind.OPTION):
            data["effective_on"] = None
        return data

    @property
    def paper(self) -> SafeFile | None:
        return self.cleaned_data.get("file") or None


def kinds_for(contract: Contract) -> list[Notice.Kind]:
    """What can be said about it as it stands; the most likely first."""
    if contract.is_in_notice:
        return [Kind.TERMINATION, Kind.BREACH]
    if contract.renewal == Contract.Renewal.OPTION:
        return [Kind.OPTION, Kind.TERMINATION, Kind.BREACH]
    return [Kind.NON_RENEWAL, Kind.TERMINATION, Kind.BREACH]


class ArrivalForm(forms.Form):
    """The day a notice arrived."""

    received_on = forms.DateField(label=_("Arrived on"), widget=day())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper(Fieldset("", Row(Column("received_on", css_class="col-sm-6"))))
