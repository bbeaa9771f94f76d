"""What is asked about an event, about a guest, and of her."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.events.models import Event, Guest
from campaigns.planning.forms.answers import day_input, few_words
from campaigns.planning.forms.boxes import helper, searchable, side_by_side, zone_field
from campaigns.planning.models import Campaign, Collaboration
from crm.base.money import MoneyField
from crm.base.zones import local_instant, zone_info
from crm.brands.models import Brand
from crm.influencers.models import Influencer
from crm.team.forms import folded
from crm.team.models import User

if TYPE_CHECKING:
    EventModelForm = forms.ModelForm[Event]
else:
    EventModelForm = forms.ModelForm

FOLDED = ("ends_on", "ends_clock", "address", "seats_each", "value", "answer_by_on", "about", "owner", "zone")


def hour(label: Any, **kwargs: Any) -> forms.TimeField:
    box = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=box, **kwargs)


class WhenForm(forms.Form):
    """A day and an hour, by the clock of the place where it happens."""

    on = forms.DateField(label=_("Day"), widget=day_input())
    at_clock = hour(_("Begins at"))
    ends_on = forms.DateField(
        label=_("Ends on"), required=False, widget=day_input(), help_text=_("Empty: the same day.")
    )
    ends_clock = hour(_("Ends at"), required=False)

    def moments(self, zone: str) -> tuple[dt.datetime, dt.datetime | None]:
        """When it begins and ends, as instants."""
        data = self.cleaned_data
        starts = local_instant(data["on"], data["at_clock"], zone)
        clock_, ends_on = data.get("ends_clock"), data.get("ends_on")
        if not clock_:
            return starts, None
        return starts, local_instant(ends_on or data["on"], clock_, zone)

    def check(self, zone: str) -> None:
        """Tell what is wrong between the boxes."""
        data = self.cleaned_data
        if data.get("ends_on") and not data.get("ends_clock"):
            self.add_error("ends_clock", _("Until what time? A day alone is not enough."))
        if "on" in data and data.get("at_clock"):
            starts, ends = self.moments(zone)
            if ends is not None and ends <= starts:
                self.add_error("ends_clock", _("It ends before it begins. Past midnight, say on which day it ends."))


def start_of(event: Event) -> dict[str, Any]:
    """The boxes of `WhenForm` as they stand."""
    zone = zone_info(event.zone)
    said: dict[str, Any] = {}
    starts = event.starts_at.astimezone(zone)
    said |= {"on": starts.date(), "at_clock": starts.time()}
    if event.ends_at is not None:
        ends = event.ends_at.astimezone(zone)
        said |= {"ends_clock": ends.time(), "ends_on": ends.date() if ends.date() != starts.date() else None}
    return said


class EventForm(WhenForm, EventModelForm):
    """Name, day, hour, place and seats are asked; the rest has an answer already."""

    zone = zone_field(empty=_("As the brand"))

    class Meta:
        model = Event
        fields = [
            "brand", "campaign", "kind", "name", "zone", "place", "address", "seats", "seats_each", "value",
            "answer_by_on", "about", "owner",
        ]  # fmt: skip
        field_classes = {"value": MoneyField}
        widgets = {
            "answer_by_on": day_input(),
            "about": forms.Textarea(attrs={"rows": 3}),
            "address": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, user: User, campaign: Campaign | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = self.instance.pk is None
        brands, campaigns = self.fields["brand"], self.fields["campaign"]
        assert isinstance(brands, forms.ModelChoiceField)
        assert isinstance(campaigns, forms.ModelChoiceField)
        brands.queryset = Brand.objects.visible_to(user).running()
        campaigns.queryset = Campaign.objects.visible_to(user).in_motion().select_related("brand")
        if self.instance.campaign_id:
            campaigns.queryset = Campaign.objects.visible_to(user).select_related("brand")
        owners = self.fields["owner"]
        assert isinstance(owners, forms.ModelChoiceField)
        owners.queryset = User.objects.active()
        owners.required = brands.required = False
        self.campaign, self.user = campaign, user
        for name in ("ends_on", "ends_clock"):
            self.fields[name].required = False

    @property
    def helper(self) -> Any:
        is_open = not self.is_new or bool(set(self.errors) & set(FOLDED))
        whose = [] if self.campaign is not None else [side_by_side(searchable("brand"), searchable("campaign"))]
        return helper(
            *whose, side_by_side("name", "kind"), side_by_side("on", "at_clock"), side_by_side("place", "seats"),
            *folded(
                _("More about it"), side_by_side("ends_on", "ends_clock"), side_by_side("seats_each", "value"), "address",
                side_by_side("answer_by_on", "zone"), "about", "owner", is_open=is_open,
            ),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        campaign = self.campaign or data.get("campaign")
        brand = campaign.brand if campaign is not None else data.get("brand")
        if brand is None:
            self.add_error("brand", _("Whose event is it? Choose a brand or a campaign."))
            return data
        if data.get("brand") and campaign is not None and data["brand"] != campaign.brand:
            self.add_error("campaign", _("This campaign is of another brand. Choose one of the two."))
        data |= {"campaign": campaign, "brand": brand, "owner": data.get("owner") or self.user}
        data["zone"] = data.get("zone") or brand.zone
        self.check(data["zone"])
        if not self.errors:
            self.instance.starts_at, self.instance.ends_at = self.moments(data["zone"])
        return data

    def _get_validation_exclusions(self) -> set[str]:
        """What the boxes do not hold is set all the same, so the checks of the table hold for it."""
        left_out: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return left_out - {"starts_at", "ends_at"} if self.instance.starts_at else left_out

    def clean_seats(self) -> int | None:
        seats: int | None = self.cleaned_data["seats"]
        if seats == 0:
            raise ValidationError(_("At least one seat; leave it empty for as many as come."))
        return seats


class MoveForm(WhenForm):
    """Another time, and what is said of it."""

    words = few_words(_("A word about it (optional)"), required=False)
    tell = forms.BooleanField(label=_("Write to everybody who was invited"), required=False, initial=True)
    work_too = forms.BooleanField(
        label=_("Move the days of what they make by as many days"), required=False,
        help_text=_("Drafts and posts of their collaborations that are not out yet."),
    )  # fmt: skip

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        if event.campaign_id is None:
            del self.fields["work_too"]
        self.helper = helper(
            side_by_side("on", "at_clock"), side_by_side("ends_on", "ends_clock"), "words", "tell",
            *(["work_too"] if event.campaign_id else []),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.check(self.event.zone)
        return data


class GuestsForm(forms.Form):
    """Who else is asked."""

    people = forms.ModelMultipleChoiceField(
        Influencer.objects.none(), label=_("People"), error_messages={"required": _("Choose at least one person.")}
    )

    def __init__(self, *args: Any, event: Event, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = event.guests.values("influencer")
        people = self.fields["people"]
        assert isinstance(people, forms.ModelMultipleChoiceField)
        shown = Influencer.objects.filter(archived_at__isnull=True, merged_into__isnull=True).exclude(pk__in=there)
        if event.campaign_id:
            on_board = Collaboration.objects.filter(campaign=event.campaign_id).going_ahead().values("influencer")
            shown = shown.filter(pk__in=on_board)
        people.queryset = shown.order_by("stage_name")
        self.helper = helper(searchable("people"))


class YesForm(forms.Form):
    """With whom she comes; one seat is no question."""

    seats = forms.TypedChoiceField(label=_("Seats"), coerce=int)
    companion = forms.CharField(label=_("Who comes along? (optional)"), max_length=120, required=False)

    def __init__(self, *args: Any, most: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = self.fields["seats"]
        assert isinstance(seats, forms.ChoiceField)
        seats.choices = [(number, str(number)) for number in range(1, most + 1)]
        if most == 1:
            seats.required = False
            seats.widget = forms.HiddenInput()
            seats.initial = 1
            del self.fields["companion"]


class NoForm(forms.Form):
    note = few_words(_("Anything to add? (optional)"), required=False)


class AttendanceForm(forms.Form):
    """One row for each guest: was there, did not appear, or not said yet."""

    def __init__(self, *args: Any, guests: list[Guest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guests = guests
        choices = [("", _("Not said")), ("came", _("Was there")), ("no_show", _("Did not appear"))]
        for guest in guests:
            start = guest.status if guest.status in ("came", "no_show") else ""
            self.fields[f"guest_{guest.pk}"] = forms.ChoiceField(
                label=guest.influencer.stage_name, choices=choices, required=False, initial=start, widget=forms.RadioSelect,
            )  # fmt: skip

    def rows(self) -> list[tuple[Guest, forms.BoundField]]:
        return [(guest, self[f"guest_{guest.pk}"]) for guest in self.guests]

    def said(self) -> list[tuple[Guest, bool]]:
        """Whom somebody said something new of."""
        found = [(guest, self.cleaned_data[f"guest_{guest.pk}"]) for guest in self.guests]
        return [(guest, to == "came") for guest, to in found if to and to != guest.status]
