"""Another parcel in place of one that was lost, broke, came back or came half (domain 4.5.7, 4.5.8); or letting it be."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from campaigns.planning.models.told import Refused
from campaigns.samples.arriving.actions import held
from campaigns.samples.arriving.counts import came
from campaigns.samples.arriving.following import enough, send_missing_again
from campaigns.samples.arriving.tasks import MISSING, settle
from campaigns.samples.models import SampleItem, SampleRequest, Shipment
from campaigns.samples.shipping.actions import put_together
from crm.timeline.record import Actor

GONE = (Shipment.Status.LOST, Shipment.Status.DAMAGED, Shipment.Status.RETURNED_TO_SENDER)
HAS_ANOTHER = _("Nothing is to be sent in place of this parcel, or another one went in its place already.")
NOTHING_MISSING = _("Nothing is missing: everything is there or on its way.")
NOTHING_THERE = _("Nothing has arrived yet. Note first what has.")


def may_be_replaced(shipment: Shipment) -> bool:
    """Lost, broken, on its way back or come half; and nothing went in its place."""
    if hasattr(shipment, "replaced_by"):
        return False
    return shipment.status in GONE or (shipment.is_there and is_short(shipment))


def is_short(shipment: Shipment) -> bool:
    """Somebody has looked, and not everything came whole."""
    return any(line.arrived is not None and line.arrived < line.quantity for line in shipment.items.all())


def replace(shipment: Shipment, *, at: dt.datetime, actor: Actor) -> Shipment:
    """A linked parcel with what did not arrive whole, to her address as it is now. Raises Refused, nothing changed."""
    with held(shipment) as mine:
        if not may_be_replaced(mine):
            raise Refused(mine, HAS_ANOTHER)
        send_missing_again(mine.request, at=at, actor=actor)
        made = put_together(mine.request, lines=_missing(mine), replaces=mine, at=at, actor=actor)
        settle(MISSING, mine, at)
        return made


def let_be(request: SampleRequest, *, at: dt.datetime, actor: Actor) -> None:
    """What is there is enough to begin: what waited is due from the day of the last parcel that came. Raises Refused."""
    with held(_last(request)) as mine:
        if mine.arrived_on is None:
            raise Refused(request, NOTHING_THERE)
        enough(mine.request, on=mine.arrived_on, at=at, actor=actor)
        for parcel in mine.request.shipments.all():
            settle(MISSING, parcel, at)


def _last(request: SampleRequest) -> Shipment:
    found = Shipment.objects.with_request().filter(request=request, delivered_at__isnull=False)
    last = found.order_by("delivered_at", "pk").last()
    if last is None:
        raise Refused(request, NOTHING_THERE)
    return last


def _missing(shipment: Shipment) -> dict[SampleItem, int]:
    """What is neither there nor in a parcel that may still come."""
    lines = came([shipment.request_id])[shipment.request_id]
    missing = {line.item: line.missing for line in lines if line.missing}
    if not missing:
        raise Refused(shipment, NOTHING_MISSING)
    return missing
