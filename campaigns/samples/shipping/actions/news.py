"""News of a parcel: kept as the courier said it, understood where we can, and followed when nothing newer is known."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.planning.models.told import Refused
from campaigns.samples.after.actions import ask_back
from campaigns.samples.arriving import actions as arriving
from campaigns.samples.models import ReturnRequest, Shipment, ShipmentEvent
from campaigns.samples.models.leaving import HEARD
from campaigns.samples.shipping.couriers import Words
from crm.base.zones import local_date
from crm.timeline.record import Actor, record

SOURCE = ShipmentEvent.Source
NEWS = _("Heard of the parcel %(parcel)s: %(words)s")
NOT_SHIPPED = _("This parcel has not left yet, so there is no news of it. Ship it first.")
TO_COME = _("This moment is still to come. Look at the day and the hour.")
SAYS_NOTHING = _("Say what was heard: a status, or the courier's words.")
UNKNOWN = _("Nobody has said yet what “%(words)s” means. It is kept; the parcel stays where it was.")
OLDER = _("It is older than what is known, so the parcel stays where it was.")
NOT_FROM_HERE = _("It is kept; from “%(now)s” the parcel goes nowhere by news.")


@dataclass(frozen=True)
class Heard:
    """One thing heard of a parcel: when, where, in the courier's words or in ours."""

    at: dt.datetime
    raw_status: str = ""
    status: str = ""
    place: str = ""
    source: str = SOURCE.MANUAL


@dataclass(frozen=True)
class Noted:
    """What became of it: kept or known already, whether the parcel moved, and what somebody should know."""

    event: ShipmentEvent
    is_new: bool = True
    moved: bool = False
    warning: Any = ""


def note_event(
    shipment: Shipment, heard: Heard, *, at: dt.datetime, actor: Actor, words: Words | None = None
) -> Noted:  # fmt: skip
    """Keep what was heard, once however often it is said, and move the parcel when it is the newest.

    Raises Refused, nothing changed, for a parcel that has not left and for moments to come.
    """
    _check(shipment, heard, at)
    with arriving.held(shipment) as mine:
        if mine.status in (*Shipment.HERE, Shipment.Status.CANCELLED):
            raise Refused(mine, NOT_SHIPPED)
        status = heard.status or (words or Words()).meaning(heard.raw_status, mine.courier_id)
        if known := _known(mine, heard, status):
            return Noted(known, is_new=False)
        event = ShipmentEvent.objects.create(
            shipment=mine, at=heard.at, raw_status=heard.raw_status, status=status, place=heard.place,
            source=heard.source, by=actor.label, noted_at=at,
        )  # fmt: skip
        arriving.heard(mine, at)
        return _follow(mine, event, at, actor)


def _check(shipment: Shipment, heard: Heard, at: dt.datetime) -> None:
    if heard.at > at:
        raise Refused(shipment, TO_COME)
    if not (heard.status or heard.raw_status):
        raise Refused(shipment, SAYS_NOTHING)


def _known(mine: Shipment, heard: Heard, status: str) -> ShipmentEvent | None:
    same = ShipmentEvent.objects.filter(shipment=mine, at=heard.at, raw_status=heard.raw_status)
    return (same if heard.raw_status else same.filter(status=status)).first()


def _follow(mine: Shipment, event: ShipmentEvent, at: dt.datetime, actor: Actor) -> Noted:
    warning = _why_not(mine, event)
    if warning or event.status in (mine.status, Shipment.Status.SHIPPED):
        _keep(mine, event, at, actor)
        return Noted(event, warning=warning)
    _move(mine, event, at, actor)
    return Noted(event, moved=True)


def _why_not(mine: Shipment, event: ShipmentEvent) -> Any:
    """Why the parcel stays where it was."""
    if not event.status:
        return UNKNOWN % {"words": event.raw_status}
    if event.status in (mine.status, Shipment.Status.SHIPPED):
        return ""
    is_last = event.status == Shipment.Status.DELIVERED
    if not is_last and mine.heard_at is not None and event.at < mine.heard_at:
        return OLDER
    may = event.status in HEARD or event.status in (Shipment.Status.DELIVERED, Shipment.Status.RETURNED_TO_SENDER)
    return "" if may and mine.may(event.status) else NOT_FROM_HERE % {"now": mine.get_status_display()}


def _keep(mine: Shipment, event: ShipmentEvent, at: dt.datetime, actor: Actor) -> None:
    """It moves nothing; still it is news, and told."""
    if mine.is_away and (mine.heard_at is None or event.at > mine.heard_at):
        Shipment.objects.filter(pk=mine.pk).update(heard_at=event.at, updated_at=at)
    words = event.raw_status or (Shipment.Status(event.status).label if event.status else "")
    record(
        "parcel.news", NEWS, at=at, actor=actor, subject=mine, params={"parcel": mine, "words": words},
        influencer=mine.request.influencer_id, brand=mine.request.brand_id,
    )  # fmt: skip


def _move(mine: Shipment, event: ShipmentEvent, at: dt.datetime, actor: Actor) -> None:
    if event.status == Shipment.Status.DELIVERED:
        arriving.delivered(mine, on_at=event.at, at=at, actor=actor)
    elif event.status == Shipment.Status.RETURNED_TO_SENDER:
        arriving.returned(mine, at=at, actor=actor)
        due_on = local_date(at, mine.zone) + dt.timedelta(days=mine.transit_days or 0)
        ask_back(mine, ReturnRequest.Reason.REFUSED, due_on, at=at, actor=actor)
    else:
        mine.hear(event.status, event_at=event.at, at=at, actor=actor)
