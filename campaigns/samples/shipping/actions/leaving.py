"""What happens to a parcel until the courier has it: packed, shipped, or called off."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from campaigns.planning.models.told import Refused, ring_after_commit
from campaigns.samples.after.actions import ask_back
from campaigns.samples.models import Courier, ReturnRequest, SampleRequest, Shipment
from campaigns.samples.shipping.couriers import tidy_waybill
from campaigns.samples.stock.actions import release, ship_out
from crm.base.zones import local_date
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

NO_NUMBER = _("{courier} gives every parcel a number. Type it: it is on the label or the receipt.")
TAKEN = _("The number {waybill} belongs to the parcel of {who} already. Look at both labels.")
TO_COME = _("It has not left yet: this moment is still to come.")
SAY_WHY = _("Say in a few words why it is not sent.")


@dataclass(frozen=True)
class Leave:
    """With whom a parcel leaves, under which number, when, and what that costs."""

    courier: Courier
    waybill: str = ""
    service: str = ""
    cost: Money | None = None
    shipped_at: dt.datetime | None = None


def held(shipment: Shipment) -> Shipment:
    """The parcel as it stands, with its request: both rows are locked, the request first."""
    SampleRequest.objects.select_for_update(of=("self",)).get(pk=shipment.request_id)
    rows = Shipment.objects.select_for_update(of=("self",)).with_request()
    return rows.get(pk=shipment.pk)


def pack(shipment: Shipment, *, at: dt.datetime, actor: Actor) -> Shipment:
    """It is closed and waits for the courier."""
    with transaction.atomic():
        stored = held(shipment)
        stored.pack(at=at, actor=actor)
    ring_after_commit()
    return stored


def ship(shipment: Shipment, leave: Leave, *, at: dt.datetime, actor: Actor) -> Shipment:
    """The courier has it: its stock is gone and its request is on its way. Raises Refused, nothing changed."""
    waybill, shipped_at = tidy_waybill(leave.waybill), leave.shipped_at or at
    with transaction.atomic():
        stored = held(shipment)
        _check(stored, leave.courier, waybill, shipped_at, at)
        try:
            with transaction.atomic():
                stored.leave(
                    leave.courier, waybill=waybill, service=leave.service, cost=leave.cost, shipped_at=shipped_at, at=at,
                    actor=actor,
                )  # fmt: skip
        except IntegrityError as twice:
            raise Refused(stored, _taken(leave.courier, waybill) or str(twice)) from twice
        ship_out(stored, at=at, actor=actor)
        if stored.request.status == SampleRequest.Status.TO_SEND:
            stored.request.go_off(at=at, actor=actor)
    ring_after_commit()
    return stored


def _check(shipment: Shipment, courier: Courier, waybill: str, shipped_at: dt.datetime, at: dt.datetime) -> None:
    if not shipment.may(Shipment.Status.SHIPPED):
        raise TransitionRefused(shipment, Shipment.Status.SHIPPED, shipment.status)
    if courier.gives_waybill and not waybill:
        raise Refused(shipment, str(NO_NUMBER).format(courier=courier.name))
    if shipped_at > at:
        raise Refused(shipment, TO_COME)
    if waybill and (taken := _taken(courier, waybill)):
        raise Refused(shipment, taken)


def _taken(courier: Courier, waybill: str) -> Any:
    other = Shipment.objects.filter(courier=courier, waybill=waybill).select_related("request__influencer").first()
    return str(TAKEN).format(waybill=waybill, who=other.request.influencer.stage_name) if other is not None else ""


def cancel(shipment: Shipment, why: str, *, at: dt.datetime, actor: Actor) -> ReturnRequest | None:
    """It is not to be sent: what is still here is set free, what has left is asked back (domain 4.5.12)."""
    if not why.strip():
        raise Refused(shipment, SAY_WHY)
    with transaction.atomic():
        stored = held(shipment)
        back = None
        if stored.status in Shipment.HERE:
            stored.call_off(why.strip(), at=at, actor=actor)
            release(stored, at=at, actor=actor, note=why.strip()[:200])
        else:
            due_on = back_by(stored, at)
            back = ask_back(stored, ReturnRequest.Reason.CANCELLED, due_on, at=at, actor=actor, note=why.strip()[:300])
    ring_after_commit()
    return back


def back_by(shipment: Shipment, at: dt.datetime) -> dt.date:
    """By when it could be back: there and home again in its courier's usual days, and a day to post it."""
    days = 2 * (shipment.transit_days or 0) + 1
    return local_date(at, shipment.zone) + dt.timedelta(days=days)


def cancel_parcels(request: SampleRequest, why: str, *, at: dt.datetime, actor: Actor) -> list[ReturnRequest]:
    """Every parcel of a request that is cancelled; what has to come back."""
    gone = (Shipment.Status.CANCELLED, Shipment.Status.LOST)
    parcels = request.shipments.exclude(status__in=gone).order_by("pk")
    asked = [cancel(parcel, why, at=at, actor=actor) for parcel in parcels]
    return [back for back in asked if back is not None]
