"""What is typed about a round of votes: the question itself, who is asked, and what a voter says."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.answers import day_input
from campaigns.planning.forms.boxes import helper, side_by_side
from campaigns.planning.models import Campaign, Collaboration
from campaigns.shortlist.models import Vote, VoteRound
from campaigns.shortlist.votes_actions import Guest, Said, Voters
from crm.base.text import one_line, validate_header_text
from crm.brands.models import Brand
from crm.team.models import User
from crm.timeline.models import Channel

if TYPE_CHECKING:
    RoundModelForm = forms.ModelForm[VoteRound]
else:
    RoundModelForm = forms.ModelForm

MOST_GUESTS = 30
FARTHEST = dt.timedelta(days=366)
HEARD_BY = [choice for choice in Channel.choices if choice[0]]


def colleagues_of(brand: Brand) -> list[User]:
    """Colleagues who may see the brand at all."""
    active = [(user, user.brand_ids()) for user in User.objects.active().order_by("name")]
    return [user for user, seen in active if seen is None or brand.pk in seen]


class GuestsField(forms.CharField):
    """One guest a line: Rina Halim, rina@klien.example."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> list[Guest]:  # type: ignore[override]
        lines = [one_line(line, 300) for line in str(value or "").splitlines()]
        found = {guest.email.lower(): guest for guest in map(self._guest, filter(None, lines))}
        if len(found) > MOST_GUESTS:
            raise ValidationError(_now("At most %(n)d guests at a time.") % {"n": MOST_GUESTS})
        return list(found.values())

    def _guest(self, line: str) -> Guest:
        match = re.fullmatch(r"(?P<name>[^,;<>]+?)\s*[,;<]\s*(?P<email>[^\s,;<>]+)\s*>?", line)
        said = {"line": line}
        if match is None:
            raise ValidationError(
                _now("Write name and e-mail address, parted by a comma: “%(line)s” has not both.") % said
            )
        try:
            validate_email(match["email"])
        except ValidationError as wrong:
            raise ValidationError(_now("This is no e-mail address: “%(line)s”.") % said) from wrong
        return Guest(match["name"].strip()[:120], match["email"].lower())

    def run_validators(self, value: Any) -> None:
        """Each line was looked at already."""

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")


class VotersForm(forms.Form):
    """Who is asked: colleagues by a tick, guests by name and address."""

    colleagues = forms.ModelMultipleChoiceField(
        label=_("Colleagues"), queryset=User.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    guests = GuestsField(
        label=_("Guests, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Name and e-mail address: Rina Halim, rina@klien.example. Each gets a link of her own."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Guests read"), choices=[("id", "Bahasa Indonesia"), ("en", "English")])

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["colleagues"]
        assert isinstance(choices, forms.ModelMultipleChoiceField)
        choices.queryset = User.objects.filter(pk__in=[user.pk for user in colleagues_of(campaign.brand)]).order_by(
            "name"
        )
        self.initial.setdefault("language", campaign.brand.language)
        self.helper = helper(Fieldset(str(_("Who is asked")), "colleagues", "guests", "language"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data["colleagues"] and not data["guests"]:
            raise ValidationError(_("Choose a colleague, or type a guest."))
        return data

    @property
    def voters(self) -> Voters:
        data = self.cleaned_data
        return Voters(list(data["colleagues"]), data["guests"], data["language"])


class PeopleForm(forms.Form):
    """Which people of the campaign."""

    people = forms.ModelMultipleChoiceField(
        label=_("People"), queryset=Collaboration.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )  # fmt: skip

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self.fields["people"], people)
        self.helper = helper("people")


class RoundForm(RoundModelForm):
    """What is asked, about whom, and what the links show; who is asked stands below it on the same page."""

    people = forms.ModelMultipleChoiceField(
        label=_("People"), queryset=Collaboration.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )  # fmt: skip

    class Meta:
        model = VoteRound
        fields = ["title", "words", "people", "shows_price", "shows_numbers", "close_on"]
        widgets = {"close_on": day_input(), "words": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, people: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choose_from(self.fields["people"], people)
        self.fields["title"].help_text = _("For example: Who joins in November?")
        self.fields["close_on"].help_text = _("The last day is included. Empty: until you close it.")
        self.helper = helper(
            Fieldset(str(_("The question")), "title", "words", "close_on"),
            Fieldset(str(_("What they see")), side_by_side("shows_price", "shows_numbers"), "people"),
        )

    def clean_title(self) -> str:
        title = " ".join(str(self.cleaned_data["title"]).split())
        validate_header_text(title)
        return title

    def clean_close_on(self) -> dt.date | None:
        return check_last_day(self.cleaned_data["close_on"], self.today)


class LastDayForm(forms.Form):
    """Until when votes count."""

    close_on = forms.DateField(
        label=_("Open until"), required=False, widget=day_input(),
        help_text=_("The last day is included. Empty: until you close it."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.helper = helper("close_on")

    def clean_close_on(self) -> dt.date | None:
        return check_last_day(self.cleaned_data["close_on"], self.today)


def name_of(obj: Any) -> str:
    return str(obj.influencer.stage_name)


def choose_from(field: forms.Field, people: Any) -> None:
    """Offer these collaborations, each by the person's name."""
    assert isinstance(field, forms.ModelMultipleChoiceField)
    field.queryset = people
    field.label_from_instance = name_of  # type: ignore[method-assign]


def check_last_day(last: dt.date | None, today: dt.date) -> dt.date | None:
    if last is not None and last < today:
        raise ValidationError(_now("That day is over. Choose today or a later day."))
    if last is not None and last > today + FARTHEST:
        raise ValidationError(_now("That is more than a year ahead. Check the year."))
    return last


class BallotForm(forms.Form):
    """Yes, perhaps or no to each name, with a note; names left open stay open."""

    def __init__(self, *args: Any, names: Iterable[tuple[int, str]], said: Sequence[Vote], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = list(names)
        before = {vote.collaboration_id: vote for vote in said}
        for pk, name in self.names:
            vote = before.get(pk)
            self.fields[f"says-{pk}"] = forms.ChoiceField(
                label=name, required=False, choices=Vote.Verdict.choices, widget=forms.RadioSelect,
                initial=vote.verdict if vote else None,
            )  # fmt: skip
            self.fields[f"note-{pk}"] = forms.CharField(
                label=_("Note"), required=False, max_length=300, initial=vote.note if vote else "",
                widget=forms.TextInput(attrs={"autocomplete": "off", "class": "form-control"}),
            )  # fmt: skip
        self.helper = helper(*self.fields)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for pk, name in self.names:
            if data.get(f"note-{pk}") and not data.get(f"says-{pk}") and f"says-{pk}" not in self.errors:
                self.add_error(f"says-{pk}", _now("Choose yes, perhaps or no for %(name)s, too.") % {"name": name})
        return data

    @property
    def said(self) -> dict[int, Said]:
        """What was said, by collaboration; names left open are not in it."""
        data = self.cleaned_data
        return {
            pk: Said(data[f"says-{pk}"], one_line(data[f"note-{pk}"], 300))
            for pk, _name in self.names
            if data[f"says-{pk}"]
        }


class ToldForm(BallotForm):
    """The same, heard by a colleague."""

    channel = forms.ChoiceField(label=_("Heard by"), choices=HEARD_BY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["channel"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not self.said_anything(data):
            raise ValidationError(_("Choose yes, perhaps or no for at least one name."))
        return data

    def said_anything(self, data: dict[str, Any]) -> bool:
        return any(data.get(f"says-{pk}") for pk, _name in self.names)
