"""What people do to stock: receive, count anew, write off, put back. Each is told with who did it and why."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Refused
from campaigns.samples.models import StockBatch, StockLocation, StockMovement
from campaigns.samples.stock.ledger import OutOfStock, enter
from crm.base.formats import day_words
from crm.brands.models import Product, ProductVariant
from crm.timeline.record import Actor, record

Kind = StockMovement.Kind


def receive(
    location: StockLocation,
    product: Product,
    variant: ProductVariant | None,
    quantity: int,
    *,
    batch_no: str = "",
    expires_on: dt.date | None = None,
    note: str = "",
    at: dt.datetime,
    actor: Actor,
) -> StockBatch:
    """Put goods on the shelf: into the batch of that number, or a new one. Raises `Refused` when its day differs."""
    with transaction.atomic():
        batch, is_new = StockBatch.objects.select_related("product", "variant__product").get_or_create(
            location=location, product=product, variant=variant, batch_no=batch_no, defaults={"expires_on": expires_on}
        )
        if not is_new and expires_on != batch.expires_on and (expires_on or not batch_no):
            raise Refused(batch, _other_day(batch))
        enter(batch, Kind.RECEIPT, quantity, note=note, at=at, actor=actor)
        _tell("stock.received", _("%(n)s of %(what)s came in"), batch, quantity, at, actor, note)
    return batch


def _other_day(batch: StockBatch) -> str:
    if batch.expires_on is None:
        return _now(
            "This batch is on the shelf without a best-before day. Give the new goods a batch number of their own."
        )
    return _now(
        "This batch is on the shelf with another best-before day, %(day)s. Type that day, or another batch number."
    ) % {"day": day_words(batch.expires_on)}


def count_anew(batch: StockBatch, counted: int, why: str, *, at: dt.datetime, actor: Actor) -> bool:
    """So many are really there; False when that was known. Raises `OutOfStock` below what parcels were promised."""
    with transaction.atomic():
        held = StockBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if counted == held.on_hand:
            return False
        if counted < held.reserved:
            raise OutOfStock(batch, _promised(held))
        enter(held, Kind.ADJUST, counted - held.on_hand, note=why, at=at, actor=actor)
        changes = {"on_hand": (held.on_hand, counted)}
        _tell("stock.counted", _("%(what)s was counted anew: %(n)s"), batch, counted, at, actor, why, changes)
    return True


def _promised(batch: StockBatch) -> str:
    return _now("%(n)s of them are reserved for parcels. Cancel a parcel that has not left first, or count again.") % {
        "n": batch.reserved
    }


def write_off(
    batch: StockBatch | None, quantity: int, ref: str = "", note: str = "", *, at: dt.datetime, actor: Actor
) -> bool:
    """Take broken, expired or lost pieces off the shelf. Raises `OutOfStock` when so many are not free."""
    if batch is None or not batch.product.brand.counts_stock:
        return False
    with transaction.atomic():
        enter(batch, Kind.WRITE_OFF, quantity, ref=ref, note=note, at=at, actor=actor)
        _tell("stock.written_off", _("%(n)s of %(what)s were written off"), batch, quantity, at, actor, note)
    return True


def put_back(
    batch: StockBatch | None, quantity: int, ref: str = "", note: str = "", *, at: dt.datetime, actor: Actor
) -> bool:
    """Put what came back and was looked at on the shelf again (domain 4.5.11)."""
    if batch is None or not batch.product.brand.counts_stock:
        return False
    with transaction.atomic():
        enter(batch, Kind.RETURN, quantity, ref=ref, note=note, at=at, actor=actor)
        _tell("stock.came_back", _("%(n)s of %(what)s are on the shelf again"), batch, quantity, at, actor, note)
    return True


def _tell(
    verb: str,
    sentence: Any,
    batch: StockBatch,
    quantity: int,
    at: dt.datetime,
    actor: Actor,
    note: str,
    changes: dict[str, tuple[Any, Any]] | None = None,
) -> None:
    record(
        verb, sentence, at=at, actor=actor, subject=batch, brand=batch.product.brand_id, quote=note, changes=changes,
        params={"what": batch, "n": quantity},
    )  # fmt: skip
