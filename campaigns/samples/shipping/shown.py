"""What the page of a sample request shows of its parcels."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from campaigns.samples.arriving.replacing import GONE
from campaigns.samples.asking.ready import ready_to_send
from campaigns.samples.models import ReturnRequest, SampleRequest, Shipment, ShipmentEvent
from campaigns.samples.shipping.actions import left_of
from campaigns.samples.shipping.couriers import tracking_page
from campaigns.samples.shipping.queries import contents_of
from campaigns.samples.shipping.snapshots import lines_of
from crm.team.models import User


@dataclass(frozen=True)
class ParcelShown:
    """One parcel with what is in it, where it goes, what was heard, and what may be done now."""

    parcel: Shipment
    what: str
    address: list[str]
    tracking: str
    news: list[ShipmentEvent]
    comes_back: bool = False

    @property
    def may_pack(self) -> bool:
        return self.parcel.may(Shipment.Status.PACKED)

    @property
    def may_ship(self) -> bool:
        return self.parcel.may(Shipment.Status.SHIPPED)

    @property
    def is_heard_of(self) -> bool:
        return self.parcel.status not in (*Shipment.HERE, Shipment.Status.CANCELLED)

    @property
    def may_be_asked_back(self) -> bool:
        return not self.comes_back and self.parcel.status in (*Shipment.AWAY, *Shipment.THERE)


def for_request(request: SampleRequest, user: User, now: dt.datetime) -> dict[str, Any]:
    """Its parcels, newest first, and whether another can be put together; nothing where no parcel is meant.

    In place of one that is lost or broken another goes from there, so that the two are linked.
    """
    parcels = list(request.shipments.select_related("courier", "location", "replaced_by").order_by("-pk"))
    is_sent = request.way == SampleRequest.Way.PARCEL and request.is_standing
    left = left_of([request])[request.pk] if is_sent else {}
    is_gone = any(one.status in GONE and not hasattr(one, "replaced_by") for one in parcels)
    may_put = bool(left) and request.status != SampleRequest.Status.TO_APPROVE and not is_gone
    is_ready = may_put and not parcels and not ready_to_send([request], now)[request.pk]
    if not parcels and not may_put:
        return {}
    contents, news = contents_of([one.pk for one in parcels]), news_of(parcels)
    asked_back = ReturnRequest.objects.not_given_up().filter(shipment__in=parcels)
    comes_back = set(asked_back.values_list("shipment", flat=True))
    shown = [
        ParcelShown(
            one,
            contents[one.pk],
            lines_of(one.address_snapshot),
            tracking_page(one.courier, one.waybill),
            news.get(one.pk, []),
            one.pk in comes_back,
        )
        for one in parcels
    ]
    return {"parcels": shown, "may_put": may_put, "is_ready": is_ready}


def news_of(parcels: list[Shipment]) -> dict[int, list[ShipmentEvent]]:
    """What was heard of each, newest first."""
    found: dict[int, list[ShipmentEvent]] = {}
    for event in ShipmentEvent.objects.filter(shipment__in=parcels).order_by("-at", "-pk"):
        found.setdefault(event.shipment_id, []).append(event)
    return found
