"""Keeping the shades, sizes and scents of a product, in the order in which they are offered."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from crm.brands.actions import VALUES, about, named_once
from crm.brands.models import Product, ProductVariant
from crm.timeline.edits import save_edit
from crm.timeline.record import Actor, record

if TYPE_CHECKING:
    from crm.team.models import User

FIELDS = ("name", "sku", "swatch", *VALUES)


def add_variant(variant: ProductVariant, *, by: "User", at: dt.datetime) -> ProductVariant:
    """Add a variant behind the others. Raises `NameTaken`."""
    with named_once(variant.name):
        Product.objects.select_for_update(of=("self",)).get(pk=variant.product_id)
        last = ProductVariant.objects.filter(product=variant.product_id).aggregate(last=Max("position"))["last"]
        variant.position = (last or 0) + 1
        variant.save(force_insert=True)
        record("brand.variant_added", _("Variant %(name)s was added"), **about(variant, Actor.user(by), at))
    return variant


def change_variant(variant: ProductVariant, *, seen: dt.datetime, by: "User", at: dt.datetime) -> bool:
    """Save what differs; False when nothing does. Raises `ChangedMeanwhile` and `NameTaken`, changing nothing."""
    with named_once(variant.name):
        return save_edit(
            variant, seen=seen, fields=FIELDS, verb="brand.variant_changed", sentence=_("Variant %(name)s was changed"),
            **about(variant, Actor.user(by), at),
        )  # fmt: skip


def move_up(variant: ProductVariant, *, by: "User", at: dt.datetime) -> bool:
    """Offer it one place earlier; False when it is the first already."""
    with named_once(variant.name):
        Product.objects.select_for_update(of=("self",)).get(pk=variant.product_id)
        row = list(ProductVariant.objects.offered().filter(product=variant.product_id).order_by("position", "name"))
        place = next((number for number, one in enumerate(row) if one.pk == variant.pk), 0)
        if not place:
            return False
        row[place - 1], row[place] = row[place], row[place - 1]
        for number, one in enumerate(row, 1):
            one.position = number
        ProductVariant.objects.bulk_update(row, ["position"])
        changes = {"position": (place + 1, place)}
        sentence = _("Variant %(name)s was moved up")
        record("brand.variant_moved", sentence, changes=changes, **about(variant, Actor.user(by), at))
    return True
