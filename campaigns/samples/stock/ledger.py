"""The one way a batch changes: a movement, and its sums in the same transaction, by one conditional UPDATE."""

import datetime as dt

from django.db import models, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from campaigns.planning.models import Refused
from campaigns.samples.models import StockBatch, StockMovement
from crm.timeline.record import Actor, subject_of

Kind = StockMovement.Kind
OPENS, CLOSES = (Kind.RESERVE,), (Kind.RELEASE, Kind.SHIP)


class OutOfStock(Refused):
    """There is less than was asked for; nothing was written. `str(error)` says of what, and how much there is."""


def enter(
    batch: StockBatch, kind: str, quantity: int, *, ref: str = "", note: str = "", at: dt.datetime, actor: Actor
) -> StockMovement:
    """Write one movement and bring the sums of its batch along, or raise `OutOfStock` and change nothing.

    The UPDATE asks and sets at once, so two who take the last piece at the same moment cannot both get it.
    """
    of_hand, of_reserved = (sign * quantity for sign in StockMovement.SIGNS[kind])
    with transaction.atomic():
        standing = StockBatch.objects.filter(
            pk=batch.pk,
            on_hand__gte=-of_hand,
            reserved__gte=-of_reserved,
            reserved__lte=F("on_hand") + (of_hand - of_reserved),
        )
        moved = {"on_hand": F("on_hand") + of_hand, "reserved": F("reserved") + of_reserved}
        if not standing.update(**moved, updated_at=at):
            raise OutOfStock(batch, _too_little(batch))
        return StockMovement.objects.create(
            batch=batch, kind=kind, quantity=quantity, ref=ref, note=note[:200], at=at, by=actor.label[:160]
        )


def _too_little(batch: StockBatch) -> str:
    batch.refresh_from_db(fields=["on_hand", "reserved"])
    return _(
        "Of %(what)s there are %(hand)s, and %(reserved)s of them are reserved for parcels. Nothing was changed."
    ) % {"what": batch, "hand": batch.on_hand, "reserved": batch.reserved}


def open_for(thing: models.Model) -> dict[int, int]:
    """What is still reserved for a parcel, by batch: as its movements tell it, whatever the parcel says by now."""
    rows = StockMovement.objects.filter(ref=subject_of(thing), kind__in=(*OPENS, *CLOSES))
    sums = rows.order_by().values_list("batch", "kind").annotate(pieces=Sum("quantity"))
    left: dict[int, int] = {}
    for batch, kind, pieces in sums:
        left[batch] = left.get(batch, 0) + (pieces if kind in OPENS else -pieces)
    return {batch: pieces for batch, pieces in left.items() if pieces}
