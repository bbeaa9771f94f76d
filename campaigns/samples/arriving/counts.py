"""How much of what somebody is to get has arrived, counted in one query for any number of requests."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, IntegerField, Sum, Value, When
from django.db.models.functions import Coalesce

from campaigns.samples.models import SampleItem, Shipment, ShipmentItem
from campaigns.samples.models.shipments import ShipmentItemQuerySet

COUNTED = (*Shipment.THERE, Shipment.Status.DAMAGED)
WHOLE = Case(
    When(shipment__status=Shipment.Status.DAMAGED, then=Value(0)), default=F("quantity"), output_field=IntegerField()
)
"""Of what nobody has looked at: everything in a parcel that is there, nothing in one that broke."""


@dataclass(frozen=True)
class Came:
    """One line of a request: how many were to come, how many came whole, how many are in parcels that still may come."""

    item: SampleItem
    arrived: int = 0
    coming: int = 0

    @property
    def missing(self) -> int:
        """What neither came nor is in any parcel that may still come."""
        return max(self.item.quantity - self.arrived - self.coming, 0)

    @property
    def is_whole(self) -> bool:
        return self.arrived >= self.item.quantity


def came(requests: Collection[int]) -> Mapping[int, list[Came]]:
    """Request id -> its lines. Delivered quantities only count (domain 4.5.8)."""
    found: dict[int, list[Came]] = defaultdict(list)
    arrived = _sums(
        ShipmentItem.objects.filter(shipment__status__in=COUNTED),
        requests,
        Coalesce("arrived", WHOLE, output_field=IntegerField()),
    )
    coming = _sums(
        ShipmentItem.objects.filter(shipment__status__in=[*Shipment.HERE, *Shipment.AWAY]), requests, F("quantity")
    )
    items = SampleItem.objects.filter(request__in=requests).select_related("product", "variant").order_by("pk")
    for item in items if requests else ():
        found[item.request_id].append(Came(item, arrived.get(item.pk, 0), coming.get(item.pk, 0)))
    return found


def _sums(rows: ShipmentItemQuerySet, requests: Collection[int], what: Any) -> dict[int, int]:
    if not requests:
        return {}
    found = rows.filter(shipment__request__in=requests).order_by().values_list("item")
    return dict(found.annotate(pieces=Sum(what)))


def is_complete(lines: Iterable[Came]) -> bool:
    """Everything that was to come is there."""
    rows = list(lines)
    return bool(rows) and all(line.is_whole for line in rows)
