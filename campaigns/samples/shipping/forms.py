"""What colleagues type about parcels."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.boxes import helper
from campaigns.samples.models import Courier, SampleItem, Shipment, StockLocation
from campaigns.samples.shipping.actions import Heard, Leave
from campaigns.samples.shipping.couriers import couriers_in_use
from crm.base.money import MoneyField
from crm.base.zones import local_date

NEWS = (
    Shipment.Status.IN_TRANSIT, Shipment.Status.OUT_FOR_DELIVERY, Shipment.Status.FAILED_ATTEMPT,
    Shipment.Status.EXCEPTION, Shipment.Status.RETURNED_TO_SENDER, Shipment.Status.DELIVERED,
)  # fmt: skip


class CourierChoice(forms.ChoiceField):
    """One of the couriers, as a row."""

    def __init__(self, **more: Any) -> None:
        super().__init__(label=_("Courier"), **more)

    def offer(self, couriers: "list[Courier]") -> None:
        self._known = {str(courier.pk): courier for courier in couriers}
        self.choices = [("", "---"), *((pk, courier.name) for pk, courier in self._known.items())]

    def clean(self, value: Any) -> Courier | None:
        return self._known.get(str(super().clean(value)))


class PutForm(forms.Form):
    """What goes into this parcel, and where it leaves from. Fields are named after the lines."""

    location = forms.ModelChoiceField(
        label=_("Leaves from"), queryset=StockLocation.objects.none(), required=False, empty_label=_("Wherever it is")
    )

    def __init__(self, data: Any, *, left: dict[SampleItem, int], locations: Any) -> None:
        super().__init__(data)
        self._left = left
        self.fields["location"].queryset = locations  # type: ignore[attr-defined]
        for item, number in left.items():
            self.fields[f"line{item.pk}"] = forms.IntegerField(
                label=str(item), min_value=0, max_value=number, initial=number, required=False
            )
        self.helper = helper(*(f"line{item.pk}" for item in left), "location")

    @property
    def lines(self) -> dict[SampleItem, int]:
        return {item: self.cleaned_data.get(f"line{item.pk}") or 0 for item in self._left}


class ShipForm(forms.Form):
    """With whom it leaves, and under which number."""

    courier = CourierChoice()
    waybill = forms.CharField(
        label=_("Waybill number"), max_length=60, required=False, help_text=_("Same-day couriers give none.")
    )
    service = forms.CharField(label=_("Service"), max_length=40, required=False, help_text=_("REG, YES, same day."))
    cost = MoneyField(label=_("Shipping cost"), required=False)
    shipped_on = forms.DateField(label=_("Shipped on"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any, *, now: dt.datetime, zone: str) -> None:
        super().__init__(data, initial={"shipped_on": local_date(now, zone)})
        self._now, self._zone = now, zone
        self.fields["courier"].offer(list(couriers_in_use()))  # type: ignore[attr-defined]
        self.helper = helper("courier", "waybill", "service", "cost", "shipped_on")

    def clean_shipped_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["shipped_on"]
        if on > local_date(self._now, self._zone):
            raise forms.ValidationError(_("This day is still to come. Choose today or an earlier day."))
        return on

    @property
    def leave(self) -> Leave:
        said = self.cleaned_data
        noon = dt.datetime.combine(said["shipped_on"], dt.time(12), ZoneInfo(self._zone))
        return Leave(
            said["courier"], said["waybill"], said["service"], said["cost"] or None, min(noon, self._now)
        )  # fmt: skip


class NewsForm(forms.Form):
    """What was heard of a parcel: a status or the courier's words, and when."""

    status = forms.ChoiceField(
        label=_("What happened"), required=False, choices=[("", _("As the words say")), *((one.value, one.label) for one in NEWS)],
    )  # fmt: skip
    words = forms.CharField(label=_("The courier's words"), max_length=200, required=False)
    place = forms.CharField(label=_("Where"), max_length=120, required=False)
    at = forms.DateTimeField(
        label=_("When"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )

    def __init__(self, data: Any, *, now: dt.datetime, zone: str) -> None:
        here = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0)
        super().__init__(data, initial={"at": here})
        self._zone = ZoneInfo(zone)
        self.helper = helper("status", "at", "words", "place")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("status") and not said.get("words"):
            raise forms.ValidationError(_("Say what was heard: a status, or the courier's words."))
        return said

    @property
    def heard(self) -> Heard:
        said = self.cleaned_data
        at = said["at"].replace(tzinfo=None).replace(tzinfo=self._zone)
        return Heard(at, said["words"], said["status"], said["place"])


class WhyForm(forms.Form):
    """Why it is not sent."""

    why = forms.CharField(label=_("Why is it not sent?"), max_length=200)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.helper = helper("why")
