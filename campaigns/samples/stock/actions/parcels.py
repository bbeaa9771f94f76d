"""What parcels do to stock: reserve, set free, take out. Called in the transaction that moves the parcel."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from campaigns.samples.models import Shipment, ShipmentItem, StockBatch, StockMovement
from campaigns.samples.stock.ledger import OutOfStock, enter, open_for
from campaigns.samples.stock.picking import Pick, Thing, keeps_until, pick
from campaigns.samples.stock.words import too_few
from crm.timeline.record import Actor, subject_of

Kind = StockMovement.Kind
Plan = list[tuple[ShipmentItem, list[Pick]]]


def reserve(shipment: Shipment, *, at: dt.datetime, actor: Actor) -> bool:
    """Promise the parcel what is in it, out of the batches that end first; False where there was nothing to count.

    A line that needs several batches becomes several. Without a place of its own the parcel leaves from the first one
    that has everything. Raises `OutOfStock` and changes nothing when no place has.
    """
    if not shipment.request.brand.counts_stock:
        return False
    with transaction.atomic():
        Shipment.objects.select_for_update(of=("self",)).get(pk=shipment.pk)
        lines = list(
            shipment.items.filter(batch__isnull=True).select_related("item__product", "item__variant__product")
        )
        if not lines:
            return False
        until = keeps_until(shipment.request, at)
        place, plan = _planned(shipment, lines, until)
        for line, picks in plan:
            _take(line, picks, ref=subject_of(shipment), at=at, actor=actor)
        if shipment.location_id != place:
            Shipment.objects.filter(pk=shipment.pk).update(location=place)
            shipment.location_id = place
    return True


def _planned(shipment: Shipment, lines: Sequence[ShipmentItem], until: dt.date) -> tuple[int, Plan]:
    """The first place that has everything, and what to take there. The batches are locked in one order for everybody."""
    by_place = _locked(shipment, lines)
    for place in sorted(by_place):
        plan = _plan(lines, by_place[place], until)
        if all(line.quantity == sum(one.pieces for one in picks) for line, picks in plan):
            return place, plan
    raise OutOfStock(shipment, _why_not(lines, by_place, until))


def _locked(shipment: Shipment, lines: Sequence[ShipmentItem]) -> dict[int, list[StockBatch]]:
    things = Q()
    for line in lines:
        things |= Q(product=line.item.product_id, variant=line.item.variant_id)
    here = Q(location=shipment.location_id) if shipment.location_id else Q(location__archived_at__isnull=True)
    found = StockBatch.objects.select_for_update(of=("self",)).filter(things, here).order_by("pk")
    by_place: dict[int, list[StockBatch]] = defaultdict(list)
    for batch in found:
        by_place[batch.location_id].append(batch)
    return by_place


def _plan(lines: Sequence[ShipmentItem], batches: Sequence[StockBatch], until: dt.date) -> Plan:
    taken: Counter[int] = Counter()
    plan: Plan = []
    for line in lines:
        own = [batch for batch in batches if (batch.product_id, batch.variant_id) == _thing(line)]
        picks = pick(own, line.quantity, until, taken)
        taken.update({one.batch.pk: one.pieces for one in picks})
        plan.append((line, picks))
    return plan


def _thing(line: ShipmentItem) -> Thing:
    return line.item.product_id, line.item.variant_id


def _why_not(lines: Sequence[ShipmentItem], by_place: Mapping[int, Sequence[StockBatch]], until: dt.date) -> str:
    """Of what there is too little, at the place that has most of it."""
    best: dict[Thing, int] = {}
    for batches in by_place.values():
        for line, picks in _plan(lines, batches, until):
            best[_thing(line)] = max(best.get(_thing(line), 0), sum(one.pieces for one in picks))
    for line in lines:
        if best.get(_thing(line), 0) < line.quantity:
            return too_few(line.item, line.quantity, best.get(_thing(line), 0))
    return _("No place has all of it. Send it in two parcels, each from one place.")


def _take(line: ShipmentItem, picks: Sequence[Pick], *, ref: str, at: dt.datetime, actor: Actor) -> None:
    """Reserve the pieces of one line; what comes out of further batches becomes lines of its own."""
    for number, one in enumerate(picks):
        enter(one.batch, Kind.RESERVE, one.pieces, ref=ref, at=at, actor=actor)
        if number:
            ShipmentItem.objects.create(
                shipment_id=line.shipment_id, item_id=line.item_id, batch=one.batch, quantity=one.pieces
            )
        else:
            ShipmentItem.objects.filter(pk=line.pk).update(batch=one.batch, quantity=one.pieces)


def release(shipment: Shipment, *, at: dt.datetime, actor: Actor, note: str = "") -> bool:
    """Set free what is still reserved for a parcel that does not leave; False when nothing is (domain 4.5.12)."""
    return _close(shipment, Kind.RELEASE, note, at, actor)


def ship_out(shipment: Shipment, *, at: dt.datetime, actor: Actor, note: str = "") -> bool:
    """Take what is reserved for a parcel out of stock, now that it leaves; False when nothing is."""
    return _close(shipment, Kind.SHIP, note, at, actor)


def _close(shipment: Shipment, kind: str, note: str, at: dt.datetime, actor: Actor) -> bool:
    """Whether the brand counts by now does not matter: what was reserved is set free or leaves, and twice does nothing."""
    with transaction.atomic():
        Shipment.objects.select_for_update(of=("self",)).get(pk=shipment.pk)
        still = open_for(shipment)
        batches = StockBatch.objects.select_for_update(of=("self",)).filter(pk__in=still).order_by("pk")
        for batch in batches:
            enter(batch, kind, still[batch.pk], ref=subject_of(shipment), note=note, at=at, actor=actor)
        if still and kind == Kind.RELEASE:
            shipment.items.update(batch=None)
    return bool(still)
