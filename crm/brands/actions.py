"""Keeping brands and what they sell. Every change is told with old and new values."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.brands.models import Brand, BrandAccess, BrandOwner, Category, Persona, Product, ProductVariant
from crm.brands.profile import PROFILE
from crm.timeline.edits import lock_unchanged, save_edit
from crm.timeline.record import Actor, record

if TYPE_CHECKING:
    from crm.team.models import User

BRAND_FIELDS = (
    "owner", "name", "category", "language", "zone", "form_of_address", "colour", "about", *PROFILE,
    "counts_stock", "approves_samples", "keeps_four_values",
)  # fmt: skip
VALUES = ("value", "value_currency", "cost", "cost_currency", "bought_for", "bought_for_currency", "weight_g")
PRODUCT_FIELDS = ("name", "category", *VALUES, "url", "may_be_lent", "notification_no", "halal_no")

Thing = Brand | Product | ProductVariant


class NameTaken(Exception):
    """Somebody gave the name to another row a moment ago; nothing was written. `str(error)` says so."""

    def __init__(self, name: str) -> None:
        super().__init__(_now("“%(name)s” was added a moment ago. Choose another name.") % {"name": name})


@contextmanager
def named_once(name: str) -> Iterator[None]:
    """All or nothing; a name that somebody else took in between is told as such."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        raise NameTaken(name) from clash


def add_brand(
    brand: Brand,
    *,
    house: str,
    rivals: Collection[Brand],
    personas: Collection[Persona] = (),
    also_sells: Collection[Category] = (),
    by: "User",
    at: dt.datetime,
) -> Brand:
    """Add a brand; `house` names a house that is not in the list. Raises `NameTaken`.

    Who adds a brand while brand walls stand works for it too: nobody loses sight of what she made.
    """
    with named_once(brand.name):
        brand.owner = house_called(house) if house else brand.owner
        brand.save(force_insert=True)
        brand.personas.set(personas)
        brand.also_sells.set(also_sells)
        if not by.sees_every_brand:
            BrandAccess.objects.create(user=by, brand=brand)
            by.forget_brands()
        changes = {"owner": ("", brand.owner)}
        record("brand.added", _("Brand %(name)s was added"), changes=changes, **about(brand, Actor.user(by), at))
        set_rivals(brand, rivals, by=by, at=at)
    return brand


def change_brand(
    brand: Brand,
    *,
    house: str,
    rivals: Collection[Brand],
    personas: Collection[Persona],
    also_sells: Collection[Category],
    seen: dt.datetime,
    by: "User",
    at: dt.datetime,
) -> bool:
    """Save what differs; False when nothing does. Raises `ChangedMeanwhile` and `NameTaken`, changing nothing."""
    with named_once(brand.name):
        _lock([brand, *rivals, *brand.rivals.all()])
        lock_unchanged(brand, seen)
        brand.owner = house_called(house) if house else brand.owner
        told: dict[str, Any] = {"verb": "brand.changed", "sentence": _("Brand %(name)s was changed")}
        told["sets"] = {"personas": personas, "also_sells": also_sells}
        own = save_edit(brand, seen=seen, fields=BRAND_FIELDS, **told, **about(brand, Actor.user(by), at))
        mutual = set_rivals(brand, rivals, by=by, at=at)
    return own or mutual


def _lock(brands: Iterable[Brand]) -> None:
    """Always in the same order: two colleagues who name each other's brands must not wait for one another."""
    list(Brand.objects.select_for_update().filter(pk__in=[brand.pk for brand in brands]).order_by("pk"))


def house_called(name: str) -> BrandOwner:
    """The house of that name, made when there is none."""
    return BrandOwner.objects.called(name).first() or BrandOwner.objects.create(name=name)


def set_rivals(brand: Brand, chosen: Collection[Brand], *, by: "User", at: dt.datetime) -> bool:
    """Competitors are mutual, so each brand concerned is told. Those the colleague may not see stay as they are."""
    before = set(brand.rivals.all())
    after = {*chosen, *(before - set(Brand.objects.visible_to(by).filter(rivals=brand)))}
    concerned = sorted(before ^ after, key=lambda one: one.pk)
    if not concerned:
        return False
    old = {one.pk: _listed(one) for one in (brand, *concerned)}
    brand.rivals.set(after)
    Brand.objects.filter(pk__in=old).update(updated_at=at)
    for one in (brand, *concerned):
        changes = {"rivals": (old[one.pk], _listed(one))}
        sentence = _("Competitors of %(name)s were changed")
        record("brand.rivals", sentence, changes=changes, **about(one, Actor.user(by), at))
    return True


def _listed(brand: Brand) -> str:
    """Its competitors' names; numbers while brand walls stand, for its story has readers who may not know them."""
    walls = Organisation.load().brand_walls
    return ", ".join(sorted(f"#{rival.pk}" if walls else rival.name for rival in brand.rivals.all()))


def add_product(product: Product, *, by: "User", at: dt.datetime) -> Product:
    """Add something a brand sells. Raises `NameTaken`."""
    with named_once(product.name):
        product.save(force_insert=True)
        changes = {"value": ("", product.value or "")}
        sentence = _("Product %(name)s was added")
        record("brand.product_added", sentence, changes=changes, **about(product, Actor.user(by), at))
    return product


def change_product(product: Product, *, seen: dt.datetime, by: "User", at: dt.datetime) -> bool:
    """Save what differs; False when nothing does. Raises `ChangedMeanwhile` and `NameTaken`, changing nothing."""
    told: dict[str, Any] = {"verb": "brand.product_changed", "sentence": _("Product %(name)s was changed")}
    with named_once(product.name):
        return save_edit(product, seen=seen, fields=PRODUCT_FIELDS, **told, **about(product, Actor.user(by), at))


def about(thing: Thing, actor: Actor, at: dt.datetime) -> dict[str, Any]:
    """What every entry about a brand or product has in common."""
    brand = (
        thing if isinstance(thing, Brand) else thing.product.brand if isinstance(thing, ProductVariant) else thing.brand
    )
    return {"at": at, "actor": actor, "subject": thing, "brand": brand.pk, "params": {"name": thing}}


SENTENCES = {
    "archived": _("%(name)s was archived"),
    "restored": _("%(name)s is back from the archive"),
}


def archive(thing: Thing, *, at: dt.datetime, actor: Actor) -> bool:
    """Put a brand, product or variant away; False when it was away already."""
    return _put(thing, "archived", at, at, actor)


def restore(thing: Thing, *, at: dt.datetime, actor: Actor) -> bool:
    """Take a brand, product or variant out of the archive; False when it was not there."""
    return _put(thing, "restored", None, at, actor)


def _put(thing: Thing, what: str, archived_at: dt.datetime | None, at: dt.datetime, actor: Actor) -> bool:
    """Compare and set in one UPDATE, so that of two colleagues one is told that it was done."""
    changes = {"archived_at": (thing.archived_at or "", archived_at or "")}
    with transaction.atomic():
        standing = type(thing)._base_manager.filter(pk=thing.pk, archived_at__isnull=archived_at is not None)
        if not standing.update(archived_at=archived_at, updated_at=at):
            return False
        record(f"brand.{what}", SENTENCES[what], changes=changes, **about(thing, actor, at))
    thing.archived_at = archived_at
    return True
