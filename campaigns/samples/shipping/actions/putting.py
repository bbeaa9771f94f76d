"""Putting parcels together: what goes into them, where they go, what is set aside for them."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models.told import Refused, ring_after_commit
from campaigns.samples.asking.addresses import places_of
from campaigns.samples.asking.ready import ready_to_send
from campaigns.samples.models import SampleItem, SampleRequest, Shipment, ShipmentItem, StockLocation
from campaigns.samples.shipping.snapshots import snapshot_of
from campaigns.samples.stock.actions import reserve
from crm.timeline.record import Actor

NOT_COUNTED = (Shipment.Status.CANCELLED, Shipment.Status.LOST, Shipment.Status.RETURNED_TO_SENDER)
"""What is in such a parcel never reached her: it may be sent again."""

ALL_SENT = _("Everything of it is in a parcel already.")
TOO_MANY = _("More than is still to be sent: {what}. Take less, or change the request.")
TAKES_NOTHING = _("Say what goes into this parcel: at least one piece.")
STRANGE = _("This parcel is in place of one of another request.")

Lines = Mapping[SampleItem, int]


def put_together(
    request: SampleRequest,
    *,
    at: dt.datetime,
    actor: Actor,
    lines: Lines | None = None,
    location: StockLocation | None = None,
    replaces: Shipment | None = None,
) -> Shipment:
    """A parcel with these pieces, or with everything that is still to be sent, its address and its stock.

    Raises Refused with what is missing (domain 4.5.1), and OutOfStock; nothing is written then.
    """
    with transaction.atomic():
        held = (
            SampleRequest.objects.select_for_update(of=("self",))
            .select_related("influencer", "brand")
            .get(pk=request.pk)
        )
        _check(held, replaces, at)
        contents, instead_of = _contents(held, lines, replaces), replaces or _to_replace(held)
        shipment = Shipment.objects.create(
            request=held,
            replaces=instead_of,
            location=location or (instead_of.location if instead_of else None),
            address_snapshot=_address(held, at),
        )
        for item, quantity in contents.items():
            ShipmentItem.objects.create(shipment=shipment, item=item, quantity=quantity)
        reserve(shipment, at=at, actor=actor)
        shipment.reserve(at=at, actor=actor)
    ring_after_commit()
    return shipment


def _check(request: SampleRequest, replaces: Shipment | None, at: dt.datetime) -> None:
    if replaces is not None and replaces.request_id != request.pk:
        raise Refused(request, STRANGE)
    if why := ready_to_send([request], at)[request.pk]:
        raise Refused(request, " ".join(map(str, why)))


def _address(request: SampleRequest, at: dt.datetime) -> dict[str, str]:
    address = places_of([request], at)[request.pk].address
    return snapshot_of(address) if address is not None else {}


def _contents(request: SampleRequest, lines: Lines | None, replaces: Shipment | None) -> dict[SampleItem, int]:
    wanted = {item: number for item, number in (lines or {}).items() if number > 0}
    if lines is not None and not wanted:
        raise Refused(request, TAKES_NOTHING)
    if replaces is not None:
        return wanted or _same_as(replaces)
    left = left_of([request])[request.pk]
    if not left:
        raise Refused(request, ALL_SENT)
    for item, number in wanted.items():
        if number > left.get(item, 0):
            raise Refused(request, str(TOO_MANY).format(what=item))
    return wanted or left


def _to_replace(request: SampleRequest) -> Shipment | None:
    """The first parcel that never reached her and that nothing was sent for yet: what is sent now stands in its place."""
    gone = (Shipment.Status.LOST, Shipment.Status.RETURNED_TO_SENDER)
    rows = request.shipments.filter(status__in=gone, replaced_by__isnull=True).select_related("location")
    return rows.order_by("pk").first()


def _same_as(replaced: Shipment) -> dict[SampleItem, int]:
    found: dict[SampleItem, int] = {}
    for line in replaced.items.select_related("item"):
        found[line.item] = found.get(line.item, 0) + line.quantity
    return found


def left_of(requests: Collection[SampleRequest]) -> dict[int, dict[SampleItem, int]]:
    """What of each request stands in no parcel yet. Two queries."""
    items: Iterable[SampleItem] = SampleItem.objects.filter(request__in=requests).select_related("product", "variant")
    counted = ShipmentItem.objects.filter(shipment__request__in=requests)
    counted = counted.exclude(shipment__status__in=NOT_COUNTED)
    packed = dict(counted.order_by().values_list("item").annotate(pieces=Sum("quantity")))
    found: dict[int, dict[SampleItem, int]] = {request.pk: {} for request in requests}
    for item in items:
        if (number := item.quantity - packed.get(item.pk, 0)) > 0:
            found[item.request_id][item] = number
    return found
