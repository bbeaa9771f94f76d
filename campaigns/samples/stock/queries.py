"""Questions to stock: what is free, and what of a request is not there."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import F, Q, Sum

from campaigns.samples.models import SampleItem, SampleRequest, Shipment, ShipmentItem, StockBatch, terms_on
from campaigns.samples.stock.picking import Thing, keeps, keeps_until
from campaigns.samples.stock.words import too_few
from crm.base.zones import local_date


@dataclass(frozen=True)
class Availability:
    """What is on the shelves and promised to nobody, of some products."""

    batches: Mapping[Thing, Sequence[StockBatch]] = field(default_factory=dict)

    def free(self, product: int, variant: int | None, until: dt.date | None = None) -> int:
        """Pieces at the place that has most of them; with a day, only what keeps until then."""
        by_place: dict[int, int] = defaultdict(int)
        for batch in self.batches.get((product, variant), ()):
            if until is None or keeps(batch, until):
                by_place[batch.location_id] += batch.available
        return max(by_place.values(), default=0)


def availability(
    *, brand_ids: Collection[int] | None = None, product_ids: Collection[int] | None = None
) -> Availability:
    """What is free of these products, or of everything these brands have. One query."""
    wanted = Q()
    if brand_ids is not None:
        wanted &= Q(product__brand__in=brand_ids)
    if product_ids is not None:
        wanted &= Q(product__in=product_ids)
    batches: dict[Thing, list[StockBatch]] = defaultdict(list)
    for batch in StockBatch.objects.filter(wanted, location__archived_at__isnull=True, on_hand__gt=F("reserved")):
        batches[batch.product_id, batch.variant_id].append(batch)
    return Availability(batches)


def missing_of(requests: Iterable[SampleRequest], now: dt.datetime) -> dict[int, list[str]]:
    """What keeps each request waiting for stock, in words; nothing for brands that do not count. Three queries at most.

    The requests come with their brand and their items (product, variant). What stands in a parcel already is not
    wanted again.
    """
    counted = [one for one in requests if one.brand.counts_stock and one.way == SampleRequest.Way.PARCEL]
    if not counted:
        return {}
    stock = availability(product_ids={item.product_id for one in counted for item in one.items.all()})
    terms, packed = terms_on(local_date(now, counted[0].brand.zone)), _packed(counted)
    found = {}
    for request in counted:
        until = keeps_until(request, now, terms)
        if words := [word for item in request.items.all() if (word := _missing(item, packed, stock, until))]:
            found[request.pk] = words
    return found


def _packed(requests: Sequence[SampleRequest]) -> dict[int, int]:
    """Pieces of each line that stand in a parcel which was not cancelled."""
    rows = ShipmentItem.objects.filter(shipment__request__in=requests).exclude(
        shipment__status=Shipment.Status.CANCELLED
    )
    return dict(rows.order_by().values_list("item").annotate(pieces=Sum("quantity")))


def _missing(item: SampleItem, packed: Mapping[int, int], stock: Availability, until: dt.date) -> str:
    if item.waits_for_choice:
        return ""
    wanted = item.quantity - packed.get(item.pk, 0)
    there = stock.free(item.product_id, item.variant_id, until)
    return too_few(item, wanted, there) if wanted > there else ""
