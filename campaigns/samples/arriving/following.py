"""The request follows its parcels, and the days that waited for it follow the request."""

import datetime as dt

from django.db.models import Max

from campaigns.planning.models import DeliverableHold
from campaigns.samples import dates
from campaigns.samples.arriving.counts import came, is_complete
from campaigns.samples.models import SampleRequest, Shipment
from campaigns.samples.paid import follow_pay
from crm.timeline.record import Actor, subject_of

WAITS = (SampleRequest.Status.TO_SEND, SampleRequest.Status.SENT)


def follow(shipment: Shipment, *, at: dt.datetime, actor: Actor, was_on: dt.date | None) -> None:
    """A parcel came, or its day was corrected (`was_on`): once everything is there, what waited for it is due."""
    request = shipment.request
    request.refresh_from_db(fields=["status"])
    if request.status in WAITS and is_complete(came([request.pk])[request.pk]):
        request.arrive(at=at, actor=actor)
        days = [parcel.arrived_on for parcel in parcels_there(request)]
        dates.lift(request, arrived_on=max(day for day in days if day is not None), at=at, actor=actor)
    elif request.status == SampleRequest.Status.ARRIVED and was_on is not None:
        _lift_anew(shipment, was_on, at, actor)


def enough(request: SampleRequest, *, on: dt.date, at: dt.datetime, actor: Actor) -> None:
    """What is there is enough to begin, or what is missing never comes: what waited is due, counted from this day."""
    request.arrive(at=at, actor=actor, is_enough=True)
    dates.lift(request, arrived_on=on, at=at, actor=actor)
    follow_pay(request, at=at, actor=actor)


def send_missing_again(request: SampleRequest, *, at: dt.datetime, actor: Actor) -> None:
    """Something is neither here nor on its way any more: the request waits for a parcel again, and its dates with it."""
    request.refresh_from_db(fields=["status"])
    if request.status in (SampleRequest.Status.SENT, SampleRequest.Status.ARRIVED) and any(
        line.missing for line in came([request.pk])[request.pk]
    ):
        request.send_again(at=at, actor=actor)
        dates.wait_again(request, at=at, actor=actor)


def parcels_there(request: SampleRequest) -> list[Shipment]:
    return list(Shipment.objects.with_request().filter(request=request, status__in=Shipment.THERE))


def _lift_anew(shipment: Shipment, was_on: dt.date, at: dt.datetime, actor: Actor) -> None:
    """The days follow the correction of a parcel that counted for them: those that came after enough was there did not."""
    request = shipment.request
    holds = DeliverableHold.objects.filter(source=subject_of(request))
    counted = holds.aggregate(on=Max("arrived_on"))["on"]
    if counted is None or was_on > counted:
        return
    others = [row.arrived_on for row in parcels_there(request) if row.pk != shipment.pk]
    days = [day for day in (shipment.arrived_on, *(day for day in others if day and day <= counted)) if day]
    if max(days) != counted:
        dates.lift(request, arrived_on=max(days), at=at, actor=actor)
